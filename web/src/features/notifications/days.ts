// SPDX-License-Identifier: Apache-2.0
// What one was told, day by day of one's own calendar.
import { date_text, format_locale, instant_text, time_text } from "../../base/format";
import type { Told, When } from "./types";

// "2026-11-25": the day in the user's time zone. Swedish writes dates so.
export function day_of(instant: string, zone = format_locale().time_zone): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date(instant));
}

export interface Day {
  day: string;
  items: Told[];
}

export function by_day(items: Told[], zone = format_locale().time_zone): Day[] {
  const days: Day[] = [];
  for (const one of items) {
    const day = day_of(one.at, zone);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(one);
    else days.push({ day, items: [one] });
  }
  return days;
}

// The time alone when it is today.
export function when_text(when: When, now = Date.now()): string {
  if (when.on) return date_text(when.on);
  if (!when.starts_at) return "";
  const day = day_of(when.starts_at);
  if (when.all_day) return date_text(day);
  const is_today = day === day_of(new Date(now).toISOString());
  return is_today ? time_text(when.starts_at) : instant_text(when.starts_at);
}
