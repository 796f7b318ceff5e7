// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, it } from "vitest";
import { set_format_locale } from "../../base/format";
import { by_day, day_of, when_text } from "./days";
import type { Told } from "./types";

const ZONE = "Europe/Copenhagen";
const told = (id: number, at: string): Told => ({
  id,
  kind: "reminder",
  at,
  read_at: null,
  record: null,
  by: null,
  params: {},
});

describe("days", () => {
  beforeAll(() => set_format_locale("en", ZONE));

  it("are those of the user's calendar", () => {
    expect(day_of("2026-11-25T22:59:00Z", ZONE)).toBe("2026-11-25");
    expect(day_of("2026-11-25T23:01:00Z", ZONE)).toBe("2026-11-26");
  });

  it("hold what came on them, in the order it has", () => {
    const days = by_day(
      [
        told(3, "2026-11-25T23:30:00Z"),
        told(2, "2026-11-25T12:00:00Z"),
        told(1, "2026-11-25T08:00:00Z"),
      ],
      ZONE,
    );
    expect(days.map((one) => [one.day, one.items.map((item) => item.id)])).toEqual([
      ["2026-11-26", [3]],
      ["2026-11-25", [2, 1]],
    ]);
  });

  it("are said only of another day than today", () => {
    const now = Date.parse("2026-11-25T10:00:00Z");
    expect(when_text({ starts_at: "2026-11-25T12:30:00Z" }, now)).toBe("13:30");
    expect(when_text({ starts_at: "2026-11-26T12:30:00Z" }, now)).toContain("26 Nov 2026");
    expect(when_text({ starts_at: "2026-11-25T23:00:00Z", all_day: true }, now)).toBe(
      "26 Nov 2026",
    );
    expect(when_text({ on: "2026-12-01" }, now)).toBe("1 Dec 2026");
  });
});
