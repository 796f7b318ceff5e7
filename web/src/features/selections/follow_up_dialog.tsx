// SPDX-License-Identifier: Apache-2.0
// An activity for each member: fill in once, see what would be made, run, take back.
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { useDictionary } from "../../records/dictionary";
import { field_problem_text } from "../../records/error_text";
import { FieldInput } from "../../records/fields/field";
import { to_wire } from "../../records/fields/field_parts";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { BatchRun } from "./batch_run";
import type { Selection } from "./selection_queries";
import classes from "./selections.module.css";

const FIELDS = ["name", "kind", "starts_at", "due_on", "description"];

interface Preview {
  count: number;
  sample: { id: number; name: string; error?: string; field?: string; reason?: string }[];
}

export function FollowUpDialog({ selection, close }: { selection: Selection; close: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const [values, set_values] = useState<Record<string, unknown>>({});
  const [who, set_who] = useState("me");
  const activity = dictionary.type("activity");
  const path = `/selections/${selection.id}/follow-ups`;
  const sent = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, to_wire(value)]),
  );
  const body = { values: sent, assign_to: who };
  const preview = useMutation({
    mutationFn: () => api.post<Preview>(path, { ...body, preview: true }),
  });
  const run = useMutation({
    mutationFn: () => api.post<{ job: number; batch: number }>(path, body),
  });
  const error = preview.error ?? run.error;
  const count = number_text(preview.data?.count ?? 0, 0);
  const bad = preview.data?.sample.find((entry) => entry.error);
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={t`A follow-up for each member`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {run.data ? (
        <BatchRun {...run.data} on_over={() => refresh_record("activities")} close={close} />
      ) : (
        <div className="stack">
          {FIELDS.map((name) => {
            const field = activity?.fields.find((entry) => entry.name === name);
            return (
              field && (
                <FieldInput
                  key={name}
                  field={field}
                  label={dictionary.text(field.label, name)}
                  value={values[name] ?? null}
                  on_change={(next) => {
                    set_values({ ...values, [name]: next });
                    preview.reset();
                  }}
                />
              )
            );
          })}
          <SegmentedControl
            aria-label={t`Who does it`}
            value={who}
            data={[
              { value: "me", label: t`I do it` },
              { value: "owner", label: t`The owner of each record` },
            ]}
            onChange={(next) => {
              set_who(next);
              preview.reset();
            }}
          />
          {preview.data && <Outcome preview={preview.data} />}
          {error && (
            <p role="alert" className={classes.wrong}>
              {error_text(error)}
            </p>
          )}
          <div className="row" style={{ justifyContent: "flex-end" }}>
            <Button variant="default" onClick={close}>
              {t`Cancel`}
            </Button>
            {preview.data && !bad ? (
              <Button
                disabled={!preview.data.count}
                loading={run.isPending}
                onClick={() => run.mutate()}
              >
                {t`Make ${count} follow-ups`}
              </Button>
            ) : (
              <Button
                disabled={!values.name}
                loading={preview.isPending}
                onClick={() => preview.mutate()}
              >
                {t`Preview`}
              </Button>
            )}
          </div>
        </div>
      )}
    </Modal>
  );
}

function Outcome({ preview }: { preview: Preview }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const count = number_text(preview.count, 0);
  const problem = (entry: Preview["sample"][number]) =>
    field_problem_text(
      { field: entry.field ?? "", code: entry.reason ?? entry.error ?? "" },
      translate,
    );
  return (
    <section aria-label={t`Preview`} className="stack">
      <p>{t`${count} follow-ups would be made, among them for:`}</p>
      <ul className={classes.sample}>
        {preview.sample.map((entry) => (
          <li key={entry.id} className="row">
            <span className="clip grow">{entry.name}</span>
            {entry.error && <span className={classes.wrong}>{problem(entry)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
