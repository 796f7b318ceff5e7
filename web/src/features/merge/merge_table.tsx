// SPDX-License-Identifier: Apache-2.0
// A column for each record, a row for each field. Every row is a group of radio buttons: the arrow
// keys choose within it, Tab goes to the next.
import { useLingui } from "@lingui/react/macro";
import { IconCheck, IconShieldLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { TypeMeta } from "../../api/types";
import { date_text, instant_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import classes from "./merge.module.css";
import type { FieldValue, MergeField, MergePreview } from "./types";

interface Props {
  type: TypeMeta;
  preview: MergePreview;
  fields: MergeField[];
  keep: number;
  set_keep: (id: number) => void;
  choice: (field: string) => number;
  choose: (fields: string[], id: number) => void;
}

export function MergeTable(props: Props) {
  const { t } = useLingui();
  const { type, preview, fields, keep, set_keep, choose } = props;
  return (
    <div className={classes.scroll}>
      <div
        className={classes.table}
        style={{ "--records": preview.records.length } as React.CSSProperties}
      >
        <div className={classes.row} role="radiogroup" aria-label={t`The record that stays`}>
          <span className={classes.field}>{t`Stays`}</span>
          {preview.records.map((record) => {
            const name = record.label || `#${record.id}`;
            const created = record.created_at ? instant_text(record.created_at) : "";
            return (
              <div
                key={record.id}
                className={classes.head}
                data-kept={record.id === keep || undefined}
              >
                <label className={classes.keep}>
                  <input
                    type="radio"
                    name="merge_keep"
                    checked={record.id === keep}
                    onChange={() => set_keep(record.id)}
                  />
                  <span className="clip">{name}</span>
                  {record.id === keep && <Tag colour="teal">{t`Stays`}</Tag>}
                </label>
                <div className={classes.facts}>
                  <Link
                    to="/$plural/$id"
                    params={{ plural: type.plural, id: String(record.id) }}
                    target="_blank"
                  >
                    #{record.id}
                  </Link>
                  {created && <span>{t`Created ${created}`}</span>}
                </div>
                <button
                  type="button"
                  className={classes.take_all}
                  onClick={() =>
                    choose(
                      fields
                        .filter((field) => field.differs && !field.strict)
                        .map((one) => one.field),
                      record.id,
                    )
                  }
                  aria-label={t`Take all of ${name}`}
                >
                  {t`Take all`}
                </button>
              </div>
            );
          })}
        </div>
        {fields.map((field) => (
          <FieldRow key={field.field} field={field} {...props} />
        ))}
      </div>
    </div>
  );
}

function FieldRow({ type, preview, field, choice, choose }: Props & { field: MergeField }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const label = dictionary.text(dictionary.field(type, field.field)?.label, field.field);
  const chosen = choice(field.field);
  const content = (
    <>
      <span className={classes.field}>
        {label}
        {field.strict && field.differs && (
          <span className={classes.strict}>
            <IconShieldLock size={13} aria-hidden />
            {t`The strictest wins`}
          </span>
        )}
      </span>
      {preview.records.map((record) => (
        <Cell
          key={record.id}
          field={field}
          value={field.values.find((value) => value.id === record.id)}
          chosen={record.id === chosen}
          choose={() => choose([field.field], record.id)}
        />
      ))}
    </>
  );
  if (!field.differs || field.strict) return <div className={classes.row}>{content}</div>;
  return (
    <div className={classes.row} role="radiogroup" aria-label={label}>
      {content}
    </div>
  );
}

interface CellProps {
  field: MergeField;
  value: FieldValue | undefined;
  chosen: boolean;
  choose: () => void;
}

function Cell({ field, value, chosen, choose }: CellProps) {
  const { t } = useLingui();
  const text = value?.display ?? "";
  const day = value?.changed_at?.slice(0, 10);
  const origin = [value?.source, day && date_text(day)].filter(Boolean).join(" · ");
  const content = (
    <span className={classes.value}>
      {text || <span className="faint">{t`Empty`}</span>}
      {origin && <span className={classes.origin}>{origin}</span>}
    </span>
  );
  if (!field.differs) return <div className={classes.cell}>{content}</div>;
  if (field.strict) {
    return (
      <div className={classes.cell} data-chosen={value?.id === field.suggested || undefined}>
        {value?.id === field.suggested && <IconCheck size={15} aria-hidden />}
        {content}
      </div>
    );
  }
  return (
    <label className={classes.cell} data-chosen={chosen || undefined}>
      <input type="radio" name={`merge_${field.field}`} checked={chosen} onChange={choose} />
      {content}
    </label>
  );
}
