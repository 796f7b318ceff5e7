// SPDX-License-Identifier: Apache-2.0
// Rows with what they did or would do, and those that were refused.
import { useLingui } from "@lingui/react/macro";
import type { FieldChange, ImportState, TypeMeta } from "../../api/types";
import { Tag } from "../../kit/marks";
import { ChangeList } from "../../records/change_list";
import { useDictionary } from "../../records/dictionary";
import { field_problem_text } from "../../records/error_text";
import { useTranslate } from "../../records/use_translate";
import { ACTION_COLOURS, useActionWords } from "./import_counts";

export interface RowProblem {
  row?: number;
  code: string;
  field?: string;
  name?: string;
}

export interface DescribedRow {
  row: number;
  action: string;
  name?: string | null;
  changes?: FieldChange[];
  errors?: RowProblem[];
}

export function DescribedRows({ type, rows }: { type: TypeMeta; rows: DescribedRow[] }) {
  const { t } = useLingui();
  const words = useActionWords();
  return (
    <div className="card table_scroll">
      <table className="table table_cards">
        <thead>
          <tr>
            <th scope="col">{t`Row`}</th>
            <th scope="col">{t`What happens`}</th>
            <th scope="col">{t`Record`}</th>
            <th scope="col">{t`Changes`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td className="dim tabular" data-label={t`Row`}>
                {row.row}
              </td>
              <td>
                <Tag colour={ACTION_COLOURS[row.action] ?? "grey"}>
                  {words[row.action] ?? row.action}
                </Tag>
              </td>
              <td data-head>{row.name}</td>
              <td>
                {["update", "create"].includes(row.action) && (
                  <ChangeList type={type} changes={row.changes ?? []} />
                )}
                {row.errors?.map((error) => (
                  <div key={`${error.field} ${error.code}`}>
                    <ProblemText type={type} problem={error} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProblemText({ type, problem }: { type: TypeMeta; problem: RowProblem }) {
  const dictionary = useDictionary();
  const translate = useTranslate();
  const { field = "", code, name } = problem;
  const label = field && dictionary.text(dictionary.field(type, field)?.label, field);
  return (
    <>
      {label && `${label}: `}
      {field_problem_text({ field, code }, translate)}
      {name && ` (${name})`}
    </>
  );
}

interface ErrorRowsProps {
  type: TypeMeta;
  errors: NonNullable<ImportState["errors"]>;
}

export function ErrorRows({ type, errors }: ErrorRowsProps) {
  const { t } = useLingui();
  if (!errors.length) return null;
  return (
    <div className="card table_scroll">
      <table className="table table_cards">
        <thead>
          <tr>
            <th scope="col">{t`Row`}</th>
            <th scope="col">{t`Why it is left out`}</th>
          </tr>
        </thead>
        <tbody>
          {errors.map((error, index) => (
            <tr key={index}>
              <td className="tabular" data-label={t`Row`}>
                {error.row}
              </td>
              <td>
                <ProblemText type={type} problem={error} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
