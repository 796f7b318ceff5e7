// SPDX-License-Identifier: Apache-2.0
// The jobs that this browser started and whose outcome has not been looked at yet. They are
// remembered over a reload.
import { useSyncExternalStore } from "react";
import { store, stored_json } from "../../base/stored";

const KEY = "watched_jobs";
const JOBS_MAX = 5;
let jobs: readonly number[] = stored_json<number[]>(KEY, []).filter(Number.isInteger);
const listeners = new Set<() => void>();

function set(next: number[]) {
  jobs = next.slice(-JOBS_MAX);
  store(KEY, JSON.stringify(jobs));
  for (const listener of listeners) listener();
}

export const watch_job = (id: number) => set([...jobs.filter((other) => other !== id), id]);
export const forget_job = (id: number) => set(jobs.filter((other) => other !== id));

export function useWatchedJobs(): readonly number[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => jobs,
  );
}
