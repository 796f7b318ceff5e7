// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { ImportState, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { ChangeList } from "../../records/change_list";
import { useDictionary } from "../../records/dictionary";
import { field_problem_text } from "../../records/error_text";
import { useTranslate } from "../../records/use_translate";
import classes from "./imports.module.css";

const SAMPLE_SHOWN = 12;
const ERRORS_SHOWN = 20;

export function ImportOutcome({ type, state }: { type: TypeMeta; state: ImportState }) {
  const { t } = useLingui();
  const counts = state.counts;
  if (counts?.rows === undefined) return null;
  const shown = [
    { label: t`rows`, value: counts.rows },
    { label: t`created`, value: counts.created ?? 0 },
    { label: t`updated`, value: counts.updated ?? 0 },
    { label: t`unchanged`, value: counts.unchanged ?? 0 },
    { label: t`with errors`, value: counts.failed ?? 0, bad: true },
  ];
  const words: Record<string, string> = {
    create: t`new`,
    update: t`changed`,
    unchanged: t`unchanged`,
    error: t`with errors`,
  };
  return (
    <section className="stack">
      <h2 className={classes.subtitle} style={{ margin: 0 }}>
        {state.status === "checked" ? t`3. What would happen` : t`What happened`}
      </h2>
      <div className={classes.counts}>
        {shown.map((entry) => (
          <div
            key={entry.label}
            className={classes.count}
            data-bad={(entry.bad && entry.value > 0) || undefined}
          >
            <b className="tabular">{number_text(entry.value, 0)}</b>
            <span className="dim small">{entry.label}</span>
          </div>
        ))}
      </div>
      {state.sample && state.sample.length > 0 && (
        <div className="card table_scroll">
          <table className="table table_cards">
            <tbody>
              {state.sample.slice(0, SAMPLE_SHOWN).map((row) => (
                <tr key={row.row}>
                  <td className="dim tabular" data-label={t`Row`}>
                    {row.row}
                  </td>
                  <td>
                    <Tag
                      colour={
                        row.action === "create"
                          ? "green"
                          : row.action === "update"
                            ? "blue"
                            : "grey"
                      }
                    >
                      {words[row.action] ?? row.action}
                    </Tag>
                  </td>
                  <td data-head>{row.name}</td>
                  <td>
                    {row.action === "update" && (
                      <ChangeList type={type} changes={row.changes ?? []} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ErrorRows type={type} errors={state.errors ?? []} />
    </section>
  );
}

function ErrorRows({
  type,
  errors,
}: {
  type: TypeMeta;
  errors: NonNullable<ImportState["errors"]>;
}) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  if (!errors.length) return null;
  return (
    <div className="card table_scroll">
      <table className="table table_cards">
        <thead>
          <tr>
            <th scope="col">{t`Row`}</th>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Why it is left out`}</th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, ERRORS_SHOWN).map((error, index) => (
            <tr key={index}>
              <td className="tabular" data-label={t`Row`}>
                {error.row}
              </td>
              <td data-label={t`Field`}>
                {error.field &&
                  dictionary.text(dictionary.field(type, error.field)?.label, error.field)}
              </td>
              <td>
                {field_problem_text({ field: error.field ?? "", code: error.code }, translate)}
                {error.name && ` (${error.name})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
