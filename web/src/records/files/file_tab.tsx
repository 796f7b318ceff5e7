// SPDX-License-Identifier: Apache-2.0
// The file of a record: what it looks like, and every version it has had.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconDownload, IconExternalLink, IconFileOff, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api } from "../../api/client";
import { file_versions_query } from "../../api/queries";
import type { FieldMeta, FileRef, FileVersion, Row, TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../dictionary";
import { useErrorText } from "../use_translate";
import { DropArea } from "./drop_area";
import { file_icon, preview_kind, size_text } from "./file_kinds";
import classes from "./files.module.css";
import { useFileDrop } from "./page_drop";
import { Preview, type Shown } from "./preview";
import { VersionList } from "./version_list";

interface Props {
  type: TypeMeta;
  record: Row;
  field: FieldMeta;
}

function shown_version(props: Props, version: FileVersion): Shown {
  const record = `/${props.type.plural}/${props.record.id}`;
  const path = `${record}/files/${props.field.name}/versions/${version.number}`;
  return { ...version, url: api.url(path), download_url: api.url(path, { download: true }) };
}

export default function FileTab(props: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const replace = useFileDrop()?.replace;
  const { type, record, field } = props;
  const current = record[field.name] as FileRef | null;
  // A choice holds until there is a newer version: what was just added shows itself.
  const [chosen, set_chosen] = useState<{ number: number; newest?: number }>({ number: 0 });
  const versions = useQuery(file_versions_query(type.plural, record.id, field.name));
  const editable = record.rights?.update ?? dictionary.can(type.name, "update");
  if (versions.isPending) return <SkeletonLines />;
  if (versions.isError) {
    return (
      <ErrorState
        title={t`The file could not be shown`}
        detail={error_text(versions.error)}
        retry={() => void versions.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  const items = versions.data.items;
  const newest = items.find((version) => version.current);
  const holds = chosen.newest === items[0]?.number;
  const version = (holds && items.find((one) => one.number === chosen.number)) || newest;
  return (
    <div className={classes.tab}>
      {version ? (
        <section className={classes.pane} aria-label={t`Preview`}>
          <PaneHeader file={shown_version(props, version)} old={!version.current} />
          <div className={classes.stage} data-kind={preview_kind(version.type)}>
            <Preview key={version.number} file={shown_version(props, version)} />
          </div>
        </section>
      ) : (
        !editable && <EmptyState icon={<IconFileOff size={20} />} title={t`There is no file`} />
      )}
      {editable && replace && !current && (
        <DropArea label={t`Drop a file here`} on_files={replace} />
      )}
      {items.length > 0 && (
        <section>
          <div className={classes.versions_head}>
            <h2>{t`Versions`}</h2>
            {editable && replace && current && <NewVersion on_files={replace} />}
          </div>
          <VersionList
            type={type}
            record={record}
            field={field.name}
            versions={items}
            shown={version?.number ?? 0}
            show={(number) => set_chosen({ number, newest: items[0]!.number })}
            editable={editable}
          />
        </section>
      )}
    </div>
  );
}

function PaneHeader({ file, old }: { file: Shown; old: boolean }) {
  const { t } = useLingui();
  const Icon = file_icon(file.type);
  return (
    <header className={classes.pane_head}>
      <Icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.pane_name}>
        <span className="clip">{file.name}</span>
        <span className={classes.upload_note}>{size_text(file.size)}</span>
        {old && <span className={classes.old}>{t`Older version`}</span>}
      </span>
      {preview_kind(file.type) !== "none" && (
        <Button
          component="a"
          variant="subtle"
          color="gray"
          href={file.url}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={15} />}
        >
          {t`Open`}
        </Button>
      )}
      <Button
        component="a"
        variant="default"
        href={file.download_url}
        download
        leftSection={<IconDownload size={15} />}
      >
        {t`Download`}
      </Button>
    </header>
  );
}

function NewVersion({ on_files }: { on_files: (files: File[]) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconUpload size={15} />}
        onClick={() => input.current?.click()}
      >
        {t`New version`}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t`New version`}
        onChange={(event) => {
          on_files([...(event.currentTarget.files ?? [])].slice(0, 1));
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
