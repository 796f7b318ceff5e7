// SPDX-License-Identifier: Apache-2.0
// The days of a calendar as a grid. Arrows go from day to day, Enter into a day's records, Alt with
// the arrows moves a record.
import { useLingui } from "@lingui/react/macro";
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Row } from "../../api/types";
import { format_locale } from "../../base/format";
import type { CalendarParts } from "./calendar";
import classes from "./calendar.module.css";
import { CalendarDayCell } from "./calendar_day_cell";
import { add_days, day_of, step_by } from "./calendar_days";
import { weekday_long, weekday_short } from "./calendar_text";
import type { CalendarDay } from "./use_calendar";

interface Props {
  parts: CalendarParts;
  weeks: string[][];
  shown: string;
  days: CalendarDay[];
}

const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};
// Pixels of a month's day: its number, one line, and "+3 more".
const HEAD = 28;
const LINE = 26;

export function CalendarGrid({ parts, weeks, shown, days }: Props) {
  const { t } = useLingui();
  const size = useElementSize();
  const grid = useRef<HTMLDivElement>(null);
  const [dragged, set_dragged] = useState<Row | null>(null);
  const focus_later = useFocusLater(grid, parts, days);
  const month = parts.span === "month";
  const room = Math.max(1, Math.floor((size.height / weeks.length - HEAD) / LINE));
  const by_day = new Map(days.map((day) => [day.day, day]));
  const on_key = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).closest<HTMLElement>("[data-item]")?.dataset.item;
    const row = from && rows_of(days).find((one) => String(one.id) === from);
    const next = row ? item_key(event, parts, row, focus_later) : day_key(event, parts);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: days are no table of data, and lie on a CSS grid
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={t`Calendar`}
      className={classes.grid}
      data-span={parts.span}
      onKeyDown={on_key}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its days have the focus */}
      <div role="row" className={classes.weekdays}>
        {weeks[0]!.map((day) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span key={day} role="columnheader" aria-label={weekday_long(day)}>
            {weekday_short(day)}
          </span>
        ))}
      </div>
      <div ref={size.ref} className={classes.weeks}>
        {weeks.map((week) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div key={week[0]} role="row" className={classes.week_row}>
            {week.map((day) => (
              <CalendarDayCell
                key={day}
                parts={parts}
                day={by_day.get(day) ?? { day, rows: [], count: 0, filter: "" }}
                outside={month && day.slice(0, 7) !== shown.slice(0, 7)}
                room={month ? room : Number.POSITIVE_INFINITY}
                dragged={dragged}
                drag={set_dragged}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

const rows_of = (days: CalendarDay[]) => days.flatMap((day) => day.rows);

function day_key(event: KeyboardEvent, parts: CalendarParts): (() => void) | undefined {
  const { active, go, span, today, create } = parts;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[role=gridcell]");
  if (cell !== event.target) return undefined;
  const step = STEPS[event.key];
  if (step) return () => go(add_days(active, step));
  if (event.key === "PageUp") return () => go(step_by(active, span, -1));
  if (event.key === "PageDown") return () => go(step_by(active, span, 1));
  if (event.key === "t") return () => go(today);
  if (event.key === "c" && create) return () => create(active);
  const first = cell?.querySelector<HTMLElement>("[data-item], [data-more]");
  if (event.key === "Enter" && first) return () => first.focus();
  if (event.key === "Enter" && create) return () => create(active);
  return undefined;
}

function item_key(
  event: KeyboardEvent,
  parts: CalendarParts,
  row: Row,
  focus_later: (id: number) => void,
): (() => void) | undefined {
  const { go, move, ask_move, state } = parts;
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[role=gridcell]");
  const step = STEPS[event.key];
  if (event.altKey && step && move) {
    const day = add_days(day_of(row[state.group_by], format_locale().time_zone) ?? "", step);
    return () => {
      move(row, day);
      focus_later(row.id);
      go(day);
    };
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "Escape") return () => cell?.focus();
  if (event.key === "m" && ask_move) return () => ask_move(row);
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return undefined;
  const items = [...(cell?.querySelectorAll<HTMLElement>("[data-item], [data-more]") ?? [])];
  const place = items.indexOf(document.activeElement as HTMLElement);
  const next = items[place + (event.key === "ArrowDown" ? 1 : -1)];
  return () => (next ?? cell)?.focus();
}

// The focus follows the active day, and a record that was moved; never when it is somewhere else.
function useFocusLater(
  grid: React.RefObject<HTMLDivElement | null>,
  parts: CalendarParts,
  days: CalendarDay[],
) {
  const item = useRef<number | null>(null);
  const had_focus = useRef(false);
  had_focus.current = !!grid.current?.contains(document.activeElement) || had_focus.current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the day's cell, once it is there
  useEffect(() => {
    const within = grid.current?.contains(document.activeElement);
    const lost = document.activeElement === document.body && had_focus.current;
    had_focus.current = !!within;
    if (!within && !lost) return;
    const moved =
      item.current && grid.current?.querySelector<HTMLElement>(`[data-item="${item.current}"]`);
    if (moved) {
      item.current = null;
      return moved.focus();
    }
    const cell = document.activeElement?.closest<HTMLElement>("[role=gridcell]");
    if (cell?.dataset.day === parts.active && !lost) return;
    grid.current?.querySelector<HTMLElement>(`[data-day="${parts.active}"]`)?.focus();
  }, [parts.active, days]);
  return (id: number) => {
    item.current = id;
  };
}
