// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { Entry } from "./diary_types";
import {
  clicked,
  drawn,
  is_changed,
  moved_days,
  moved_to,
  moved_to_day,
  resized,
  resized_to,
  shifted,
  snap,
} from "./drag";

const ZONE = "Europe/Copenhagen";
const entry = (starts_at: string, ends_at: string | null, more: Partial<Entry> = {}) =>
  ({ starts_at, ends_at, due_on: null, ...more }) as Entry;

it("goes in quarters of an hour and stays on the day", () => {
  expect(snap(547)).toBe(540);
  expect(snap(548)).toBe(555);
  expect(snap(-20)).toBe(0);
  expect(snap(1500)).toBe(1440);
});
it("draws a new appointment in both directions, with the slot that was pressed", () => {
  expect(drawn(545, 600)).toEqual({ from: 540, to: 600 });
  expect(drawn(545, 546)).toEqual({ from: 540, to: 555 });
  expect(drawn(545, 480)).toEqual({ from: 480, to: 555 });
  expect(clicked(560)).toEqual({ from: 540, to: 600 });
  expect(clicked(1439)).toEqual({ from: 1380, to: 1440 });
});
it("moves without changing the length, and resizes to no less than a quarter", () => {
  expect(shifted({ from: 540, to: 605 }, 22)).toEqual({ from: 555, to: 620 });
  expect(shifted({ from: 1380, to: 1440 }, 100).from).toBe(1425);
  expect(resized({ from: 540, to: 600 }, "end", 655)).toEqual({ from: 540, to: 660 });
  expect(resized({ from: 540, to: 600 }, "end", 300)).toEqual({ from: 540, to: 555 });
  expect(resized({ from: 540, to: 600 }, "start", 590)).toEqual({ from: 585, to: 600 });
});
it("keeps how long a meeting lasts, also over a change of the clocks", () => {
  const meeting = entry("2026-03-27T08:00:00.000Z", "2026-03-27T09:30:00.000Z");
  expect(moved_to(meeting, "2026-03-30", 540, ZONE)).toEqual({
    starts_at: "2026-03-30T07:00:00.000Z",
    ends_at: "2026-03-30T08:30:00.000Z",
  });
  expect(moved_to(entry("2026-03-27T08:00:00Z", null), "2026-03-28", 0, ZONE)).toEqual({
    starts_at: "2026-03-27T23:00:00.000Z",
  });
  expect(resized_to("2026-03-30", { from: 540, to: 1440 }, "end", ZONE)).toEqual({
    ends_at: "2026-03-30T22:00:00.000Z",
  });
});
it("moves whole days from midnight to midnight", () => {
  const fair = entry("2026-03-27T23:00:00.000Z", "2026-03-28T23:00:00.000Z", { all_day: true });
  expect(moved_days(fair, 1, ZONE)).toEqual({
    starts_at: "2026-03-28T23:00:00.000Z",
    ends_at: "2026-03-29T22:00:00.000Z",
  });
  expect(moved_to_day(fair, "2026-03-28", ZONE).starts_at).toBe(fair.starts_at);
});
it("moves a task by its due day", () => {
  const task = entry("2026-03-27T08:00:00Z", null, {
    kind: { key: "task" },
    due_on: "2026-03-31",
  });
  expect(moved_days(task, 1, ZONE)).toEqual({ due_on: "2026-04-01" });
});
it("knows a drag that changes nothing", () => {
  const meeting = entry("2026-03-27T08:00:00Z", null);
  expect(is_changed(meeting, { starts_at: "2026-03-27T08:00:00.000Z" })).toBe(false);
  expect(is_changed(meeting, { starts_at: "2026-03-27T08:15:00.000Z" })).toBe(true);
});
