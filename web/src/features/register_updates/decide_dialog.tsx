// SPDX-License-Identifier: Apache-2.0
// All differences that the filter shows: first what would be done, then the work, what came of it,
// and the way back.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Job, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import { JobProgress } from "../../records/job_progress";
import { useUndo } from "../../records/jobs/use_undo";
import { type Decision, decide_all, decide_preview_query, refresh_updates } from "./queries";
import classes from "./review.module.css";
import type { Proposal, ReviewFilter } from "./types";
import { useUpdateErrorText } from "./update_errors";

interface Props {
  type: TypeMeta;
  action: Decision;
  filter: ReviewFilter;
  close: () => void;
}

export function DecideDialog({ type, action, filter, close }: Props) {
  const { t } = useLingui();
  const error_text = useUpdateErrorText();
  const preview = useQuery(decide_preview_query(action, filter));
  const start = useMutation({ mutationFn: () => decide_all(action, filter) });
  const count = number_text(preview.data?.count ?? 0, 0);
  const accepting = action === "accept";
  return (
    <Modal
      opened
      onClose={close}
      size={620}
      title={accepting ? t`Accept all differences` : t`Reject all differences`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {start.data ? (
        <Run {...start.data} accepting={accepting} close={close} />
      ) : preview.isPending ? (
        <SkeletonLines count={8} />
      ) : preview.error ? (
        <ErrorState
          title={t`The preview could not be made`}
          detail={error_text(preview.error)}
          retry={() => void preview.refetch()}
          retry_label={t`Try again`}
        />
      ) : !preview.data.count ? (
        <EmptyState title={t`No differences are waiting`} />
      ) : (
        <div className="stack">
          <p>
            {accepting
              ? t`${count} values become what the registers say.`
              : t`${count} values stay, and the same is not proposed again.`}
          </p>
          <Sample type={type} sample={preview.data.sample} />
          {start.error && (
            <p role="alert" className={classes.problem}>
              {error_text(start.error)}
            </p>
          )}
          <div className="row" style={{ justifyContent: "flex-end" }}>
            <Button variant="default" onClick={close}>
              {t`Cancel`}
            </Button>
            <Button loading={start.isPending} onClick={() => start.mutate()} data-autofocus>
              {accepting ? t`Accept ${count}` : t`Reject ${count}`}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

function Sample({ type, sample }: { type: TypeMeta; sample: Proposal[] }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  return (
    <ul className={classes.sample} aria-label={t`Some of them`}>
      {sample.map((one) => {
        const field = dictionary.field(type, one.field);
        const value = (given: unknown) =>
          is_empty(given) || !field ? (
            <span className="faint">{t`Empty`}</span>
          ) : (
            <FieldView field={field} value={given} dense />
          );
        return (
          <li key={one.id}>
            <span className="clip">
              <strong>{one.company.name || `#${one.company.id}`}</strong>{" "}
              <span className="dim">{dictionary.text(field?.label, one.field)}</span>
            </span>
            <span className={classes.change}>
              <span className="clip">{value(one.present)}</span>
              <span aria-hidden>→</span>
              <span className="clip">{value(one.offered)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface RunProps {
  job: number;
  batch: number | null;
  accepting: boolean;
  close: () => void;
}

const count_of = (job: Job, key: string) => Number(job.result?.[key] ?? 0);

function Run({ job, batch, accepting, close }: RunProps) {
  const { t } = useLingui();
  const [ended, set_ended] = useState<Job | null>(null);
  const undo = useUndo(close);
  const done = number_text(ended ? count_of(ended, accepting ? "accepted" : "rejected") : 0, 0);
  const failed = number_text(ended ? count_of(ended, "failed") + count_of(ended, "gone") : 0, 0);
  return (
    <div className="stack">
      <JobProgress
        id={job}
        title={t`Deciding the differences`}
        on_over={(over) => {
          set_ended(over);
          void refresh_updates();
        }}
      />
      {ended && (
        <p>
          {accepting ? t`${done} values were taken.` : t`${done} were rejected.`}
          {failed !== "0" && ` ${t`${failed} could not be decided.`}`}
        </p>
      )}
      <div className="row" style={{ justifyContent: "flex-end" }}>
        {ended && batch !== null && count_of(ended, "accepted") > 0 && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(batch)}>
            {t`Undo`}
          </Button>
        )}
        <Button onClick={close}>{t`Close`}</Button>
      </div>
    </div>
  );
}
