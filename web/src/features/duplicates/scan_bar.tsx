// SPDX-License-Identifier: Apache-2.0
// When all records were last compared, and comparing them again.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconRadar2 } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { ago_text, number_text } from "../../base/format";
import { toast_error } from "../../kit/toast";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import classes from "./duplicates.module.css";
import { refresh_duplicates, scans_query } from "./queries";

export function ScanBar({ type, details }: { type: TypeMeta; details: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const scans = useQuery(scans_query);
  const own = scans.data?.scans.filter((scan) => scan.type === type.name) ?? [];
  const running = own.find((scan) => ["queued", "running", "paused"].includes(scan.status));
  const last = own.find((scan) => scan.ended_at);
  const start = useMutation({
    mutationFn: () => api.post<{ job: number }>("/duplicates/scans", { type: type.name }),
    onError: (error) => toast_error(error_text(error)),
    onSettled: refresh_duplicates,
  });
  const job =
    running?.job ?? (start.isSuccess && !last_is(last, start.data.job) ? start.data.job : 0);
  if (job) {
    return (
      <div className={classes.scan}>
        <div className="grow">
          <JobProgress
            key={job}
            id={job}
            title={t`Comparing all records`}
            on_over={() => {
              start.reset();
              void refresh_duplicates();
            }}
          />
        </div>
      </div>
    );
  }
  const when = last?.ended_at ? ago_text(last.ended_at) : "";
  const compared = number_text(last?.compared ?? 0, 0);
  const found = number_text(last?.found ?? 0, 0);
  return (
    <div className={classes.scan}>
      <IconRadar2 size={17} stroke={1.6} aria-hidden />
      {last ? (
        <span>
          {t`All records were compared ${when}: ${compared} comparisons, ${found} pairs.`}{" "}
          <button type="button" className={`plain ${classes.details}`} onClick={details}>
            {t`How`}
          </button>
        </span>
      ) : (
        <span>{scans.isPending ? "" : t`The records have not been compared yet.`}</span>
      )}
      <Button
        variant={last ? "default" : "filled"}
        size="xs"
        ml="auto"
        loading={start.isPending}
        onClick={() => start.mutate()}
      >
        {t`Look for duplicates`}
      </Button>
    </div>
  );
}

const last_is = (scan: { job: number } | undefined, job: number) => scan?.job === job;
