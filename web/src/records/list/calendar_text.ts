// SPDX-License-Identifier: Apache-2.0
// How days, weeks and months are written in a calendar, in the user's language.
import { format_locale } from "../../base/format";
import { add_days, days_between, weekday_of } from "./calendar_days";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

function written(day: string, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(format_locale().language, { ...options, timeZone: "UTC" });
  return format.format(noon(day));
}

const upper_first = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

export const month_title = (day: string) =>
  upper_first(written(day, { month: "long", year: "numeric" }));

// "23–29 November 2026"; the language says how a range is written.
export function days_title(from: string, to: string): string {
  const format = new Intl.DateTimeFormat(format_locale().language, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.formatRange(noon(from), noon(to));
}

export const day_title = (day: string) =>
  upper_first(written(day, { weekday: "long", day: "numeric", month: "long" }));
export const weekday_short = (day: string) => upper_first(written(day, { weekday: "short" }));
export const weekday_long = (day: string) => upper_first(written(day, { weekday: "long" }));
export const day_number = (day: string) => String(Number(day.slice(8)));
export const month_short = (day: string) => written(day, { month: "short" });

// ISO 8601: the week belongs to the year of its Thursday.
export function week_number(day: string): number {
  const thursday = add_days(day, 4 - weekday_of(day));
  return 1 + Math.floor(days_between(`${thursday.slice(0, 4)}-01-01`, thursday) / 7);
}
