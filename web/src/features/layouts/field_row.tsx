// SPDX-License-Identifier: Apache-2.0
// A field in the editor. It is dragged by the mouse, or by a finger at its handle, and moved by its
// menu or with Alt and the arrows.
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowRight,
  IconArrowUp,
  IconEyeOff,
  IconFilter,
  IconGripVertical,
} from "@tabler/icons-react";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { useDictionary } from "../../records/dictionary";
import {
  change_field,
  hide_field,
  place_field,
  type Spot,
  step_field,
} from "../../records/layout/layout_parts";
import { useSectionTitle } from "../../records/layout/use_section_title";
import type { Editing } from "./layout_editor";
import classes from "./layouts.module.css";
import { spot_text, useFingerDrag } from "./use_finger_drag";

const RuleDialog = lazy(() => import("./rule_dialog"));

interface Props {
  editing: Editing;
  name: string;
  rule: string;
  // null: not on the page.
  spot: Spot | null;
}

export function FieldRow({ editing, name, rule, spot }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [asking, set_asking] = useState(false);
  const [over, set_over] = useState(false);
  const { dragged, set_dragged, move, type, target } = editing;
  const finger = useFingerDrag(editing, name, spot);
  const place = spot ? spot_text(spot) : undefined;
  const is_over = over || (!!place && target === place);
  const label = dictionary.text(dictionary.field(type, name)?.label, name);
  const step = (by: -1 | 1) => move(name, (old) => step_field(old, name, by));
  const on_key = (event: KeyboardEvent) => {
    if (!event.altKey || !spot || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    step(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li
      className={classes.field}
      data-spot={place}
      data-over={(is_over && dragged !== name) || undefined}
      data-dragged={dragged === name || undefined}
      draggable
      onDragStart={(event) => {
        if (finger.is_held()) return event.preventDefault();
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        set_dragged(name);
      }}
      onDragEnd={() => set_dragged(null)}
      onDragOver={(event) => {
        if (!dragged || !spot) return;
        event.preventDefault();
        event.stopPropagation();
        set_over(true);
      }}
      onDragLeave={() => set_over(false)}
      onDrop={(event) => {
        set_over(false);
        if (!dragged || !spot) return;
        event.preventDefault();
        event.stopPropagation();
        const one = dragged;
        set_dragged(null);
        if (one !== name) move(one, (old) => place_field(old, one, spot));
      }}
    >
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <button
            type="button"
            className={`plain ${classes.handle}`}
            data-handle={name}
            aria-label={t`Move ${label}`}
            onKeyDown={on_key}
            {...finger.on_handle}
          >
            <IconGripVertical size={15} aria-hidden />
          </button>
        </Menu.Target>
        <FieldMenu
          editing={editing}
          name={name}
          spot={spot}
          step={step}
          ask_rule={() => set_asking(true)}
        />
      </Menu>
      <span className="grow clip">{label}</span>
      {rule && (
        <button
          type="button"
          className={`plain ${classes.rule}`}
          aria-label={t`${label} is shown only when: ${rule}`}
          onClick={() => set_asking(true)}
        >
          <IconFilter size={13} aria-hidden />
          <span className="clip">{rule}</span>
        </button>
      )}
      {asking && (
        <Suspense>
          <RuleDialog
            type={type}
            title={label}
            rule={rule}
            save={(next) => editing.change((old) => change_field(old, name, next))}
            close={() => set_asking(false)}
          />
        </Suspense>
      )}
    </li>
  );
}

interface MenuProps {
  editing: Editing;
  name: string;
  spot: Spot | null;
  step: (by: -1 | 1) => void;
  ask_rule: () => void;
}

function FieldMenu({ editing, name, spot, step, ask_rule }: MenuProps) {
  const { t } = useLingui();
  const title_of = useSectionTitle();
  const { layout, move } = editing;
  return (
    <Menu.Dropdown>
      {spot && (
        <>
          <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => step(-1)}>
            {t`Move up`}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => step(1)}>
            {t`Move down`}
          </Menu.Item>
        </>
      )}
      {layout.sections.map((section, index) =>
        index === spot?.section ? null : (
          <Menu.Item
            key={section.key}
            leftSection={<IconArrowRight size={15} />}
            onClick={() =>
              move(name, (old) =>
                place_field(old, name, {
                  section: index,
                  place: old.sections[index]?.fields.length ?? 0,
                }),
              )
            }
          >
            {t`To ${title_of(section)}`}
          </Menu.Item>
        ),
      )}
      {spot && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<IconFilter size={15} />} onClick={ask_rule}>
            {t`Shown only when…`}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconEyeOff size={15} />}
            onClick={() => move(name, (old) => hide_field(old, name))}
          >
            {t`Take off the page`}
          </Menu.Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
