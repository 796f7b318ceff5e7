// SPDX-License-Identifier: Apache-2.0
// When the records were last looked at, and looking at all of them again.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { ago_text, number_text } from "../../base/format";
import { toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { JobProgress } from "../../records/job_progress";
import { useQualityErrors } from "./quality_errors";
import { refresh_quality, status_query } from "./queries";
import classes from "./workbench.module.css";

export function useScan() {
  const errors = useQualityErrors();
  return useMutation({
    mutationFn: () => api.post<{ job: number }>("/quality/scans", {}),
    onError: (error) => toast_error(errors.whole(error)),
    onSettled: refresh_quality,
  });
}

export function QueueStatus() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const status = useQuery(status_query);
  const scan = useScan();
  const types = status.data?.types ?? [];
  const job = types.find((one) => one.job !== null)?.job;
  const looked = types.map((one) => one.scanned_at ?? "").sort();
  const waiting = types.reduce((sum, one) => sum + one.waiting, 0);
  if (!status.data) return null;
  // The type that has waited longest; one that nobody has looked at stands before all.
  const when = looked[0] ? ago_text(looked[0]) : "";
  const count = number_text(waiting, 0);
  return (
    <div className={classes.status}>
      {job ? (
        <JobProgress
          key={job}
          id={job}
          title={t`Looking at all records`}
          on_over={() => void refresh_quality()}
        />
      ) : (
        <>
          <p>
            {when ? t`All records were looked at ${when}.` : t`Not all records were looked at yet.`}
            {waiting > 0 && ` ${t`${count} changed ones are waiting.`}`}
          </p>
          {dictionary.may("bulk_edit") && (
            <Button
              variant="default"
              size="xs"
              fullWidth
              loading={scan.isPending}
              onClick={() => scan.mutate()}
            >
              {t`Look at all records`}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
