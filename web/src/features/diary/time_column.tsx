// SPDX-License-Identifier: Apache-2.0
// One day, or one person's day: what stands on it, what is being dragged, and where time is now.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { weekday_of } from "../../records/list/calendar_days";
import { day_title } from "../../records/list/calendar_text";
import type { DiaryParts } from "./diary_parts";
import { entry_key } from "./diary_types";
import entry_classes from "./entry.module.css";
import { EntryBlock } from "./entry_block";
import { clock_text, span_text } from "./entry_text";
import { lay_out } from "./overlap";
import { DAY_MINUTES, placed_on } from "./placement";
import type { Column } from "./time_grid";
import classes from "./time_grid.module.css";
import type { Drag } from "./use_grid_drag";

interface Props {
  parts: DiaryParts;
  column: Column;
  place: number;
  // The minute that the keyboard stands at; null when it is in another column.
  cursor: number | null;
  drag: Drag | null;
  now: number | null;
}

const SATURDAY = 6;
const top = (minutes: number) => `${(minutes / DAY_MINUTES) * 100}%`;

export function TimeColumn({ parts, column, place, cursor, drag, now }: Props) {
  const { day, person } = column;
  const node = useRef<HTMLDivElement>(null);
  useFocusFollows(node, cursor);
  const here = parts.entries.filter((entry) => !person || entry.users.includes(person.id));
  const laid = lay_out(placed_on(here, day, parts.state.zone));
  const title = person ? `${person.name}, ${day_title(day)}` : day_title(day);
  const found = laid.length;
  const count = plural(found, { one: "# appointment", other: "# appointments" });
  const label = `${title}, ${count}`;
  return (
    <div
      ref={node}
      role="gridcell"
      tabIndex={cursor === null ? -1 : 0}
      className={classes.column}
      data-column={place}
      data-day={day}
      data-weekend={weekday_of(day) >= SATURDAY || undefined}
    >
      <span className="visually_hidden">
        {cursor === null ? label : `${label}, ${clock_text(cursor)}`}
      </span>
      {laid.map((one) => {
        const key = entry_key(one.item.entry);
        return (
          <EntryBlock
            key={key}
            parts={parts}
            laid={one}
            day={day}
            person={person}
            is_dragged={drag?.key === key}
          />
        );
      })}
      {cursor !== null && (
        <div className={classes.cursor} style={{ top: top(cursor), height: top(30) }} aria-hidden />
      )}
      {now !== null && (
        <div className={classes.now} style={{ top: top(now) }} aria-hidden>
          <i />
        </div>
      )}
      {drag?.column === place && <Ghost parts={parts} drag={drag} />}
    </div>
  );
}

function Ghost({ parts, drag }: { parts: DiaryParts; drag: Drag }) {
  const { t } = useLingui();
  const entry = parts.entries.find((one) => entry_key(one) === drag.key);
  const { from, to } = drag.span;
  return (
    <div className={entry_classes.ghost} style={{ top: top(from), height: top(to - from) }}>
      {entry ? entry.name : t`New`}
      <span>{span_text(from, to)}</span>
    </div>
  );
}

// When the arrows go into this column, the keyboard comes along; and what it stands at is in sight.
function useFocusFollows(node: React.RefObject<HTMLDivElement | null>, cursor: number | null) {
  useEffect(() => {
    const at = document.activeElement;
    const is_in_grid =
      !!at?.matches("[data-column]") && at.parentElement === node.current?.parentElement;
    if (cursor === null || !is_in_grid) return;
    if (at !== node.current) node.current?.focus({ preventScroll: true });
    const mark = node.current?.querySelector(`.${classes.cursor}`);
    mark?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [node, cursor]);
}
