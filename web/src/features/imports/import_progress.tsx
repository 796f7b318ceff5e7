// SPDX-License-Identifier: Apache-2.0
// The job that works on an import: how far it is, to be paused, resumed or stopped.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { is_job_over, job_query, query_client } from "../../api/queries";
import type { Job } from "../../api/types";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import classes from "./imports.module.css";

type Order = "pause" | "resumption" | "cancellation";

export function ImportProgress({ job: id, on_over }: { job: number; on_over: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { data: job } = useQuery(job_query(id));
  const order = useMutation({
    mutationFn: (what: Order) => api.post<Job>(`/jobs/${id}/${what}`),
    onSuccess: (next) => query_client.setQueryData(["job", id], next),
  });
  const is_paused = job?.status === "paused";
  return (
    <div className="card" style={{ padding: 16 }}>
      <JobProgress key={id} id={id} {...(is_paused && { title: t`Paused` })} on_over={on_over} />
      {job && !is_job_over(job) && (
        <div className="row" style={{ marginTop: 10 }}>
          <Button
            size="compact-sm"
            variant="default"
            loading={order.isPending && order.variables !== "cancellation"}
            onClick={() => order.mutate(is_paused ? "resumption" : "pause")}
          >
            {is_paused ? t`Go on` : t`Pause`}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={order.isPending && order.variables === "cancellation"}
            onClick={() => order.mutate("cancellation")}
          >
            {t`Stop`}
          </Button>
        </div>
      )}
      {order.error && (
        <p role="alert" className={classes.problem}>
          {error_text(order.error)}
        </p>
      )}
    </div>
  );
}
