// SPDX-License-Identifier: Apache-2.0
// Edit one field of many records: choose, see what would change, run as a job, undo.
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { BulkPreview, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { ChangeList } from "../change_list";
import { useDictionary } from "../dictionary";
import { FieldInput } from "../fields/field";
import { to_wire } from "../fields/field_parts";
import { JobProgress } from "../job_progress";
import { useErrorText } from "../use_translate";

interface Props {
  type: TypeMeta;
  ids: number[];
  close: () => void;
}

const NOT_IN_BULK = ["file", "links"];

export function BulkEditDialog({ type, ids, close }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const [name, set_name] = useState<string | null>(null);
  const [value, set_value] = useState<unknown>(null);
  const [undoing, set_undoing] = useState<number | null>(null);
  const field = type.fields.find((entry) => entry.name === name);
  const body = { ids, changes: name ? { [name]: to_wire(value) } : {} };
  const preview = useMutation({
    mutationFn: () =>
      api.post<BulkPreview>(`/${type.plural}/bulk-edits`, { ...body, preview: true }),
  });
  const run = useMutation({
    mutationFn: () =>
      api.post<{ job: number; batch: number }>(`/${type.plural}/bulk-edits`, {
        ...body,
        preview: false,
      }),
  });
  const undo = useMutation({
    mutationFn: (batch: number) => api.remove<{ job: number }>(`/batches/${batch}`),
    onSuccess: (answer) => set_undoing(answer.job),
  });
  const editable = type.fields.filter(
    (entry) =>
      !entry.read_only && !entry.computed && !entry.hidden && !NOT_IN_BULK.includes(entry.kind),
  );
  const over = () => refresh_record(type.plural);
  const error = preview.error ?? run.error ?? undo.error;
  const count = number_text(preview.data?.count ?? ids.length, 0);
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={t`Edit ${number_text(ids.length, 0)} records`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        {!run.data && (
          <>
            <Select
              label={t`Field`}
              data={editable.map((entry) => ({
                value: entry.name,
                label: dictionary.text(entry.label, entry.name),
              }))}
              searchable
              value={name}
              data-autofocus
              onChange={(next) => {
                set_name(next);
                set_value(null);
                preview.reset();
              }}
            />
            {field && (
              <FieldInput
                key={field.name}
                field={field}
                label={t`New value`}
                value={value}
                on_change={(next) => {
                  set_value(next);
                  preview.reset();
                }}
              />
            )}
          </>
        )}
        {preview.data && !run.data && (
          <section aria-label={t`Preview`} className="stack">
            <p className="card_title">{t`${count} records would change`}</p>
            {preview.data.sample.map((entry) => (
              <div key={entry.id}>
                <p className="clip">{entry.name}</p>
                <ChangeList type={type} changes={entry.changes} />
              </div>
            ))}
          </section>
        )}
        {run.data && undoing === null && <JobProgress id={run.data.job} on_over={over} />}
        {undoing !== null && <JobProgress id={undoing} on_over={over} title={t`Undoing`} />}
        {error && (
          <p role="alert" style={{ color: "var(--danger)" }}>
            {error_text(error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          {run.data ? (
            <>
              {undoing === null && (
                <Button
                  variant="default"
                  loading={undo.isPending}
                  onClick={() => undo.mutate(run.data.batch)}
                >
                  {t`Undo`}
                </Button>
              )}
              <Button onClick={close}>{t`Close`}</Button>
            </>
          ) : preview.data ? (
            <Button loading={run.isPending} onClick={() => run.mutate()}>
              {t`Change ${count} records`}
            </Button>
          ) : (
            <Button disabled={!field} loading={preview.isPending} onClick={() => preview.mutate()}>
              {t`Preview`}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
