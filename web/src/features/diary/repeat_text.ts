// SPDX-License-Identifier: Apache-2.0
// A rule as a sentence: "Every 2 weeks on Monday and Wednesday, 10 times".
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { date_text, format_locale, weekday_text } from "../../base/format";
import { DAY_CODES, type Frequency, type Repeat } from "./rrule";

type Translate = (message: MessageDescriptor) => string;

export const FREQUENCY_WORDS: Record<Frequency, MessageDescriptor> = {
  DAILY: msg`Daily`,
  WEEKLY: msg`Weekly`,
  MONTHLY: msg`Monthly`,
  YEARLY: msg`Yearly`,
};

const ONCE: Record<Frequency, MessageDescriptor> = {
  DAILY: msg`Every day`,
  WEEKLY: msg`Every week`,
  MONTHLY: msg`Every month`,
  YEARLY: msg`Every year`,
};

function every(frequency: Frequency, count: number): MessageDescriptor {
  if (count === 1) return ONCE[frequency];
  if (frequency === "DAILY") return msg`Every ${count} days`;
  if (frequency === "WEEKLY") return msg`Every ${count} weeks`;
  if (frequency === "MONTHLY") return msg`Every ${count} months`;
  return msg`Every ${count} years`;
}

export function weekday_name(code: string): string {
  return weekday_text(DAY_CODES.indexOf(code) + 1);
}

export function nth_message(week: number, weekday: string): MessageDescriptor {
  if (week === 1) return msg`on the first ${weekday}`;
  if (week === 2) return msg`on the second ${weekday}`;
  if (week === 3) return msg`on the third ${weekday}`;
  if (week === 4) return msg`on the fourth ${weekday}`;
  if (week === 5) return msg`on the fifth ${weekday}`;
  return msg`on the last ${weekday}`;
}

const is_workdays = (days: string[]) =>
  days.length === 5 && DAY_CODES.slice(0, 5).every((code) => days.includes(code));

function on_days(repeat: Repeat, _: Translate): string {
  if (repeat.nth) return _(nth_message(repeat.nth.week, weekday_name(repeat.nth.day)));
  if (!repeat.days.length) return "";
  if (is_workdays(repeat.days)) return _(msg`on weekdays`);
  const names = DAY_CODES.filter((code) => repeat.days.includes(code)).map(weekday_name);
  const list = new Intl.ListFormat(format_locale().language).format(names);
  return _(msg`on ${list}`);
}

function how_long({ count, until }: Repeat, _: Translate): string {
  if (count === 1) return _(msg`once`);
  if (count) return _(msg`${count} times`);
  if (!until) return "";
  const day = date_text(until);
  return _(msg`until ${day}`);
}

export function repeat_text(repeat: Repeat, _: Translate): string {
  const days = on_days(repeat, _);
  const words = _(every(repeat.frequency, repeat.interval)) + (days ? ` ${days}` : "");
  const end = how_long(repeat, _);
  return end ? `${words}, ${end}` : words;
}
