// SPDX-License-Identifier: Apache-2.0
// Rows that were put aside because their record is there: decided one by one, or all at once.
import { useLingui } from "@lingui/react/macro";
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { useErrorText } from "../../records/use_translate";
import classes from "./imports.module.css";
import { RowPager } from "./row_pager";

const ROWS = 25;

interface Question {
  row: number;
  records: { id: number; name: string | null }[];
  cells: Record<string, string>;
  decision: string | null;
}
interface Questions {
  items: Question[];
  next: string | null;
  open: number;
  decided: number;
}

interface Props {
  type: TypeMeta;
  state: ImportState;
  // After a run: does what was decided.
  run?: (() => void) | undefined;
}

export function QuestionsCard({ type, state, run }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [way, set_way] = useState<string[]>([""]);
  const cursor = way.at(-1) ?? "";
  const page = useQuery({
    queryKey: ["import_questions", state.id, state.job, cursor],
    queryFn: () => api.get<Questions>(`/imports/${state.id}/questions`, { cursor, limit: ROWS }),
  });
  const decide = useMutation({
    mutationFn: ({ row, decision }: { row?: number; decision: string }) =>
      api.post(`/imports/${state.id}/decisions`, {
        ...(row !== undefined && { rows: [row] }),
        decision: decision || null,
      }),
    onSuccess: () => query_client.invalidateQueries({ queryKey: ["import_questions", state.id] }),
  });
  if (!page.data || page.data.open + page.data.decided === 0) return null;
  const { items, next, open, decided } = page.data;
  const [waiting, done] = [number_text(open, 0), number_text(decided, 0)];
  return (
    <section className="stack" aria-label={t`Rows put aside`}>
      <h3 className={classes.subtitle}>{t`Rows put aside`}</h3>
      <p className="dim">{t`${waiting} wait for a decision, ${done} are decided.`}</p>
      <div className={classes.pager}>
        <span className="small dim" aria-hidden>
          {t`Decide for all`}
        </span>
        <Decision
          label={t`Decide for all`}
          value=""
          choose={(decision) => decide.mutate({ decision })}
        />
        <RowPager way={way} next={next} set_way={set_way} />
      </div>
      {decide.error && (
        <p role="alert" className={classes.problem}>
          {error_text(decide.error)}
        </p>
      )}
      <div className="card table_scroll">
        <table className="table table_cards">
          <thead>
            <tr>
              <th scope="col">{t`Row`}</th>
              <th scope="col">{t`In the file`}</th>
              <th scope="col">{t`Already there`}</th>
              <th scope="col">{t`Decision`}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.row}>
                <td className="tabular" data-label={t`Row`}>
                  {one.row}
                </td>
                <td data-head>
                  {Object.values(one.cells).filter(Boolean).slice(0, 5).join(" · ")}
                </td>
                <td data-label={t`Already there`}>
                  {one.records.map((record) => (
                    <div key={record.id}>
                      <Link to={`/${type.plural}/${record.id}` as string}>
                        {record.name ?? `#${record.id}`}
                      </Link>
                    </div>
                  ))}
                </td>
                <td data-label={t`Decision`}>
                  <Decision
                    label={t`Decision for row ${one.row}`}
                    value={one.decision ?? ""}
                    choose={(decision) => decide.mutate({ row: one.row, decision })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {run && (
        <div>
          <Button disabled={decided === 0} onClick={run}>
            {t`Do what is decided`}
          </Button>
        </div>
      )}
    </section>
  );
}

interface DecisionProps {
  label: string;
  value: string;
  choose: (decision: string) => void;
}

function Decision({ label, value, choose }: DecisionProps) {
  const { t } = useLingui();
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={[
        { value: "", label: t`not yet` },
        { value: "update", label: t`change the record` },
        { value: "create", label: t`make another record` },
        { value: "skip", label: t`leave the row out` },
      ]}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
