// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { Entry } from "./diary_types";
import { days_of, entries_on, instant_of, lane_of, minute_of, place_on } from "./placement";

const ZONE = "Europe/Copenhagen";
const make = (more: Partial<Entry>): Entry =>
  ({ activity: 1, occurrence_at: null, name: "Meeting", due_on: null, ...more }) as Entry;
const at = (starts_at: string, ends_at: string | null, more: Partial<Entry> = {}) =>
  make({ starts_at, ends_at, ...more });

it("stands at the time that a clock in the time zone shows", () => {
  const meeting = at("2026-11-27T08:00:00.000Z", "2026-11-27T09:30:00.000Z");
  expect(place_on(meeting, "2026-11-27", ZONE)).toMatchObject({ from: 540, to: 630 });
  expect(place_on(meeting, "2026-11-27", "Pacific/Auckland")).toMatchObject({ from: 1260 });
  expect(place_on(meeting, "2026-11-28", ZONE)).toBeNull();
  expect(minute_of("2026-07-01T08:00:00.000Z", ZONE)).toBe(600);
});
it("is cut at midnight, and does not stand on a day that it only touches", () => {
  const night = at("2026-11-27T21:00:00.000Z", "2026-11-28T01:00:00.000Z");
  expect(place_on(night, "2026-11-27", ZONE)).toMatchObject({
    from: 1320,
    to: 1440,
    is_after: true,
  });
  expect(place_on(night, "2026-11-28", ZONE)).toMatchObject({ from: 0, to: 120, is_before: true });
  const evening = at("2026-11-27T21:00:00.000Z", "2026-11-27T23:00:00.000Z");
  expect(days_of(evening, ZONE)).toEqual({ first: "2026-11-27", last: "2026-11-27" });
  expect(place_on(evening, "2026-11-27", ZONE)).toMatchObject({ from: 1320, to: 1440 });
});
it("is shown for half an hour when it has no end", () => {
  const open = at("2026-11-27T08:00:00.000Z", null);
  expect(place_on(open, "2026-11-27", ZONE)).toMatchObject({ from: 540, to: 570 });
});
it("has a length on the night when the clocks are put back", () => {
  // 02:45 summer time to 02:15 winter time.
  const odd = at("2026-10-25T00:45:00.000Z", "2026-10-25T01:15:00.000Z");
  const placed = place_on(odd, "2026-10-25", ZONE)!;
  expect(placed.to).toBeGreaterThan(placed.from);
});
it("knows what has its time, what takes the day and what is a task", () => {
  expect(lane_of(at("2026-11-27T08:00:00Z", "2026-11-27T09:00:00Z"))).toBe("timed");
  expect(lane_of(at("2026-11-26T23:00:00Z", null, { all_day: true }))).toBe("whole");
  expect(lane_of(at("2026-11-27T08:00:00Z", "2026-11-29T09:00:00Z"))).toBe("whole");
  const kind = { key: "task" };
  expect(lane_of(at("2026-11-27T08:00:00Z", null, { kind, due_on: "2026-11-30" }))).toBe("task");
  const fair = at("2026-11-26T23:00:00Z", "2026-11-28T23:00:00Z", { all_day: true });
  expect(days_of(fair, ZONE)).toEqual({ first: "2026-11-27", last: "2026-11-28" });
});
it("finds the instant of a minute, also after midnight and when the clocks change", () => {
  expect(instant_of("2026-11-27", 540, ZONE)).toBe("2026-11-27T08:00:00.000Z");
  expect(instant_of("2026-11-27", 1440, ZONE)).toBe("2026-11-27T23:00:00.000Z");
  expect(instant_of("2026-03-29", 600, ZONE)).toBe("2026-03-29T08:00:00.000Z");
  expect(instant_of("2026-03-29", 60, ZONE)).toBe("2026-03-29T00:00:00.000Z");
});
it("lists a day with what has no time first", () => {
  const late = at("2026-11-27T14:00:00Z", null, { name: "Late" });
  const early = at("2026-11-27T07:00:00Z", null, { name: "Early" });
  const whole = at("2026-11-26T23:00:00Z", null, { name: "Fair", all_day: true });
  const names = entries_on([late, early, whole], "2026-11-27", ZONE).map((one) => one.name);
  expect(names).toEqual(["Fair", "Early", "Late"]);
});
