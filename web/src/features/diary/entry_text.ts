// SPDX-License-Identifier: Apache-2.0
// How an appointment is said: its time, and all of it in one sentence for whoever does not see it.
import { useLingui } from "@lingui/react/macro";
import { date_text, format_locale, time_text } from "../../base/format";
import { day_title } from "../../records/list/calendar_text";
import { type Entry, is_cancelled, is_done } from "./diary_types";
import { days_of, lane_of } from "./placement";

const formats = new Map<string, Intl.DateTimeFormat>();

// Minutes of a day as the user's language writes them: "09:00", in Danish "09.00".
export function clock_text(minutes: number): string {
  const { language } = format_locale();
  const format =
    formats.get(language) ??
    new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  formats.set(language, format);
  return format.format(minutes * 60_000);
}

export const span_text = (from: number, to: number) => `${clock_text(from)}–${clock_text(to)}`;

export function useEntryText(zone: string) {
  const { t } = useLingui();
  const when = (entry: Entry): string => {
    const { first, last } = days_of(entry, zone);
    const lane = lane_of(entry);
    if (lane === "task") {
      const day = day_title(first);
      return t`Due ${day}`;
    }
    if (entry.all_day) {
      return first === last ? day_title(first) : `${date_text(first)} – ${date_text(last)}`;
    }
    const start = time_text(entry.starts_at ?? "");
    if (!entry.ends_at) return `${day_title(first)}, ${start}`;
    const end = time_text(entry.ends_at);
    if (first === last) return `${day_title(first)}, ${start}–${end}`;
    return `${date_text(first)}, ${start} – ${date_text(last)}, ${end}`;
  };
  // What is seen of it without words.
  const state = (entry: Entry): string =>
    [
      entry.location,
      is_cancelled(entry) && t`cancelled`,
      is_done(entry) && t`done`,
      entry.my_answer === "invited" && t`not answered yet`,
      entry.is_series && t`repeats`,
    ]
      .filter(Boolean)
      .join(", ");
  const whole = (entry: Entry): string =>
    [entry.name, when(entry), state(entry)].filter(Boolean).join(", ");
  return { when, whole, state };
}
