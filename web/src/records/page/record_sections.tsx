// SPDX-License-Identifier: Apache-2.0
// The fields of a record in the sections of its layout.
import { useLingui } from "@lingui/react/macro";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import type { Row, TypeMeta } from "../../api/types";
import { instant_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../dictionary";
import type { PageLayout, PageSection } from "../layout/layout_parts";
import { type Unshown, usePageLayout, useUnshown } from "../layout/use_page_layout";
import { useSectionTitle } from "../layout/use_section_title";
import { ContactPoints } from "./contact_points";
import { InlineField } from "./inline_field";
import classes from "./record_sections.module.css";

export function RecordSections({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const layout = usePageLayout(type);
  const unshown = useUnshown(type, record, layout);
  const by = (value: unknown) => (value as { name?: string } | null)?.name ?? "";
  const update = record.rights?.update ?? dictionary.can(type.name, "update");
  return (
    <>
      {layout ? (
        <SectionList
          type={type}
          record={record}
          layout={layout}
          unshown={unshown}
          editable={update}
        />
      ) : (
        <SkeletonLines count={10} />
      )}
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

interface ListProps {
  type: TypeMeta;
  record: Row;
  layout: PageLayout;
  unshown: Unshown;
  editable: boolean;
}

export function SectionList({ type, record, layout, unshown, editable }: ListProps) {
  const dictionary = useDictionary();
  return layout.sections.map((section) => {
    if (unshown.sections.includes(section.key)) return null;
    const fields = section.fields.flatMap(({ name }) => {
      const field = dictionary.field(type, name);
      return field && !field.hidden && !unshown.fields.includes(name) ? [field] : [];
    });
    if (!fields.length) return null;
    return (
      <OneSection key={section.key} section={section}>
        {fields.map((field) => (
          <InlineField
            key={field.name}
            type={type}
            field={field}
            record={record}
            editable={editable && !field.read_only && !field.computed}
          />
        ))}
      </OneSection>
    );
  });
}

function OneSection({ section, children }: { section: PageSection; children: ReactNode }) {
  const title = useSectionTitle()(section);
  const [opened, set_opened] = useState(!section.collapsed);
  const fields = useId();
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>
        {section.collapsed ? (
          <button
            type="button"
            className={`plain ${classes.fold}`}
            aria-expanded={opened}
            aria-controls={fields}
            onClick={() => set_opened(!opened)}
          >
            <IconChevronRight size={14} aria-hidden />
            {title}
          </button>
        ) : (
          title
        )}
      </h2>
      <div id={fields} hidden={!opened} className={classes.fields} data-columns={section.columns}>
        {opened && children}
      </div>
    </section>
  );
}
