// SPDX-License-Identifier: Apache-2.0
// A change set at work: progress, and how to take it back.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { Job } from "../../api/types";
import { number_text } from "../../base/format";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import classes from "./selections.module.css";

interface Props {
  job: number;
  batch: number;
  on_over: () => void;
  close: () => void;
}

export function BatchRun({ job, batch, on_over, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [ended, set_ended] = useState<Job | null>(null);
  const [undoing, set_undoing] = useState<number | null>(null);
  const undo = useMutation({
    mutationFn: () => api.remove<{ job: number }>(`/batches/${batch}`),
    onSuccess: (answer) => set_undoing(answer.job),
  });
  const failed = Number(ended?.result?.failed ?? 0);
  return (
    <div className="stack">
      {undoing === null ? (
        <JobProgress
          key={job}
          id={job}
          on_over={(over) => {
            set_ended(over);
            on_over();
          }}
        />
      ) : (
        <JobProgress key={undoing} id={undoing} title={t`Undoing`} on_over={on_over} />
      )}
      {failed > 0 && (
        <p className={classes.wrong}>{t`${number_text(failed, 0)} could not be made.`}</p>
      )}
      {undo.error && (
        <p role="alert" className={classes.wrong}>
          {error_text(undo.error)}
        </p>
      )}
      <div className="row" style={{ justifyContent: "flex-end" }}>
        {undoing === null && (
          <Button
            variant="default"
            disabled={!ended}
            loading={undo.isPending}
            onClick={() => undo.mutate()}
          >
            {t`Undo`}
          </Button>
        )}
        <Button onClick={close}>{t`Close`}</Button>
      </div>
    </div>
  );
}
