// SPDX-License-Identifier: Apache-2.0
// Taking a merge back: what somebody has changed since, and whether that stays.
import { useLingui } from "@lingui/react/macro";
import { Button, Radio } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Modal } from "../../kit/dialog";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import { watch_job } from "../../records/jobs/watched_jobs";
import { useErrorText } from "../../records/use_translate";
import classes from "./merge.module.css";
import { refresh_after_merge, undo_merge, undo_preview_query } from "./queries";
import type { MergeEntry, UndoConflict } from "./types";

export default function UndoDialog({ entry, close }: { entry: MergeEntry; close: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const preview = useQuery(undo_preview_query(entry.merge));
  const [keep, set_keep] = useState("now");
  const undo = useMutation({
    mutationFn: () => undo_merge(entry.merge, keep === "now"),
    onSuccess: (answer) => {
      if ("job" in answer) watch_job(answer.job);
      else toast(t`Taken back. The records are there again.`);
      close();
    },
    onSettled: refresh_after_merge,
  });
  const count = entry.merged.length;
  const name = entry.kept.label ?? `#${entry.kept.id}`;
  const conflicts = preview.data?.conflicts ?? [];
  return (
    <Modal
      opened
      onClose={close}
      size={conflicts.length ? 760 : 520}
      title={t`Take the merge back?`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {preview.isPending && <SkeletonLines count={5} />}
      {preview.error && (
        <ErrorState
          title={t`It cannot be taken back`}
          detail={error_text(preview.error)}
          retry={() => void preview.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {preview.data && (
        <div className="stack">
          <p>
            {t`${name} becomes what it was, and ${count} other records are there again.`}{" "}
            {t`What was moved goes back to them.`}
          </p>
          {conflicts.length > 0 && (
            <>
              <Conflicts conflicts={conflicts} />
              <Radio.Group label={t`What was changed since`} value={keep} onChange={set_keep}>
                <div className="stack" style={{ gap: 8, marginTop: 6 }}>
                  <Radio value="now" label={t`Keep what was changed since`} />
                  <Radio value="then" label={t`Everything as it was before the merge`} />
                </div>
              </Radio.Group>
            </>
          )}
          {undo.error && (
            <p role="alert" className={classes.error}>
              {error_text(undo.error)}
            </p>
          )}
          <footer className={classes.actions}>
            <Button variant="default" ml="auto" onClick={close}>
              {t`Cancel`}
            </Button>
            <Button loading={undo.isPending} onClick={() => undo.mutate()}>
              {t`Take back`}
            </Button>
          </footer>
        </div>
      )}
    </Modal>
  );
}

function Conflicts({ conflicts }: { conflicts: UndoConflict[] }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const shown = (conflict: UndoConflict, value: unknown) => {
    if (conflict.masked) return <span className="faint">{t`You may not see this`}</span>;
    if (is_empty(value)) return <span className="faint">{t`Empty`}</span>;
    const type = dictionary.type(conflict.record.type);
    const field = type && dictionary.field(type, conflict.field);
    return field ? <FieldView field={field} value={value} dense /> : String(value);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="table_scroll" aria-label={t`What was changed since`} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th>{t`Field`}</th>
            <th>{t`Now`}</th>
            <th>{t`Before the merge`}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict) => {
            const type = dictionary.type(conflict.record.type);
            const field = type && dictionary.field(type, conflict.field);
            return (
              <tr key={`${conflict.record.type}/${conflict.record.id}/${conflict.field}`}>
                <th scope="row">
                  {dictionary.text(field?.label, conflict.field)}{" "}
                  <span className="faint">#{conflict.record.id}</span>
                </th>
                <td>{shown(conflict, conflict.now)}</td>
                <td>{shown(conflict, conflict.restored)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
