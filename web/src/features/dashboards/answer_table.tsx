// SPDX-License-Identifier: Apache-2.0
// The numbers of a chart as a table: for whoever cannot see the chart, and for whoever wants the
// numbers themselves. Each leads to its records.
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import classes from "./dashboards.module.css";
import type { Shape } from "./series";
import type { Cell, ChartAnswer } from "./types";
import { cell_text, NOTHING } from "./words";

interface Props {
  answer: ChartAnswer;
  shape: Shape;
  caption: string;
  hidden?: boolean;
}

export function AnswerTable({ answer, shape, caption, hidden }: Props) {
  const { t } = useLingui();
  const first = answer.group_by[0]?.label ?? "";
  return (
    <div className={hidden ? "visually_hidden" : classes.table_scroll}>
      <table className={`table ${classes.answer_table}`}>
        <caption className="visually_hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {shape.series.map((one) => (
              <th key={one.name} scope="col" className={classes.number_cell}>
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shape.categories.map((name, index) => (
            <tr key={`${name}_${index}`}>
              <th scope="row">{name}</th>
              {shape.series.map((one) => (
                <td key={one.name} className={classes.number_cell}>
                  <CellLink
                    cell={one.cells[index]}
                    answer={answer}
                    measure={one.measure}
                    plain={!!hidden}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {answer.group_by.length === 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t`Total`}</th>
              {shape.series.map((one) => {
                const total = one.is_before ? answer.total.before : answer.total.cells;
                return (
                  <td key={one.name} className={classes.number_cell}>
                    <CellLink
                      cell={total?.[one.measure]}
                      answer={answer}
                      measure={one.measure}
                      plain={!!hidden}
                    />
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

interface CellProps {
  cell: Cell | null | undefined;
  answer: ChartAnswer;
  measure: number;
  plain: boolean;
}

// Where the table is only heard, its links would be stops of the keyboard that nobody sees.
function CellLink({ cell, answer, measure, plain }: CellProps) {
  if (!cell) return <>{NOTHING}</>;
  const text = cell_text(cell, answer.measures[measure]!);
  if (plain || cell.filter === null || !cell.count) return <>{text}</>;
  return (
    <Link to="/$plural" params={{ plural: answer.plural }} search={{ filter: cell.filter }}>
      {text}
    </Link>
  );
}
