// SPDX-License-Identifier: Apache-2.0
// The part of RFC 5545's rules that the repeat builder speaks. Other rules stay as they are.
import { clock_of, instant_at, weekday_of } from "../../records/list/calendar_days";

export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
// In the order of a week; their place + 1 is the number of the weekday.
export const DAY_CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
export const INTERVAL_MAX = 99;
export const COUNT_MAX = 999;
const LAST = -1;

export interface Repeat {
  frequency: Frequency;
  interval: number;
  // Weekly: on which days.
  days: string[];
  // Monthly: on the date of the first one, or on "the second Tuesday" (-1 is the last).
  nth: { week: number; day: string } | null;
  // At most one of both.
  until: string | null;
  count: number | null;
}

export function new_repeat(frequency: Frequency, day: string): Repeat {
  const days = frequency === "WEEKLY" ? [day_code(day)] : [];
  return { frequency, interval: 1, days, nth: null, until: null, count: null };
}

export const day_code = (day: string) => DAY_CODES[weekday_of(day) - 1]!;

// Which one of its weekday a day is in its month: the fourth; and whether none follows.
export function nth_of(day: string): { week: number; is_last: boolean } {
  const date = Number(day.slice(8));
  const [year, month] = day.split("-").map(Number) as [number, number];
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { week: Math.ceil(date / 7), is_last: date + 7 > length };
}

// "On the fifth Friday" would leave out most months: then it is the last.
export function nth_choice(day: string): { week: number; day: string } {
  const { week, is_last } = nth_of(day);
  return { week: is_last ? LAST : week, day: day_code(day) };
}

export function render_rule(repeat: Repeat | null, zone: string): string {
  if (!repeat) return "";
  const parts = [`FREQ=${repeat.frequency}`];
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`);
  if (repeat.frequency === "WEEKLY" && repeat.days.length) {
    parts.push(`BYDAY=${DAY_CODES.filter((code) => repeat.days.includes(code)).join(",")}`);
  }
  if (repeat.frequency === "MONTHLY" && repeat.nth) {
    parts.push(`BYDAY=${repeat.nth.week}${repeat.nth.day}`);
  }
  if (repeat.count) parts.push(`COUNT=${repeat.count}`);
  else if (repeat.until) parts.push(`UNTIL=${until_text(repeat.until, zone)}`);
  return parts.join(";");
}

// The day counts to its end where the series is at home.
function until_text(day: string, zone: string): string {
  const end = instant_at({ day, time: "23:59:59" }, zone);
  return `${end.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

const KNOWN = ["FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST"];

// undefined: a rule that the builder has no words for.
export function parse_rule(text: string, zone: string): Repeat | null | undefined {
  if (!text.trim()) return null;
  const parts = new Map(
    text
      .trim()
      .toUpperCase()
      .split(";")
      .map((part) => part.split("=") as [string, string]),
  );
  if ([...parts.keys()].some((name) => !KNOWN.includes(name))) return undefined;
  const frequency = FREQUENCIES.find((one) => one === parts.get("FREQ"));
  const until = parts.has("UNTIL") ? parse_until(parts.get("UNTIL")!, zone) : null;
  const by_day = parse_days(frequency, parts.get("BYDAY"));
  if (!frequency || until === undefined || !by_day) return undefined;
  return {
    frequency,
    interval: Number(parts.get("INTERVAL") ?? 1) || 1,
    ...by_day,
    until,
    count: Number(parts.get("COUNT") ?? 0) || null,
  };
}

function parse_until(text: string, zone: string): string | null | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text);
  if (!found) return undefined;
  const [, year, month, date, hour, minute, second, utc] = found;
  const day = `${year}-${month}-${date}`;
  if (!utc) return day;
  return clock_of(new Date(`${day}T${hour}:${minute}:${second}Z`), zone).day;
}

function parse_days(
  frequency: Frequency | undefined,
  text: string | undefined,
): Pick<Repeat, "days" | "nth"> | undefined {
  if (!text) return { days: [], nth: null };
  const codes = text.split(",");
  if (frequency === "WEEKLY" && codes.every((code) => DAY_CODES.includes(code))) {
    return { days: codes, nth: null };
  }
  const nth = /^\+?(-?\d)([A-Z]{2})$/.exec(text);
  const week = Number(nth?.[1]);
  const fits = frequency === "MONTHLY" && nth && DAY_CODES.includes(nth[2]!);
  return fits && (week === LAST || (week >= 1 && week <= 5))
    ? { days: [], nth: { week, day: nth[2]! } }
    : undefined;
}
