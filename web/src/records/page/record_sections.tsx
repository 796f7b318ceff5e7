// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { LayoutSection, Row, TypeMeta } from "../../api/types";
import { instant_text } from "../../base/format";
import { useDictionary } from "../dictionary";
import { ContactPoints } from "./contact_points";
import { InlineField } from "./inline_field";
import classes from "./record_sections.module.css";

export function sections_of(type: TypeMeta): LayoutSection[] {
  const sections = type.layout?.sections ?? [];
  const placed = new Set(sections.flatMap((section) => section.fields));
  const custom = type.fields.filter(
    (field) => field.custom && !field.hidden && !placed.has(field.name),
  );
  if (!sections.length) {
    const own = type.fields.filter((field) => !field.read_only && !field.hidden);
    return [{ key: "all", fields: own.map((field) => field.name) }];
  }
  if (!custom.length) return sections;
  return [...sections, { key: "custom", fields: custom.map((field) => field.name) }];
}

export function RecordSections({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const by = (value: unknown) => (value as { name?: string } | null)?.name ?? "";
  const update = record.rights?.update ?? dictionary.can(type.name, "update");
  return (
    <>
      {sections_of(type).map((section) => (
        <section key={section.key} className={classes.section}>
          <h2 className={classes.title}>
            {dictionary.text(section.label, section.key === "custom" ? t`Own fields` : t`Details`)}
          </h2>
          {section.fields.map((name) => {
            const field = dictionary.field(type, name);
            if (!field || field.hidden) return null;
            return (
              <InlineField
                key={name}
                type={type}
                field={field}
                record={record}
                editable={update && !field.read_only && !field.computed}
              />
            );
          })}
        </section>
      ))}
      {type.contact_points && <ContactPoints type={type} record={record} editable={update} />}
      <p className={classes.stamp}>
        {record.created_at ? (
          <span>{t`Created ${instant_text(String(record.created_at))} ${by(record.created_by)}`}</span>
        ) : null}
        {record.updated_at ? (
          <span>{t`Changed ${instant_text(String(record.updated_at))} ${by(record.updated_by)}`}</span>
        ) : null}
      </p>
    </>
  );
}
