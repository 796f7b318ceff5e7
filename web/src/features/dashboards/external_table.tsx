// SPDX-License-Identifier: Apache-2.0
// Rows of another system, as it wrote them.
import { useLingui } from "@lingui/react/macro";
import { IconList } from "@tabler/icons-react";
import classes from "./dashboards.module.css";
import ExternalProblem from "./external_problem";
import type { TableAnswer } from "./types";

export default function ExternalTable({ answer }: { answer: TableAnswer }) {
  const { t } = useLingui();
  if (!answer.rows.length) {
    return (
      <div className={classes.state} data-nothing>
        <IconList size={22} stroke={1.4} className={classes.state_icon} aria-hidden />
        <p>{t`Nothing to show here`}</p>
      </div>
    );
  }
  return (
    <>
      <div className={classes.table_scroll}>
        <table className={`table ${classes.list_table}`} data-external>
          <caption className="visually_hidden">{answer.title}</caption>
          <thead>
            <tr>
              {answer.columns.map((column, index) => (
                <th key={`${column}_${index}`} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.external?.is_stale && <ExternalProblem external={answer.external} />}
    </>
  );
}
