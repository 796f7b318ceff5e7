// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { place_of } from "./place";
import type { Told } from "./types";

const record = {
  type: "activity",
  plural: "activities",
  id: 7,
  title: "Meeting",
  may_read: true,
  is_archived: false,
};
const told = (more: Partial<Told>): Told => ({
  id: 1,
  kind: "invited",
  at: "2026-11-25T10:00:00Z",
  read_at: null,
  record,
  by: { id: 2, name: "Bo" },
  params: {},
  ...more,
});

describe("a notification leads", () => {
  it("to its record", () => {
    expect(place_of(told({}))).toEqual({ to: "/activities/7" });
  });

  it("to the day in the diary when one is only invited", () => {
    const invited = { ...record, may_read: false };
    expect(place_of(told({ record: invited, params: { on: "2026-12-01" } }))).toEqual({
      to: "/diary",
      search: { view: "day", day: "2026-12-01" },
    });
  });

  it("to the bin, to one's own records, to the jobs", () => {
    expect(place_of(told({ record: { ...record, is_archived: true } }))?.to).toBe("/bin");
    expect(place_of(told({ kind: "assigned", params: { count: 3 } }))?.to).toBe("/activities");
    expect(place_of(told({ kind: "job_done", record: null, params: { job: 4 } }))?.to).toBe(
      "/settings/jobs",
    );
  });

  it("to the tile whose number crossed a value", () => {
    const params = { dashboard: 5, tile: 3 };
    expect(place_of(told({ kind: "alert", record: null, params }))).toEqual({
      to: "/dashboards/5",
      search: { tile: "3" },
    });
  });

  it("nowhere when there is nothing to see", () => {
    expect(place_of(told({ record: null }))).toBeNull();
  });
});
