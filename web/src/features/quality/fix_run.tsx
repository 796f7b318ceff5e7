// SPDX-License-Identifier: Apache-2.0
// Many suggestions being applied: how far it is, what came of it, and taking all of it back.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { Job } from "../../api/types";
import { number_text } from "../../base/format";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import classes from "./quality.module.css";

interface Props {
  job: number;
  batch: number;
  on_over: () => void;
  close: () => void;
}

const count_of = (job: Job, key: string) => Number(job.result?.[key] ?? 0);

export function FixRun({ job, batch, on_over, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [ended, set_ended] = useState<Job | null>(null);
  const [undoing, set_undoing] = useState<number | null>(null);
  const [undone, set_undone] = useState(false);
  const undo = useMutation({
    mutationFn: () => api.remove<{ job: number }>(`/batches/${batch}`),
    onSuccess: (answer) => set_undoing(answer.job),
  });
  const changed = number_text(ended ? count_of(ended, "changed") : 0, 0);
  const failed = number_text(ended ? count_of(ended, "failed") : 0, 0);
  return (
    <div className="stack">
      {undoing === null ? (
        <JobProgress
          key={job}
          id={job}
          title={t`Applying the suggestions`}
          on_over={(over) => {
            set_ended(over);
            on_over();
          }}
        />
      ) : (
        <JobProgress
          key={undoing}
          id={undoing}
          title={t`Taking it back`}
          on_over={() => {
            set_undone(true);
            on_over();
          }}
        />
      )}
      {undone ? (
        <p role="status">{t`All is as it was.`}</p>
      ) : (
        ended && <p role="status">{t`${changed} records changed.`}</p>
      )}
      {ended && count_of(ended, "failed") > 0 && (
        <p className={classes.problem}>{t`${failed} could not be changed.`}</p>
      )}
      {undo.error && (
        <p role="alert" className={classes.problem}>
          {error_text(undo.error)}
        </p>
      )}
      <div className="row" style={{ justifyContent: "flex-end" }}>
        {undoing === null && ended && count_of(ended, "changed") > 0 && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t`Undo`}
          </Button>
        )}
        <Button onClick={close}>{t`Close`}</Button>
      </div>
    </div>
  );
}
