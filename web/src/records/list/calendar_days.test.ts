// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import {
  add_days,
  add_months,
  day_of,
  days_between,
  instant_at,
  is_day,
  step_by,
  value_on,
  weekday_of,
  weeks_of,
} from "./calendar_days";

const ZONE = "Europe/Copenhagen";

it("counts days across months, years and changes of the clocks", () => {
  expect(add_days("2026-12-31", 1)).toBe("2027-01-01");
  expect(add_days("2026-03-28", 2)).toBe("2026-03-30");
  expect(days_between("2026-10-24", "2026-10-26")).toBe(2);
  expect(add_months("2026-01-31", 1)).toBe("2026-02-28");
  expect(add_months("2026-01-15", -1)).toBe("2025-12-15");
  expect(step_by("2026-11-27", "week", -1)).toBe("2026-11-20");
});
it("knows a day from what only looks like one", () => {
  expect(is_day("2026-02-28")).toBe(true);
  expect(is_day("2026-02-30")).toBe(false);
  expect(is_day("2026-11-27T10:00:00.000Z")).toBe(false);
  expect(is_day(undefined)).toBe(false);
});
it("lays out whole weeks, beginning as the installation says", () => {
  const monday = weeks_of("2026-11-27", "month", 1);
  expect(monday.length).toBe(6);
  expect(monday[0]![0]).toBe("2026-10-26");
  expect(monday.at(-1)![6]).toBe("2026-12-06");
  const sunday = weeks_of("2026-11-27", "month", 7);
  expect(sunday[0]![0]).toBe("2026-11-01");
  expect(sunday.length).toBe(5);
  expect(weeks_of("2026-02-10", "month", 1).length).toBe(5);
  expect(weeks_of("2026-11-29", "week", 1)[0]![0]).toBe("2026-11-23");
  expect(weekday_of("2026-11-29")).toBe(7);
});
it("finds the day of an instant in the viewer's time zone", () => {
  expect(day_of("2026-11-26T23:30:00.000Z", ZONE)).toBe("2026-11-27");
  expect(day_of("2026-11-26T23:30:00.000Z", "America/New_York")).toBe("2026-11-26");
  expect(day_of("2026-11-26", ZONE)).toBe("2026-11-26");
  expect(day_of(null, ZONE)).toBeNull();
  expect(day_of("soon", ZONE)).toBeNull();
});
it("moves a value to a day and keeps the time on the clock", () => {
  expect(value_on("2026-11-26", "2026-12-01", ZONE)).toBe("2026-12-01");
  // 10:00 in winter is 9:00 UTC, in summer 8:00.
  expect(value_on("2026-11-26T09:00:00.000Z", "2026-06-01", ZONE)).toBe("2026-06-01T08:00:00.000Z");
  expect(value_on("2026-11-26T09:00:00.250Z", "2026-11-27", ZONE)).toBe("2026-11-27T09:00:00.250Z");
  expect(value_on(null, "2026-11-27", ZONE)).toBe("2026-11-27");
});
it("answers for times that the clock passes over or shows twice", () => {
  // 29 March 2026: 02:30 does not exist, the clock goes from 02:00 to 03:00.
  expect(instant_at({ day: "2026-03-29", time: "02:30:00" }, ZONE)).toBe(
    "2026-03-29T01:30:00.000Z",
  );
  // 25 October 2026: 02:30 comes twice; the first.
  expect(instant_at({ day: "2026-10-25", time: "02:30:00" }, ZONE)).toBe(
    "2026-10-25T00:30:00.000Z",
  );
});
