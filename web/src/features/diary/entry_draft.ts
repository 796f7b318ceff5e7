// SPDX-License-Identifier: Apache-2.0
// An appointment as the form holds it, by the clock, and as the server takes it.
import type { Ref, Row } from "../../api/types";
import { add_days } from "../../records/list/calendar_days";
import type { NewStart } from "./diary_parts";
import type { Entry } from "./diary_types";
import type { Values } from "./entry_calls";
import { days_of, instant_of, length_ms, minute_of } from "./placement";

export interface Draft {
  name: string;
  kind: string;
  all_day: boolean;
  day: string;
  from: number;
  end_day: string;
  to: number;
  rule: string;
  reminder: number | null;
  participants: Ref[];
  company: Ref | null;
  person: Ref | null;
  location: string;
}

const NINE = 540;
const TEN = 600;

export function new_draft({ day, span }: NewStart): Draft {
  const to = span?.to ?? TEN;
  return {
    name: "",
    kind: "meeting",
    all_day: !span,
    day,
    from: span?.from ?? NINE,
    end_day: to >= 1440 ? add_days(day, 1) : day,
    to: to % 1440,
    rule: "",
    reminder: null,
    participants: [],
    company: null,
    person: null,
    location: "",
  };
}

const ref_of = (linked: { id: number; title: string } | null): Ref | null =>
  linked && { id: linked.id, name: linked.title };

export function draft_of(entry: Entry, record: Row, zone: string): Draft {
  const { first, last } = days_of(entry, zone);
  const start = entry.starts_at ?? instant_of(first, NINE, zone);
  const end = new Date(new Date(start).getTime() + length_ms(entry)).toISOString();
  const to = minute_of(end, zone);
  const ends_at_midnight = to === 0 && !entry.all_day;
  const reminder = record.reminder_minutes;
  return {
    name: entry.name,
    kind: entry.kind?.key ?? "meeting",
    all_day: entry.all_day,
    day: first,
    from: entry.all_day ? NINE : minute_of(start, zone),
    end_day: ends_at_midnight ? add_days(last, 1) : last,
    to: entry.all_day ? TEN : to,
    rule: String(record.recurrence ?? ""),
    reminder: typeof reminder === "number" ? reminder : null,
    participants: entry.participants.map(({ user, name }) => ({ id: user, name })),
    company: ref_of(entry.company),
    person: ref_of(entry.person),
    location: entry.location ?? "",
  };
}

export const is_task_draft = (draft: Draft) => draft.kind === "task";

// When it ends before it begins; only what has a time can.
export function has_wrong_end(draft: Draft): boolean {
  if (is_task_draft(draft)) return false;
  if (draft.all_day) return draft.end_day < draft.day;
  return draft.end_day < draft.day || (draft.end_day === draft.day && draft.to <= draft.from);
}

// The length stays when the beginning is put elsewhere.
export function with_start(draft: Draft, start: Partial<Pick<Draft, "day" | "from">>): Draft {
  const next = { ...draft, ...start };
  const minutes = (day: string, minute: number) =>
    Math.round(Date.parse(`${day}T00:00:00Z`) / 60_000) + minute;
  const length = minutes(draft.end_day, draft.to) - minutes(draft.day, draft.from);
  const end = next.from + Math.max(0, length);
  return { ...next, end_day: add_days(next.day, Math.floor(end / 1440)), to: end % 1440 };
}

export function values_of(draft: Draft, zone: string): Values {
  // A task is due on one day; what repeats has its times.
  const rule = is_task_draft(draft) ? "" : draft.rule;
  const shared = {
    name: draft.name.trim(),
    kind: draft.kind,
    company: draft.company?.id ?? null,
    person: draft.person?.id ?? null,
    location: draft.location.trim() || null,
    recurrence: rule || null,
    recurrence_zone: rule ? zone : null,
    reminder_minutes: draft.reminder,
  };
  if (is_task_draft(draft)) return { ...shared, due_on: draft.day };
  const from = draft.all_day ? 0 : draft.from;
  const to = draft.all_day ? 1440 : draft.to;
  return {
    ...shared,
    all_day: draft.all_day,
    starts_at: instant_of(draft.day, from, zone),
    ends_at: instant_of(draft.end_day, to, zone),
  };
}

// Only what the user changed is sent, so that nobody else's change is undone.
export function changed_values(before: Draft, after: Draft, zone: string): Values {
  const old = values_of(before, zone);
  return Object.fromEntries(
    Object.entries(values_of(after, zone)).filter(([name, value]) => old[name] !== value),
  );
}

export const filled_values = (draft: Draft, zone: string): Values =>
  Object.fromEntries(Object.entries(values_of(draft, zone)).filter(([, value]) => value !== null));

export const same_people = (left: Ref[], right: Ref[]) =>
  left.length === right.length && left.every(({ id }) => right.some((one) => one.id === id));

// "9", "930", "9:30", "14.30"; null for what is no time.
export function parse_clock(text: string): number | null {
  const found = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$/.exec(text);
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}
