// SPDX-License-Identifier: Apache-2.0
// A month of days, each with as many appointments as there is room for.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { add_days, days_between } from "../../records/list/calendar_days";
import {
  day_number,
  day_title,
  month_short,
  week_number,
  weekday_long,
  weekday_short,
} from "../../records/list/calendar_text";
import type { DiaryParts } from "./diary_parts";
import { step_day } from "./diary_state";
import { entry_key } from "./diary_types";
import { moved_days } from "./drag";
import { EntryChip } from "./entry_chip";
import classes from "./month_view.module.css";
import { days_of, entries_on } from "./placement";
import { type DayDrag, useDayDrag } from "./use_day_drag";

const HEAD_PX = 30;
const LINE_PX = 26;
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

export default function MonthView({ parts }: { parts: DiaryParts }) {
  const { t } = useLingui();
  const { state } = parts;
  const size = useElementSize();
  const grid = useRef<HTMLDivElement>(null);
  const [active, set_active] = useState(state.day);
  const drag = useDayDrag((entry, from, to) =>
    parts.set_times(entry, moved_days(entry, days_between(from, to), state.zone)),
  );
  useEffect(() => set_active(state.day), [state.day]);
  useEffect(() => {
    if (!document.activeElement?.matches("[role=gridcell]")) return;
    grid.current?.querySelector<HTMLElement>(`[data-day="${active}"]`)?.focus();
  }, [active]);
  const room = Math.max(1, Math.floor((size.height / state.weeks.length - HEAD_PX) / LINE_PX));
  const go = (day: string) => {
    set_active(day);
    if (day.slice(0, 7) !== state.day.slice(0, 7)) state.go({ day });
  };
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={t`Diary`}
      className={classes.month}
      onKeyDown={(event) => on_key(event, parts, active, go)}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: its days have the focus */}
      <div role="row" className={classes.weekdays}>
        {state.weeks[0]!.map((day) => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span key={day} role="columnheader" aria-label={weekday_long(day)}>
            {weekday_short(day)}
          </span>
        ))}
      </div>
      <div ref={size.ref} className={classes.weeks} role="rowgroup">
        {state.weeks.map((week) => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div key={week[0]} role="row" className={classes.week}>
            {week.map((day, place) => (
              <MonthDay
                key={day}
                parts={parts}
                day={day}
                week={place === 0 ? week_number(add_days(day, 3)) : null}
                room={room}
                is_active={day === active}
                drag={drag}
                focus={set_active}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface DayProps {
  parts: DiaryParts;
  day: string;
  week: number | null;
  room: number;
  is_active: boolean;
  drag: DayDrag;
  focus: (day: string) => void;
}

function MonthDay({ parts, day, week, room, is_active, drag, focus }: DayProps) {
  const { t } = useLingui();
  const { state } = parts;
  const here = entries_on(parts.entries, day, state.zone);
  const shown = here.length <= room ? here : here.slice(0, Math.max(0, room - 1));
  const hidden = here.length - shown.length;
  const title = day_title(day);
  const found = here.length;
  const count = plural(found, { one: "# appointment", other: "# appointments" });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter does the same, see the grid
    <div
      role="gridcell"
      tabIndex={is_active ? 0 : -1}
      aria-current={day === state.today ? "date" : undefined}
      className={classes.day}
      data-day={day}
      data-drop={day}
      data-over={drag.over === day || undefined}
      data-outside={day.slice(0, 7) !== state.day.slice(0, 7) || undefined}
      onFocus={(event) => event.target === event.currentTarget && focus(day)}
      onClick={(event) => {
        const is_empty = !(event.target as HTMLElement).closest("button, input");
        if (is_empty) parts.create?.({ day, span: { from: 540, to: 600 } });
      }}
    >
      <span className="visually_hidden">{`${title}, ${count}`}</span>
      <div className={classes.day_head}>
        {week && <span className={classes.week_number}>{t`Week ${week}`}</span>}
        <button
          type="button"
          className={classes.number}
          tabIndex={-1}
          title={t`Show ${title}`}
          onClick={() => state.go({ view: "day", day })}
        >
          {day_number(day)}
          {day.endsWith("-01") && <span> {month_short(day)}</span>}
        </button>
      </div>
      {shown.map((entry) => {
        const { first, last } = days_of(entry, state.zone);
        const key = entry_key(entry);
        return (
          <EntryChip
            key={key}
            parts={parts}
            entry={entry}
            is_before={first < day}
            is_after={last > day}
            is_dragged={drag.dragged === key}
            grip={drag.grip(entry, day)}
            tab_index={is_active ? 0 : -1}
          />
        );
      })}
      {hidden > 0 && (
        <button
          type="button"
          className={classes.more}
          tabIndex={is_active ? 0 : -1}
          onClick={() => state.go({ view: "day", day })}
        >
          {t`+${hidden} more`}
        </button>
      )}
    </div>
  );
}

function on_key(
  event: KeyboardEvent,
  parts: DiaryParts,
  active: string,
  go: (day: string) => void,
) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const node = event.target as HTMLElement;
  const cell = node.closest<HTMLElement>("[role=gridcell]");
  const step = STEPS[event.key];
  const act = () => {
    if (event.key === "Escape") return cell?.focus();
    if (step) return go(add_days(active, step));
    if (event.key === "PageUp") return go(step_day("month", active, -1));
    if (event.key === "PageDown") return go(step_day("month", active, 1));
    const first = cell?.querySelector<HTMLElement>("[data-entry]");
    if (first) return first.focus();
    parts.create?.({ day: active, span: { from: 540, to: 600 } });
  };
  const is_ours =
    node === cell
      ? step || ["PageUp", "PageDown", "Enter"].includes(event.key)
      : event.key === "Escape";
  if (!is_ours) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
