// SPDX-License-Identifier: Apache-2.0
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../use_translate";
import { watch_job } from "./watched_jobs";

// Takes a whole change set back, as a job of its own.
export function useUndo(started?: () => void) {
  const error_text = useErrorText();
  return useMutation({
    mutationFn: (batch: number) => api.remove<{ job: number }>(`/batches/${batch}`),
    onSuccess: ({ job }) => {
      watch_job(job);
      started?.();
    },
    onError: (error) => toast_error(error_text(error)),
    onSettled: () => {
      for (const key of ["jobs", "batches"])
        void query_client.invalidateQueries({ queryKey: [key] });
    },
  });
}
