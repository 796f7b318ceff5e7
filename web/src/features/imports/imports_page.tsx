// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { IconFileImport, IconUpload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type DragEvent, useRef, useState } from "react";
import { api } from "../../api/client";
import type { ImportState, Page } from "../../api/types";
import { ago_text, number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { PageHeader } from "../../kit/page_header";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { useStatusWords } from "./import_words";
import classes from "./imports.module.css";
import { PasteDialog } from "./paste_dialog";
import { RememberedMappings } from "./remembered_mappings";

export function ImportsPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const status_words = useStatusWords();
  const imports = useQuery({
    queryKey: ["imports"],
    queryFn: () => api.get<Page<ImportState>>("/imports"),
  });
  return (
    <div className="page">
      <PageHeader icon={<IconFileImport size={17} stroke={1.6} />} title={t`Import`} />
      <div className="page_scroll">
        <div className="page_inner stack" style={{ gap: 28 }}>
          <UploadBox />
          <RememberedMappings />
          {imports.data && imports.data.items.length > 0 && (
            <section>
              <h2 className={classes.subtitle}>{t`Earlier imports`}</h2>
              <div className="card table_scroll">
                <table className="table table_cards">
                  <tbody>
                    {imports.data.items.map((item) => (
                      <tr key={item.id}>
                        <td data-head>
                          <Link to={`/import/${item.id}` as string}>
                            {item.name ?? `#${item.id}`}
                          </Link>
                        </td>
                        <td>
                          {dictionary.text(dictionary.type(item.type)?.label_plural, item.type)}
                        </td>
                        <td>
                          <Tag colour={item.status === "done" ? "green" : "grey"}>
                            {status_words[item.status] ?? item.status}
                          </Tag>
                        </td>
                        <td className="dim tabular" data-label={t`Rows`}>
                          {item.counts?.rows !== undefined ? number_text(item.counts.rows, 0) : ""}
                        </td>
                        <td className="dim">{item.created_at && ago_text(item.created_at)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

function UploadBox() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const types = dictionary.meta.types.filter(
    (type) => !type.system && dictionary.can(type.name, "create"),
  );
  const [type, set_type] = useState(types[0]?.name ?? "company");
  const [over, set_over] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const [pasting, set_pasting] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) =>
      api.upload<ImportState>("/imports", { type, name: file.name }, file),
    onSuccess: (state) => void navigate({ to: `/import/${state.id}` as string }),
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) upload.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    set_over(false);
    take(event.dataTransfer.files);
  };
  return (
    <section className="stack">
      <div className={classes.intro}>
        <h2 className={classes.title}>{t`Import a file`}</h2>
        <p className="dim">
          {t`CSV with any delimiter and encoding, workbooks (XLSX) and contacts (vCard). You see what would happen before anything is stored, and can take the whole import back afterwards.`}
        </p>
      </div>
      <Select
        label={t`The rows are`}
        maw={260}
        allowDeselect={false}
        data={types.map((entry) => ({
          value: entry.name,
          label: dictionary.text(entry.label_plural, entry.plural),
        }))}
        value={type}
        onChange={(next) => set_type(next ?? type)}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          set_over(true);
        }}
        onDragLeave={() => set_over(false)}
        onDrop={drop}
      >
        <IconUpload size={22} stroke={1.5} aria-hidden />
        <p>{t`Drop a file here`}</p>
        <Button variant="default" loading={upload.isPending} onClick={() => box.current?.click()}>
          {t`Choose a file`}
        </Button>
        <Button variant="subtle" onClick={() => set_pasting(true)}>
          {t`Paste a table`}
        </Button>
        <input
          ref={box}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,.vcf,text/csv,text/vcard"
          hidden
          aria-label={t`Choose a file`}
          onChange={(event) => take(event.currentTarget.files)}
        />
      </div>
      {pasting && (
        <PasteDialog
          busy={upload.isPending}
          take={(file) => upload.mutate(file)}
          close={() => set_pasting(false)}
        />
      )}
      {upload.error && (
        <p role="alert" style={{ color: "var(--danger)" }}>
          {error_text(upload.error)}
        </p>
      )}
    </section>
  );
}
