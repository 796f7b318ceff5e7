// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { Row } from "../../api/types";
import type { Entry } from "./diary_types";
import {
  changed_values,
  draft_of,
  filled_values,
  has_wrong_end,
  new_draft,
  parse_clock,
  values_of,
  with_start,
} from "./entry_draft";

const ZONE = "Europe/Copenhagen";
const start = { day: "2026-11-27", span: { from: 540, to: 600 } };
const entry = {
  name: "Meeting",
  kind: { id: 1, key: "meeting" },
  starts_at: "2026-11-27T08:00:00.000Z",
  ends_at: "2026-11-27T09:30:00.000Z",
  all_day: false,
  due_on: null,
  location: null,
  participants: [],
  company: null,
  person: null,
} as unknown as Entry;
const record = { id: 1, version: 1 } as Row;

it("reads times as people write them", () => {
  expect(["9", "930", "9:30", "14.30", " 0900 "].map(parse_clock)).toEqual([
    540, 570, 570, 870, 540,
  ]);
  expect(["", "25", "9:70", "soon"].map(parse_clock)).toEqual([null, null, null, null]);
});
it("sends the times of the zone, and whole days from midnight to midnight", () => {
  expect(values_of(new_draft(start), ZONE)).toMatchObject({
    starts_at: "2026-11-27T08:00:00.000Z",
    ends_at: "2026-11-27T09:00:00.000Z",
    all_day: false,
  });
  const whole = new_draft({ day: "2026-11-27", span: null });
  expect(values_of(whole, ZONE)).toMatchObject({
    starts_at: "2026-11-26T23:00:00.000Z",
    ends_at: "2026-11-27T23:00:00.000Z",
  });
});
it("sends no time for a task, and nothing that is empty", () => {
  const task = { ...new_draft(start), kind: "task", name: "Call back" };
  expect(filled_values(task, ZONE)).toEqual({
    name: "Call back",
    kind: "task",
    due_on: "2026-11-27",
  });
});
it("sends only what was changed", () => {
  const draft = draft_of(entry, record, ZONE);
  expect(changed_values(draft, draft, ZONE)).toEqual({});
  expect(changed_values(draft, { ...draft, location: "Room 2" }, ZONE)).toEqual({
    location: "Room 2",
  });
  expect(changed_values(draft, { ...draft, rule: "FREQ=DAILY" }, ZONE)).toEqual({
    recurrence: "FREQ=DAILY",
    recurrence_zone: ZONE,
  });
});
it("keeps the length when the beginning moves, also over midnight", () => {
  const later = with_start(draft_of(entry, record, ZONE), { from: 1410 });
  expect(later).toMatchObject({ day: "2026-11-27", end_day: "2026-11-28", to: 60 });
  expect(has_wrong_end(later)).toBe(false);
  expect(has_wrong_end({ ...later, end_day: "2026-11-27" })).toBe(true);
});
it("reads whole days and midnights back as they were written", () => {
  const whole = { ...entry, all_day: true, starts_at: "2026-11-26T23:00:00.000Z" };
  const fair = draft_of({ ...whole, ends_at: "2026-11-28T23:00:00.000Z" }, record, ZONE);
  expect(fair).toMatchObject({ day: "2026-11-27", end_day: "2026-11-28" });
  const late = draft_of({ ...entry, ends_at: "2026-11-27T23:00:00.000Z" }, record, ZONE);
  expect(values_of(late, ZONE).ends_at).toBe("2026-11-27T23:00:00.000Z");
});
