// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Progress } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { batches_query, is_job_over, jobs_query, query_client } from "../../api/queries";
import type { Job } from "../../api/types";
import { ago_text, number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { EmptyState } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import JobErrorsDialog from "../../records/jobs/job_errors_dialog";
import { problems_of } from "../../records/jobs/job_tray";
import { useUndo } from "../../records/jobs/use_undo";
import classes from "./settings.module.css";
import { Loaded, SettingsHead } from "./settings_parts";

const COLOURS: Record<string, string> = {
  done: "green",
  failed: "red",
  running: "blue",
  cancelled: "grey",
};

function useJobKinds(): Record<string, string> {
  const { t } = useLingui();
  return {
    bulk_edit: t`Bulk edit`,
    undo: t`Undo`,
    base_amounts: t`Amounts in the base currency`,
    search_rebuild: t`Search index read again`,
    origins_rebuild: t`Origins of values read out of the history`,
    import: t`Import`,
    import_check: t`Dry run of an import`,
    import_dry_run: t`Dry run of an import`,
    import_decisions: t`Decided rows of an import`,
    import_reversal: t`Reversal of an import`,
    register_load: t`Loading a register`,
    register_removal: t`Removal of old register entries`,
    selection_members: t`Change of a selection's members`,
    undo_selection_members: t`Undo`,
    selection_follow_ups: t`Follow-ups for a selection`,
    selection_upkeep: t`Upkeep of selections`,
    selection_snapshot: t`Who is in a selection today`,
    merge: t`Merge of records`,
    merge_undo: t`Undo`,
    bulk_merge: t`Merge of records`,
    undo_merges: t`Undo`,
    merge_upkeep: t`Upkeep of merges`,
    duplicate_keys: t`Preparing the search for duplicates`,
    duplicate_scan: t`Search for duplicates`,
    housekeeping: t`Housekeeping`,
    notification_sweep: t`Removal of old notifications`,
    reminder_plan: t`Planning of reminders`,
    file_sweep: t`Removal of unused files`,
    import_sweep: t`Removal of old imports`,
  };
}

export function JobsPage() {
  const { t } = useLingui();
  const jobs = useQuery({ ...jobs_query, refetchInterval: 5_000 });
  const cancel = useMutation({
    mutationFn: (id: number) => api.post(`/jobs/${id}/cancellation`),
    onSettled: () => query_client.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const states: Record<string, string> = {
    waiting: t`waiting`,
    running: t`running`,
    paused: t`paused`,
    done: t`done`,
    failed: t`failed`,
    cancelled: t`cancelled`,
  };
  const kinds = useJobKinds();
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Jobs`}
        text={t`Work that takes its time: imports, bulk edits and what the program does at night.`}
      />
      <Loaded query={jobs}>
        {({ items }) =>
          items.length ? (
            <div
              className="card table_scroll"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
              tabIndex={0}
            >
              <table className="table table_cards">
                <thead>
                  <tr>
                    <th scope="col">{t`Job`}</th>
                    <th scope="col">{t`State`}</th>
                    <th scope="col">{t`Progress`}</th>
                    <th scope="col">{t`Started`}</th>
                    <th scope="col">
                      <span className="visually_hidden">{t`Actions`}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((job) => (
                    <tr key={job.id}>
                      <td data-head>{kinds[job.kind] ?? job.kind}</td>
                      <td>
                        <Tag colour={COLOURS[job.status] ?? "grey"}>
                          {states[job.status] ?? job.status}
                        </Tag>
                      </td>
                      <td style={{ minWidth: 140 }}>
                        {job.progress?.total ? (
                          <>
                            <Progress
                              aria-label={t`Progress`}
                              size={5}
                              value={(100 * job.progress.done) / job.progress.total}
                            />
                            <span className="small dim tabular">
                              {number_text(job.progress.done, 0)}
                            </span>
                          </>
                        ) : null}
                      </td>
                      <td className="dim">{job.created_at && ago_text(job.created_at)}</td>
                      <td align="right">
                        {is_job_over(job) ? (
                          <Ended job={job} />
                        ) : (
                          <Button
                            variant="subtle"
                            color="gray"
                            onClick={() => cancel.mutate(job.id)}
                          >
                            {t`Cancel`}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <EmptyState icon={<IconPlayerPlay size={20} />} title={t`No jobs yet`} />
          )
        }
      </Loaded>
    </div>
  );
}

// What can still be done about a job that is over: take its change set back, read what was refused.
function Ended({ job }: { job: Job }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [reading, set_reading] = useState(false);
  const { data: batches } = useQuery(batches_query);
  const undo = useUndo();
  const batch = batches?.items.find((entry) => entry.id === job.about?.batch);
  const type = dictionary.type(job.about?.type ?? "");
  const problems = problems_of(job);
  if (job.kind !== "bulk_edit") return null;
  return (
    <span className="row" style={{ justifyContent: "flex-end" }}>
      {problems.length > 0 && type && (
        <Button variant="subtle" color="gray" onClick={() => set_reading(true)}>
          {t`Show the errors`}
        </Button>
      )}
      {batch?.undone_at === null ? (
        <Button
          variant="subtle"
          color="gray"
          loading={undo.isPending}
          onClick={() => undo.mutate(batch.id)}
        >
          {t`Undo`}
        </Button>
      ) : (
        batch && <span className="dim small">{t`taken back`}</span>
      )}
      {reading && type && (
        <JobErrorsDialog
          type={type}
          problems={problems}
          failed={Number(job.result?.failed ?? problems.length)}
          close={() => set_reading(false)}
        />
      )}
    </span>
  );
}
