// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { is_job_over, job_query } from "../api/queries";
import type { Job } from "../api/types";
import { number_text } from "../base/format";

interface Props {
  id: number;
  title?: string;
  on_over?: ((job: Job) => void) | undefined;
}

export function JobProgress({ id, title, on_over }: Props) {
  const { t } = useLingui();
  const { data: job } = useQuery(job_query(id));
  const told = useRef(false);
  const over = is_job_over(job);
  useEffect(() => {
    if (!over || !job || told.current) return;
    told.current = true;
    on_over?.(job);
  }, [over, job, on_over]);
  const done = job?.progress?.done ?? 0;
  const total = job?.progress?.total ?? 0;
  const failed = job?.status === "failed";
  const share = over && !failed ? 100 : total ? (100 * done) / total : 0;
  const word = failed
    ? t`Failed`
    : job?.status === "cancelled"
      ? t`Cancelled`
      : over
        ? t`Done`
        : (title ?? t`Working`);
  return (
    <div role="status">
      <div className="row spread small">
        <span>{word}</span>
        <span className="dim tabular">
          {total > 0 && t`${number_text(done, 0)} of ${number_text(total, 0)}`}
        </span>
      </div>
      <Progress
        value={share}
        color={failed ? "red" : "ink"}
        size={6}
        mt={6}
        animated={!over}
        aria-label={word}
      />
      {!over && (
        <p className="small dim" style={{ marginTop: 6 }}>{t`You can leave; the work goes on.`}</p>
      )}
    </div>
  );
}
