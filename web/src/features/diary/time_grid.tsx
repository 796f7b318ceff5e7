// SPDX-License-Identifier: Apache-2.0
// Days, or people on one day, beside each other over the hours. Arrows go through time, Enter opens
// what stands there or makes a new appointment.
import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { add_days } from "../../records/list/calendar_days";
import { day_number, day_title, weekday_short } from "../../records/list/calendar_text";
import type { DiaryParts } from "./diary_parts";
import type { Person } from "./diary_query";
import { entry_key } from "./diary_types";
import { clicked, moved_to, resized_to } from "./drag";
import { clock_text } from "./entry_text";
import { DAY_MINUTES, minute_of, type Placed, placed_on, type Span } from "./placement";
import { TimeColumn } from "./time_column";
import classes from "./time_grid.module.css";
import tones from "./tones.module.css";
import { type Drag, type Grip, minute_at, useGridDrag } from "./use_grid_drag";
import { WholeDays } from "./whole_days";

export interface Column {
  key: string;
  day: string;
  // A lane of the day view: one of several people.
  person?: Person;
}

const HOURS = Array.from({ length: 23 }, (_, at) => at + 1);
const HALF_HOUR = 30;
const FIRST_SHOWN = 7 * 60;
const NOW_MS = 30_000;
const COLUMN_STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const MINUTE_STEPS: Record<string, number> = { ArrowUp: -HALF_HOUR, ArrowDown: HALF_HOUR };

export function TimeGrid({ parts }: { parts: DiaryParts }) {
  const { t } = useLingui();
  const { state } = parts;
  const area = useRef<HTMLDivElement>(null);
  const columns = columns_of(parts);
  const now = useNow(state.zone);
  const [cursor, set_cursor] = useState({ column: 0, minute: 540 });
  const spans = new Map(
    columns.flatMap(({ day }) =>
      placed_on(parts.entries, day, state.zone).map((placed) => [
        `${entry_key(placed.entry)}@${day}`,
        placed,
      ]),
    ),
  );
  useFirstHour(area, now.minute, state.days.includes(state.today));
  const drag = useGridDrag({
    area,
    is_fixed: !!columns[0]?.person,
    grip_of: (target) => grip_of(target, columns, spans, !!parts.create),
    done: (drag) => finish_drag(parts, columns, drag),
  });
  const create = (column: Column, span: Span) =>
    parts.create?.({ day: column.day, span, owner: column.person?.id });
  const on_key = useKeys(parts, columns, cursor, set_cursor, create);
  return (
    <div
      ref={area}
      role="grid"
      tabIndex={-1}
      aria-label={t`Diary`}
      className={classes.board}
      style={{ "--columns": columns.length } as React.CSSProperties}
      data-dragging={!!drag.drag || undefined}
      onPointerDown={drag.on_pointer_down}
      onKeyDown={on_key}
      onClick={(event) => {
        const node = event.target as HTMLElement;
        if (!node.dataset.column || !is_mouse(event.nativeEvent)) return;
        create(columns[Number(node.dataset.column)]!, clicked(minute_at(node, event.clientY)));
      }}
    >
      <div className={classes.head} role="rowgroup">
        <Heads parts={parts} columns={columns} />
        <WholeDays parts={parts} columns={columns} />
      </div>
      <div role="rowgroup" className={classes.hours_group}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: its columns have the focus */}
        <div role="row" className={classes.hours}>
          {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
          <div role="rowheader" className={classes.gutter} aria-label={t`Hours`}>
            {HOURS.map((hour) => (
              <span key={hour} style={{ top: `${(hour / 24) * 100}%` }}>
                {clock_text(hour * 60)}
              </span>
            ))}
          </div>
          {columns.map((column, place) => (
            <TimeColumn
              key={column.key}
              parts={parts}
              column={column}
              place={place}
              cursor={place === Math.min(cursor.column, columns.length - 1) ? cursor.minute : null}
              drag={drag.drag}
              now={now.day === column.day ? now.minute : null}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

// A tap only looks: a finger rests to make something new.
const is_mouse = (event: MouseEvent) => (event as PointerEvent).pointerType !== "touch";

function columns_of({ state, persons }: DiaryParts): Column[] {
  const lanes = state.view === "day" && persons.length > 1 && !state.phone;
  if (!lanes) return state.days.map((day) => ({ key: day, day }));
  const day = state.days[0]!;
  return persons.map((person) => ({ key: `${day}/${person.id}`, day, person }));
}

function Heads({ parts, columns }: { parts: DiaryParts; columns: Column[] }) {
  const { t } = useLingui();
  const { state } = parts;
  if (columns.length === 1) return null;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div role="row" className={classes.heads}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="rowheader" className={classes.corner} aria-label={t`Days`} />
      {columns.map(({ key, day, person }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={key}
          role="columnheader"
          className={classes.day_head}
          aria-current={day === state.today && !person ? "date" : undefined}
        >
          {person ? (
            <span className={`${classes.person} ${tones.tone}`} data-colour={person.colour}>
              <i aria-hidden />
              <span className="clip">{person.name}</span>
            </span>
          ) : (
            <button
              type="button"
              className={classes.day_button}
              onClick={() => state.go({ view: "day", day })}
            >
              <span className="visually_hidden">{day_title(day)}</span>
              <span aria-hidden>{weekday_short(day)}</span>
              <b aria-hidden>{day_number(day)}</b>
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

function useNow(zone: string) {
  const [at, set_at] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => set_at(new Date()), NOW_MS);
    return () => clearInterval(timer);
  }, []);
  const instant = at.toISOString();
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);
  return { day, minute: minute_of(instant, zone) };
}

function useFirstHour(
  area: React.RefObject<HTMLDivElement | null>,
  now: number,
  is_today: boolean,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; afterwards the reader scrolls
  useLayoutEffect(() => {
    const hours = area.current?.querySelector<HTMLElement>("[data-column]");
    if (!area.current || !hours) return;
    const first = is_today ? Math.min(FIRST_SHOWN, Math.max(0, now - 60)) : FIRST_SHOWN;
    area.current.scrollTop = (first / DAY_MINUTES) * hours.offsetHeight - 8;
  }, []);
}

function grip_of(
  target: HTMLElement,
  columns: Column[],
  spans: Map<string, Placed>,
  may_create: boolean,
): Grip | null {
  const column = target.closest<HTMLElement>("[data-column]");
  if (!column) return null;
  const { day } = columns[Number(column.dataset.column)]!;
  if (target === column) {
    return may_create ? { kind: "new", key: "", entry: null, span: { from: 0, to: 0 } } : null;
  }
  const key = target.dataset.of ?? target.closest<HTMLElement>("[data-entry]")?.dataset.entry;
  const placed = spans.get(`${key}@${day}`);
  if (!key || !placed?.entry.may_edit) return null;
  const span = { from: placed.from, to: placed.to };
  const edge = target.dataset.edge as "start" | "end" | undefined;
  if (edge) return { kind: edge, key, span, entry: placed.entry };
  return placed.is_before ? null : { kind: "move", key, span, entry: placed.entry };
}

function finish_drag(parts: DiaryParts, columns: Column[], { kind, entry, column, span }: Drag) {
  const { zone } = parts.state;
  const { day, person } = columns[column]!;
  if (kind === "new") return parts.create?.({ day, span, owner: person?.id });
  // As it was when it was taken hold of: who has moved it meanwhile is not overruled.
  if (!entry) return;
  parts.set_times(
    entry,
    kind === "move" ? moved_to(entry, day, span.from, zone) : resized_to(day, span, kind, zone),
  );
}

interface Cursor {
  column: number;
  minute: number;
}

function useKeys(
  parts: DiaryParts,
  columns: Column[],
  cursor: Cursor,
  set_cursor: (cursor: Cursor) => void,
  create: (column: Column, span: Span) => void,
) {
  const { state, entries } = parts;
  const step_column = (by: number) => {
    const column = cursor.column + by;
    if (columns[column]) return set_cursor({ ...cursor, column });
    const day = add_days(columns[by < 0 ? 0 : columns.length - 1]!.day, by);
    set_cursor({ ...cursor, column: by < 0 ? columns.length - 1 : 0 });
    state.go({ day });
  };
  const enter = () => {
    const column = columns[cursor.column] ?? columns[0]!;
    const here = placed_on(entries, column.day, state.zone).find(
      ({ entry, from, to }) =>
        from < cursor.minute + HALF_HOUR &&
        cursor.minute < to &&
        (!column.person || entry.users.includes(column.person.id)),
    );
    if (here) parts.open(here.entry);
    else create(column, { from: cursor.minute, to: cursor.minute + 2 * HALF_HOUR });
  };
  return (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const node = event.target as HTMLElement;
    if (event.key === "Escape" && node.dataset.entry) {
      return node.closest<HTMLElement>("[data-column]")?.focus();
    }
    if (!node.dataset.column) return;
    const minute = (by: number) =>
      set_cursor({
        ...cursor,
        minute: Math.max(0, Math.min(DAY_MINUTES - HALF_HOUR, cursor.minute + by)),
      });
    const columns_on = COLUMN_STEPS[event.key];
    const minutes_on = MINUTE_STEPS[event.key];
    if (!columns_on && !minutes_on && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (columns_on) step_column(columns_on);
    else if (minutes_on) minute(minutes_on);
    else enter();
  };
}
