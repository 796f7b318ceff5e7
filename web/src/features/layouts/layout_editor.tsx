// SPDX-License-Identifier: Apache-2.0
// One layout: its sections on the left, the page as it becomes on the right.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import {
  add_section,
  find_field,
  type PageLayout,
  unplaced_fields,
} from "../../records/layout/layout_parts";
import { useSectionTitle } from "../../records/layout/use_section_title";
import { FieldRow } from "./field_row";
import { LayoutActions } from "./layout_actions";
import { LayoutPreview } from "./layout_preview";
import type { LayoutState } from "./layout_queries";
import classes from "./layouts.module.css";
import { SectionCard } from "./section_card";
import { useDraftLayout } from "./use_draft_layout";

const SECTIONS_MAX = 30;

// What the parts of the editor do to the layout.
export interface Editing {
  type: TypeMeta;
  layout: PageLayout;
  change: (edit: (old: PageLayout) => PageLayout) => void;
  // Moves a field, tells so, and keeps the keyboard with it.
  move: (name: string, edit: (old: PageLayout) => PageLayout) => void;
  dragged: string | null;
  set_dragged: (name: string | null) => void;
  // Where a finger holds it, as spot_text() says it.
  target: string | null;
  set_target: (spot: string | null) => void;
}

export function LayoutEditor({ type, state }: { type: TypeMeta; state: LayoutState }) {
  const { t } = useLingui();
  const draft = useDraftLayout(state.layout);
  const { editing, told } = useEditing(type, draft.layout, draft.change);
  return (
    <>
      <LayoutActions type={type} state={state} draft={draft} />
      <div className={classes.columns}>
        <div className={classes.editor}>
          {draft.layout.sections.map((section, index) => (
            <SectionCard key={section.key} editing={editing} section={section} index={index} />
          ))}
          <Button
            variant="default"
            leftSection={<IconPlus size={15} />}
            disabled={draft.layout.sections.length >= SECTIONS_MAX}
            onClick={() => draft.change((old) => add_section(old))}
          >
            {t`Add a section`}
          </Button>
          <OffThePage editing={editing} />
        </div>
        <LayoutPreview type={type} layout={draft.layout} />
      </div>
      <p className={classes.told} role="status">
        {told}
      </p>
    </>
  );
}

// Where a field went is said aloud, and its handle has the keyboard again once it is there.
function useEditing(
  type: TypeMeta,
  layout: PageLayout,
  change: (edit: (old: PageLayout) => PageLayout) => void,
) {
  const { t } = useLingui();
  const { text, field } = useDictionary();
  const title_of = useSectionTitle();
  const [moved, set_moved] = useState<string | null>(null);
  const [dragged, set_dragged] = useState<string | null>(null);
  const [target, set_target] = useState<string | null>(null);
  const [told, set_told] = useState("");
  const latest = useRef(layout);
  latest.current = layout;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each move, not for each language
  useEffect(() => {
    if (!moved) return;
    const spot = find_field(layout, moved);
    const name = text(field(type, moved)?.label, moved);
    if (spot) {
      const section = layout.sections[spot.section]!;
      const place = spot.place + 1;
      const all = section.fields.length;
      set_told(t`${name}: ${title_of(section)}, place ${place} of ${all}`);
    } else set_told(t`${name}: not on the page`);
    // The menu gives the keyboard back to a handle that may be gone.
    const timer = setTimeout(() =>
      document.querySelector<HTMLElement>(`[data-handle="${moved}"]`)?.focus(),
    );
    set_moved(null);
    return () => clearTimeout(timer);
  }, [layout]);
  const editing: Editing = {
    type,
    layout,
    change,
    move: (name, edit) => {
      if (edit(latest.current) === latest.current) return;
      set_moved(name);
      change(edit);
    },
    dragged,
    set_dragged,
    target,
    set_target,
  };
  return { editing, told };
}

// Fields that are not on the page; what is dropped here leaves it.
function OffThePage({ editing }: { editing: Editing }) {
  const { t } = useLingui();
  const fields = unplaced_fields(editing.layout, editing.type);
  if (!fields.length) return null;
  return (
    <section className={`card ${classes.section} ${classes.off}`} aria-label={t`Not on the page`}>
      <h3 className={classes.section_title}>{t`Not on the page`}</h3>
      <ul className={classes.fields}>
        {fields.map((field) => (
          <FieldRow key={field.name} editing={editing} name={field.name} rule="" spot={null} />
        ))}
      </ul>
    </section>
  );
}
