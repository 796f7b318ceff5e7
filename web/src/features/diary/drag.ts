// SPDX-License-Identifier: Apache-2.0
// The arithmetic of dragging: quarters of an hour, inside of a day, and the instants that come out.
import { add_days, days_between } from "../../records/list/calendar_days";
import type { Entry } from "./diary_types";
import {
  DAY_MINUTES,
  days_of,
  instant_of,
  lane_of,
  length_ms,
  minute_of,
  type Span,
} from "./placement";

export const STEP_MINUTES = 15;
// As long a new appointment is that was only clicked.
export const NEW_MINUTES = 60;

export interface Times {
  starts_at?: string | null;
  ends_at?: string | null;
  due_on?: string | null;
}

const within = (minutes: number) => Math.max(0, Math.min(DAY_MINUTES, minutes));

export const snap = (minutes: number) => within(Math.round(minutes / STEP_MINUTES) * STEP_MINUTES);

// The slot that was pressed is always a part of it.
export function drawn(anchor: number, at: number): Span {
  const slot = within(Math.floor(anchor / STEP_MINUTES) * STEP_MINUTES);
  const reached = snap(at);
  if (reached < slot) return { from: reached, to: slot + STEP_MINUTES };
  return { from: slot, to: Math.max(reached, slot + STEP_MINUTES) };
}

export function clicked(at: number): Span {
  const half = Math.floor(at / 30) * 30;
  const from = within(Math.min(half, DAY_MINUTES - NEW_MINUTES));
  return { from, to: from + NEW_MINUTES };
}

// The beginning stays on the day; what is long may reach over midnight.
export function shifted(span: Span, by: number): Span {
  const from = Math.min(DAY_MINUTES - STEP_MINUTES, snap(span.from + by));
  return { from, to: from + (span.to - span.from) };
}

export function resized(span: Span, edge: "start" | "end", at: number): Span {
  const to = snap(at);
  return edge === "end"
    ? { from: span.from, to: Math.max(to, span.from + STEP_MINUTES) }
    : { from: Math.min(to, span.to - STEP_MINUTES), to: span.to };
}

// On another day or at another time, as long as before.
export function moved_to(entry: Entry, day: string, minutes: number, zone: string): Times {
  const starts_at = instant_of(day, minutes, zone);
  if (!entry.ends_at) return { starts_at };
  const end = new Date(starts_at).getTime() + length_ms(entry);
  return { starts_at, ends_at: new Date(end).toISOString() };
}

export function resized_to(day: string, span: Span, edge: "start" | "end", zone: string): Times {
  return edge === "end"
    ? { ends_at: instant_of(day, span.to, zone) }
    : { starts_at: instant_of(day, span.from, zone) };
}

// Days later, at the same time on the clock, also across a change of the clocks.
export function moved_days(entry: Entry, by: number, zone: string): Times {
  if (lane_of(entry) === "task") return { due_on: add_days(entry.due_on!, by) };
  const { first } = days_of(entry, zone);
  const start = instant_of(add_days(first, by), minute_of(entry.starts_at!, zone), zone);
  if (!entry.ends_at) return { starts_at: start };
  const minute = minute_of(entry.ends_at, zone);
  const exact = days_of({ ...entry, starts_at: entry.ends_at, ends_at: null }, zone).first;
  const end = instant_of(add_days(exact, by), minute, zone);
  return { starts_at: start, ends_at: end };
}

export const moved_to_day = (entry: Entry, day: string, zone: string): Times =>
  moved_days(entry, days_between(days_of(entry, zone).first, day), zone);

export function is_changed(entry: Entry, times: Times): boolean {
  const same = (left: string | null | undefined, right: string | null) =>
    left === right || (!!left && !!right && new Date(left).getTime() === new Date(right).getTime());
  return (Object.keys(times) as (keyof Times)[]).some((name) => !same(times[name], entry[name]));
}

// What undoing needs: the times as they were.
export function times_before(entry: Entry, times: Times): Times {
  const names = Object.keys(times) as (keyof Times)[];
  return Object.fromEntries(names.map((name) => [name, entry[name]]));
}
