// SPDX-License-Identifier: Apache-2.0
// What the record holds, with the wrong value marked, and what else was found in it.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Row, TypeMeta } from "../../api/types";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import { standard_layout } from "../../records/layout/layout_parts";
import { usePageLayout } from "../../records/layout/use_page_layout";
import { record_quality_query } from "./queries";
import type { Finding } from "./types";
import { SeverityIcon, useFieldName } from "./words";
import classes from "./workbench.module.css";

interface FactsProps {
  type: TypeMeta;
  record: Row | undefined;
  wrong: string | null;
}

export function RecordFacts({ type, record, wrong }: FactsProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const layout = usePageLayout(type) ?? standard_layout(type);
  const fields = layout.sections.flatMap((section) =>
    section.fields.flatMap(({ name }) => {
      const field = dictionary.field(type, name);
      const shown = record && (!is_empty(record[name]) || name === wrong);
      return field && !field.hidden && shown ? [field] : [];
    }),
  );
  return (
    <section className={classes.facts} aria-labelledby="quality_record">
      <h3 id="quality_record">{t`The record`}</h3>
      {!record && <SkeletonLines count={6} />}
      {record && (
        <dl>
          {fields.map((field) => (
            <div key={field.name} data-wrong={field.name === wrong || undefined}>
              <dt>{dictionary.text(field.label, field.name)}</dt>
              <dd>
                {record.masked?.includes(field.name) ? (
                  <span className="faint">••••••</span>
                ) : is_empty(record[field.name]) ? (
                  <span className="faint">{t`Empty`}</span>
                ) : (
                  <FieldView field={field} value={record[field.name]} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

interface OthersProps {
  type: TypeMeta;
  finding: Finding;
  show: (id: number) => void;
}

export function OtherFindings({ type, finding, show }: OthersProps) {
  const { t } = useLingui();
  const field_name = useFieldName();
  const { id, version } = finding.record;
  const answer = useQuery(record_quality_query(type.name, id, version));
  const others = (answer.data?.findings ?? []).filter((one) => one.id !== finding.id);
  if (!others.length) return null;
  return (
    <section className={classes.others} aria-labelledby="quality_others">
      <h3 id="quality_others">{t`Also found in this record`}</h3>
      <ul>
        {others.map((one) => (
          <li key={one.id}>
            <button type="button" className={classes.other} onClick={() => show(one.id)}>
              <SeverityIcon severity={one.severity} size={15} />
              <span className="grow">{one.text}</span>
              <span className="dim">{field_name(type, one.field)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
