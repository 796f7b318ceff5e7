// SPDX-License-Identifier: Apache-2.0
// What was started and goes on: progress, outcome, undo. It stays over pages and over a reload.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { ApiError } from "../../api/client";
import { is_job_over, job_query, refresh_record } from "../../api/queries";
import type { Job, RowProblem } from "../../api/types";
import { number_text } from "../../base/format";
import { useDictionary } from "../dictionary";
import { JobProgress } from "../job_progress";
import classes from "./job_tray.module.css";
import { useUndo } from "./use_undo";
import { forget_job, useWatchedJobs } from "./watched_jobs";

const JobErrorsDialog = lazy(() => import("./job_errors_dialog"));

export default function JobTray() {
  const { t } = useLingui();
  const jobs = useWatchedJobs();
  if (!jobs.length) return null;
  return (
    <section className={classes.tray} aria-label={t`Jobs`}>
      {jobs.map((id) => (
        <JobCard key={id} id={id} />
      ))}
    </section>
  );
}

const number_of = (job: Job, key: string): number => Number(job.result?.[key] ?? 0);
export const problems_of = (job: Job): RowProblem[] => (job.result?.errors as RowProblem[]) ?? [];

function JobCard({ id }: { id: number }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const { data: job, error } = useQuery(job_query(id));
  const [reading, set_reading] = useState(false);
  const undo = useUndo(() => forget_job(id));
  const type = dictionary.type(job?.about?.type ?? "");
  const gone = error instanceof ApiError && error.status === 404;
  // Somebody else signed in here, or the server has cleared old jobs away.
  useEffect(() => {
    if (gone) forget_job(id);
  }, [gone, id]);
  if (!job) return null;
  const over = is_job_over(job);
  const batch = job.about?.batch;
  const may_undo = over && batch !== undefined && taken_back_as_a_whole(job);
  const problems = over ? problems_of(job) : [];
  const on_over = () => (type ? refresh_record(type.plural) : undefined);
  return (
    <div className={classes.card} data-job={id}>
      <div className="row">
        <span className={classes.title}>
          <JobTitle job={job} what={type && dictionary.text(type.label_plural, type.plural)} />
        </span>
        <ActionIcon size={24} aria-label={t`Dismiss`} onClick={() => forget_job(id)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <JobProgress id={id} on_over={on_over} />
      {over && <Outcome job={job} />}
      {(may_undo || problems.length > 0) && (
        <div className={classes.actions}>
          {may_undo && (
            <Button
              variant="default"
              size="compact-sm"
              loading={undo.isPending}
              onClick={() => undo.mutate(batch)}
            >
              {t`Undo`}
            </Button>
          )}
          {problems.length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => set_reading(true)}>
              {t`Show the errors`}
            </Button>
          )}
        </div>
      )}
      {reading && type && (
        <Suspense>
          <JobErrorsDialog
            type={type}
            problems={problems}
            failed={number_of(job, "failed")}
            close={() => set_reading(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function taken_back_as_a_whole(job: Job): boolean {
  if (["bulk_edit", QUALITY_FIX].includes(job.kind)) return number_of(job, "changed") > 0;
  return job.kind === "bulk_merge" && number_of(job, "merged") > 0;
}

const QUALITY_FIX = "quality_fix";
const UNDOES = ["undo", "merge_undo", "undo_merges"];
const MERGES = ["merge", "bulk_merge"];

function JobTitle({ job, what }: { job: Job; what: string | undefined }) {
  const { t } = useLingui();
  const name = what ?? "";
  if (UNDOES.includes(job.kind)) return t`Undo`;
  if (MERGES.includes(job.kind)) return t`Merge: ${name}`;
  if (job.kind === QUALITY_FIX) return t`Data quality: ${name}`;
  if (job.about?.action === "archive") return t`Archive: ${name}`;
  return t`Bulk edit: ${name}`;
}

function Outcome({ job }: { job: Job }) {
  const { t } = useLingui();
  const numbers = {
    changed: number_text(number_of(job, "changed"), 0),
    unchanged: number_text(number_of(job, "unchanged"), 0),
    failed: number_text(number_of(job, "failed"), 0),
    undone: number_text(number_of(job, "undone"), 0),
    merged: number_text(number_of(job, "merged"), 0),
    conflicts: number_text(number_of(job, "conflicts"), 0),
  };
  const parts = UNDOES.includes(job.kind)
    ? [
        t`${numbers.undone} taken back`,
        number_of(job, "conflicts") > 0 && t`${numbers.conflicts} changed since and left alone`,
        number_of(job, "failed") > 0 && t`${numbers.failed} refused`,
      ]
    : [
        MERGES.includes(job.kind) ? t`${numbers.merged} merged` : t`${numbers.changed} changed`,
        number_of(job, "unchanged") > 0 && t`${numbers.unchanged} were so already`,
        number_of(job, "failed") > 0 && t`${numbers.failed} refused`,
      ];
  return <p className={classes.outcome}>{parts.filter(Boolean).join(" · ")}</p>;
}
