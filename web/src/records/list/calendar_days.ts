// SPDX-License-Identifier: Apache-2.0
// Days as text (2026-11-27) and what a calendar needs of them. An instant has a day only in a time
// zone; a day that is moved keeps the time on the clock, also across a change of the clocks.

export type Span = "month" | "week";

const DAY_MS = 86_400_000;
const DAYS_IN_WEEK = 7;

const at_noon = (day: string) => new Date(`${day}T12:00:00Z`);

export function is_day(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = at_noon(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function add_days(day: string, count: number): string {
  return new Date(at_noon(day).getTime() + count * DAY_MS).toISOString().slice(0, 10);
}

export function days_between(from: string, to: string): number {
  return Math.round((at_noon(to).getTime() - at_noon(from).getTime()) / DAY_MS);
}

// The 31st and a month more is the last day of that month.
export function add_months(day: string, count: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + count, 0, 12)).getUTCDate();
  const at = new Date(Date.UTC(year, month - 1 + count, Math.min(date, last), 12));
  return at.toISOString().slice(0, 10);
}

export const step_by = (day: string, span: Span, count: number) =>
  span === "month" ? add_months(day, count) : add_days(day, count * DAYS_IN_WEEK);

// 1 Monday … 7 Sunday.
export const weekday_of = (day: string) => ((at_noon(day).getUTCDay() + 6) % DAYS_IN_WEEK) + 1;

export function week_start(day: string, first_weekday: number): string {
  return add_days(day, -((weekday_of(day) - first_weekday + DAYS_IN_WEEK) % DAYS_IN_WEEK));
}

// The whole weeks that a month touches, or the one week.
export function weeks_of(day: string, span: Span, first_weekday: number): string[][] {
  const first = week_start(span === "month" ? `${day.slice(0, 7)}-01` : day, first_weekday);
  const end = span === "month" ? `${add_months(day, 1).slice(0, 7)}-01` : add_days(first, 1);
  const weeks: string[][] = [];
  for (let start = first; start < end; start = add_days(start, DAYS_IN_WEEK)) {
    weeks.push(Array.from({ length: DAYS_IN_WEEK }, (_, place) => add_days(start, place)));
  }
  return weeks;
}

interface Clock {
  day: string;
  time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function clock_format(time_zone: string): Intl.DateTimeFormat {
  let format = formats.get(time_zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZone: time_zone,
    });
    formats.set(time_zone, format);
  }
  return format;
}

export function clock_of(at: Date, time_zone: string): Clock {
  const parts = Object.fromEntries(
    clock_format(time_zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}:${parts.second}`,
  };
}

// Milliseconds of what a clock shows, as if it stood in Greenwich.
const shown_ms = ({ day, time }: Clock) => Date.parse(`${day}T${time}Z`);

// The instant at which a clock in the time zone shows this. What it never shows, because it is put
// forward then, is the time after that; what it shows twice is the first.
export function instant_at(clock: Clock, time_zone: string): string {
  const wanted = shown_ms(clock);
  const offset_at = (ms: number) => shown_ms(clock_of(new Date(ms), time_zone)) - ms;
  const candidates = [wanted - DAY_MS, wanted + DAY_MS]
    .map((ms) => wanted - offset_at(ms))
    .sort((left, right) => left - right);
  const exact = candidates.find((ms) => ms + offset_at(ms) === wanted);
  return new Date(exact ?? candidates[1]!).toISOString();
}

export function day_of(value: unknown, time_zone: string): string | null {
  if (typeof value !== "string" || !value) return null;
  if (is_day(value)) return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : clock_of(at, time_zone).day;
}

// A value on another day: a date is the day itself, an instant keeps its time.
export function value_on(value: unknown, day: string, time_zone: string): string {
  const at = new Date(String(value));
  if (is_day(value) || Number.isNaN(at.getTime())) return day;
  const { time } = clock_of(at, time_zone);
  const ms = String(at.getUTCMilliseconds()).padStart(3, "0");
  return instant_at({ day, time }, time_zone).replace(/\.\d+Z$/, `.${ms}Z`);
}
