// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconColumns2,
  IconDots,
  IconFilter,
  IconFold,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Tag } from "../../kit/marks";
import {
  change_section,
  type PageSection,
  place_field,
  remove_section,
  step_section,
} from "../../records/layout/layout_parts";
import { useSectionTitle } from "../../records/layout/use_section_title";
import { FieldRow } from "./field_row";
import type { Editing } from "./layout_editor";
import classes from "./layouts.module.css";
import { spot_text } from "./use_finger_drag";

const RuleDialog = lazy(() => import("./rule_dialog"));
const TitleDialog = lazy(() => import("./title_dialog"));

interface Props {
  editing: Editing;
  section: PageSection;
  index: number;
}

export function SectionCard({ editing, section, index }: Props) {
  const { t } = useLingui();
  const title = useSectionTitle()(section);
  const [dialog, set_dialog] = useState<"title" | "rule" | null>(null);
  const [over, set_over] = useState(false);
  const { dragged, set_dragged, move, change, target } = editing;
  const end = spot_text({ section: index, place: section.fields.length });
  const put = (part: Partial<PageSection>) => change((old) => change_section(old, index, part));
  const close = () => set_dialog(null);
  return (
    <section
      className={`card ${classes.section}`}
      aria-label={title}
      data-section={section.key}
      data-spot={end}
      data-over={((over || target === end) && !!dragged) || undefined}
      onDragOver={(event) => {
        if (!dragged) return;
        event.preventDefault();
        set_over(true);
      }}
      onDragLeave={() => set_over(false)}
      onDrop={(event) => {
        set_over(false);
        if (!dragged) return;
        event.preventDefault();
        const one = dragged;
        set_dragged(null);
        move(one, (old) => place_field(old, one, { section: index, place: section.fields.length }));
      }}
    >
      <div className={classes.section_head}>
        <h3 className={`clip ${classes.section_title}`}>{title}</h3>
        {section.columns === 2 && <Tag>{t`Two columns`}</Tag>}
        {section.collapsed && <Tag>{t`Collapsed`}</Tag>}
        <SectionMenu
          editing={editing}
          section={section}
          index={index}
          title={title}
          put={put}
          open={set_dialog}
        />
      </div>
      {section.shown_if && (
        <button
          type="button"
          className={`plain ${classes.rule}`}
          aria-label={t`${title} is shown only when: ${section.shown_if}`}
          onClick={() => set_dialog("rule")}
        >
          <IconFilter size={13} aria-hidden />
          <span className="clip">{section.shown_if}</span>
        </button>
      )}
      <ul className={classes.fields}>
        {section.fields.map((field, place) => (
          <FieldRow
            key={field.name}
            editing={editing}
            name={field.name}
            rule={field.shown_if}
            spot={{ section: index, place }}
          />
        ))}
      </ul>
      {!section.fields.length && <p className={classes.empty}>{t`No fields yet`}</p>}
      <Suspense>
        {dialog === "rule" && (
          <RuleDialog
            type={editing.type}
            title={title}
            rule={section.shown_if}
            save={(shown_if) => put({ shown_if })}
            close={close}
          />
        )}
        {dialog === "title" && (
          <TitleDialog label={section.label} save={(label) => put({ label })} close={close} />
        )}
      </Suspense>
    </section>
  );
}

interface MenuProps extends Props {
  title: string;
  put: (part: Partial<PageSection>) => void;
  open: (dialog: "title" | "rule") => void;
}

function SectionMenu({ editing, section, index, title, put, open }: MenuProps) {
  const { t } = useLingui();
  const { layout, change } = editing;
  const icon = (Icon: typeof IconDots) => <Icon size={15} />;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t`Change the section ${title}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={icon(IconPencil)} onClick={() => open("title")}>
          {t`Rename`}
        </Menu.Item>
        <Menu.Item
          leftSection={icon(IconColumns2)}
          onClick={() => put({ columns: section.columns === 2 ? 1 : 2 })}
        >
          {section.columns === 2 ? t`One column` : t`Two columns`}
        </Menu.Item>
        <Menu.Item
          leftSection={icon(IconFold)}
          onClick={() => put({ collapsed: !section.collapsed })}
        >
          {section.collapsed ? t`Open at first` : t`Collapsed at first`}
        </Menu.Item>
        <Menu.Item leftSection={icon(IconFilter)} onClick={() => open("rule")}>
          {t`Shown only when…`}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={icon(IconArrowUp)}
          disabled={index === 0}
          onClick={() => change((old) => step_section(old, index, -1))}
        >
          {t`Move up`}
        </Menu.Item>
        <Menu.Item
          leftSection={icon(IconArrowDown)}
          disabled={index === layout.sections.length - 1}
          onClick={() => change((old) => step_section(old, index, 1))}
        >
          {t`Move down`}
        </Menu.Item>
        <Menu.Item
          leftSection={icon(IconTrash)}
          disabled={layout.sections.length < 2}
          onClick={() => change((old) => remove_section(old, index))}
        >
          {t`Remove the section`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
