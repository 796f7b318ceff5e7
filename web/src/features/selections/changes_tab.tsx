// SPDX-License-Identifier: Apache-2.0
// Who came and went since the last visit, and who was in on a past day.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconArrowDownRight, IconArrowUpRight, IconHistory } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import type { Page, Row, TypeMeta } from "../../api/types";
import { instant_text, number_text } from "../../base/format";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast, toast_error } from "../../kit/toast";
import { FieldInput } from "../../records/fields/field";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import { refresh_selection, type Selection } from "./selection_queries";
import classes from "./selections.module.css";

interface Props {
  selection: Selection;
  type: TypeMeta;
}

interface Changes {
  since: string;
  joined: Row[];
  left: Row[];
}

export default function ChangesTab({ selection, type, since }: Props & { since: string }) {
  const { t } = useLingui();
  if (selection.kind !== "static" && !selection.keeps_history)
    return <KeepsNothing selection={selection} />;
  return (
    <div className={classes.narrow}>
      {selection.kind !== "static" && <Snapshots selection={selection} type={type} />}
      <section className="stack">
        <h2 className="card_title">{t`Since ${instant_text(since)}`}</h2>
        <ChangeLists selection={selection} type={type} since={since} />
      </section>
      <PastDay selection={selection} type={type} />
    </div>
  );
}

function KeepsNothing({ selection }: { selection: Selection }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const keep = useMutation({
    mutationFn: () => api.patch(`/selections/${selection.id}`, { keeps_history: true }),
    onSuccess: async () => {
      await api.post(`/selections/${selection.id}/snapshots`);
      toast(t`From today on, who comes and goes is kept.`);
      refresh_selection(selection.id);
    },
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <EmptyState
      icon={<IconHistory size={22} stroke={1.5} />}
      title={t`No history is kept`}
      action={
        selection.is_editable && (
          <Button loading={keep.isPending} onClick={() => keep.mutate()}>{t`Keep history`}</Button>
        )
      }
    >
      {t`Ask for it, and every night the selection remembers who came and who went.`}
    </EmptyState>
  );
}

function Snapshots({ selection, type }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const take = useMutation({
    mutationFn: () => api.post<{ job: number }>(`/selections/${selection.id}/snapshots`),
    onError: (error) => toast_error(error_text(error)),
  });
  const taken = selection.history?.taken_at;
  const problem = selection.history?.problem;
  return (
    <section className={classes.note}>
      <div className="grow">
        <p>{taken ? t`Last looked ${instant_text(taken)}` : t`Nothing has been kept yet.`}</p>
        {problem && (
          <p className={classes.wrong}>
            {problem === "too_many"
              ? t`The selection is too large for its history to be kept.`
              : t`The last look did not succeed: the owner may no longer use these criteria.`}
          </p>
        )}
        {take.data && (
          <JobProgress
            key={take.data.job}
            id={take.data.job}
            on_over={() => refresh_selection(selection.id, type.plural)}
          />
        )}
      </div>
      {selection.is_editable && (
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
          {t`Look now`}
        </Button>
      )}
    </section>
  );
}

function ChangeLists({ selection, type, since }: Props & { since: string }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const changes = useQuery({
    queryKey: ["selection", selection.id, "changes", since],
    queryFn: () => api.get<Changes>(`/selections/${selection.id}/changes`, { since }),
  });
  if (changes.isPending) return <SkeletonLines count={4} />;
  if (changes.isError)
    return (
      <ErrorState title={t`The changes could not be shown`} detail={error_text(changes.error)} />
    );
  const { joined, left } = changes.data;
  return (
    <div className={classes.pair}>
      <RowList
        type={type}
        rows={joined}
        title={t`Came in`}
        icon={<IconArrowUpRight size={16} />}
        none={t`Nobody came in.`}
      />
      <RowList
        type={type}
        rows={left}
        title={t`Went out`}
        icon={<IconArrowDownRight size={16} />}
        none={t`Nobody went out.`}
      />
    </div>
  );
}

interface RowsProps {
  type: TypeMeta;
  rows: Row[];
  title: string;
  icon: React.ReactNode;
  none: string;
}

function RowList({ type, rows, title, icon, none }: RowsProps) {
  return (
    <section className={`card ${classes.row_card}`}>
      <h3 className={classes.row_head}>
        {icon} {title} <span className="dim tabular">{number_text(rows.length, 0)}</span>
      </h3>
      {!rows.length && <p className="dim">{none}</p>}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/$plural/$id" params={{ plural: type.plural, id: String(row.id) }}>
              {String(row.name ?? row.id)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const PAST_ROWS = 100;

function PastDay({ selection, type }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [day, set_day] = useState("");
  const past = useQuery({
    queryKey: ["list", type.plural, "past", selection.id, day],
    queryFn: () =>
      api.get<Page<Row>>(`/selections/${selection.id}/members`, {
        as_of: day,
        fields: "name",
        sort: "name",
        count: "exact",
        limit: PAST_ROWS,
      }),
    enabled: !!day,
    retry: false,
  });
  return (
    <section className="stack">
      <h2 className="card_title">{t`Who was in on a past day?`}</h2>
      <div className={classes.day}>
        <FieldInput
          field={{ name: "day", kind: "date", label: {} }}
          label={t`Day`}
          value={day || null}
          on_change={(next) => set_day(String(next ?? ""))}
        />
      </div>
      {past.isError && (
        <p className={classes.wrong}>
          {past.error.message === "selections/invalid"
            ? t`Nothing is known of that day: the history began later.`
            : error_text(past.error)}
        </p>
      )}
      {past.data && (
        <RowList
          type={type}
          rows={past.data.items}
          title={t`Members that day: ${number_text(past.data.count?.value ?? 0, 0)}`}
          icon={<IconHistory size={16} />}
          none={t`Nobody was in.`}
        />
      )}
    </section>
  );
}
