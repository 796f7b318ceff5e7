// SPDX-License-Identifier: Apache-2.0
// Where an appointment stands: on which days, and from which minute of a day to which, by the clock
// of a time zone.
import { add_days, clock_of, day_of, instant_at } from "../../records/list/calendar_days";
import type { Entry } from "./diary_types";

export const DAY_MINUTES = 1440;
// As long an appointment is shown that has no end.
export const OPEN_MINUTES = 30;
const MINUTE_MS = 60_000;

export type Lane = "timed" | "whole" | "task";

export interface Span {
  from: number;
  to: number;
}

export interface Placed extends Span {
  entry: Entry;
  // The entry begins before this day, or goes on after it.
  is_before: boolean;
  is_after: boolean;
}

export function minute_of(instant: string, zone: string): number {
  const { time } = clock_of(new Date(instant), zone);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

// The instant at which the clock shows these minutes of the day; 1440 and more are the next days.
export function instant_of(day: string, minutes: number, zone: string): string {
  const date = add_days(day, Math.floor(minutes / DAY_MINUTES));
  const rest = ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(Math.floor(rest / 60))}:${two(rest % 60)}:00`;
  return instant_at({ day: date, time }, zone);
}

const ms_of = (instant: string) => new Date(instant).getTime();

export function length_ms(entry: Entry): number {
  if (!entry.starts_at) return 0;
  const length = entry.ends_at ? ms_of(entry.ends_at) - ms_of(entry.starts_at) : 0;
  return length > 0 ? length : OPEN_MINUTES * MINUTE_MS;
}

export function lane_of(entry: Entry): Lane {
  if (entry.due_on && entry.kind?.key === "task" && !entry.is_series) return "task";
  const is_long = length_ms(entry) >= DAY_MINUTES * MINUTE_MS;
  return entry.all_day || is_long ? "whole" : "timed";
}

// The first and the last day. What ends at midnight does not stand on the day that begins then.
export function days_of(entry: Entry, zone: string): { first: string; last: string } {
  if (lane_of(entry) === "task") return { first: entry.due_on!, last: entry.due_on! };
  const first = day_of(entry.starts_at, zone) ?? "";
  if (!entry.starts_at || !entry.ends_at) return { first, last: first };
  const end = new Date(Math.max(ms_of(entry.starts_at), ms_of(entry.ends_at) - 1));
  return { first, last: clock_of(end, zone).day };
}

export function stands_on(entry: Entry, day: string, zone: string): boolean {
  const { first, last } = days_of(entry, zone);
  return first <= day && day <= last;
}

// The part of it that lies on the day. Where the clocks are put back, its end may stand before its
// beginning; it is then shown as long as one without an end.
export function place_on(entry: Entry, day: string, zone: string): Placed | null {
  if (lane_of(entry) !== "timed" || !entry.starts_at) return null;
  const { first, last } = days_of(entry, zone);
  if (day < first || day > last) return null;
  const from = day === first ? minute_of(entry.starts_at, zone) : 0;
  const end = new Date(ms_of(entry.starts_at) + length_ms(entry)).toISOString();
  const shown_end = minute_of(end, zone);
  const to = day < last ? DAY_MINUTES : shown_end > from ? shown_end : from + OPEN_MINUTES;
  return {
    entry,
    from,
    to: Math.min(DAY_MINUTES, day === last && shown_end === 0 ? DAY_MINUTES : to),
    is_before: day > first,
    is_after: day < last,
  };
}

export function placed_on(entries: Entry[], day: string, zone: string): Placed[] {
  return entries.flatMap((entry) => place_on(entry, day, zone) ?? []);
}

// In the order of a day: what has no time first.
export function entries_on(entries: Entry[], day: string, zone: string): Entry[] {
  const order = (entry: Entry) =>
    lane_of(entry) === "timed" ? (entry.starts_at ?? "") : lane_of(entry) === "whole" ? "" : " ";
  return entries
    .filter((entry) => stands_on(entry, day, zone))
    .sort(
      (left, right) =>
        order(left).localeCompare(order(right)) || left.name.localeCompare(right.name),
    );
}
