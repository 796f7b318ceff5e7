// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { Row, TypeMeta } from "../../api/types";
import { day_change, moved_onto } from "./use_day_moves";

const row = (id: number, at: string): Row => ({ id, version: 1, at });
const ZONE = "Europe/Copenhagen";
const early = row(1, "2026-11-27T07:00:00.000Z");
const late = row(2, "2026-11-27T15:00:00.000Z");

it("shows a record on its new day, in the order of the day, before it is saved", () => {
  const moved = {
    row: row(3, "2026-11-20T10:00:00.000Z"),
    after: { at: "2026-11-27T10:00:00.000Z" },
  };
  const friday = moved_onto("2026-11-27", [early, late], [moved], "at", ZONE);
  expect(friday.rows.map((one) => one.id)).toEqual([1, 3, 2]);
  expect(friday.more).toBe(1);
  const before = moved_onto("2026-11-20", [moved.row], [moved], "at", ZONE);
  expect(before).toEqual({ rows: [], more: -1 });
});
it("counts nothing twice once the server has the record on its new day", () => {
  const moved = { row: early, after: { at: late.at } };
  const day = moved_onto("2026-11-27", [early, late], [moved], "at", ZONE);
  expect(day.rows.length).toBe(2);
  expect(day.more).toBe(0);
});
it("moves the end along with the beginning", () => {
  const fields = [{ name: "starts_at" }, { name: "ends_at" }];
  const type = { fields } as unknown as TypeMeta;
  const night = {
    ...row(4, ""),
    starts_at: "2026-11-27T21:00:00.000Z",
    ends_at: "2026-11-28T01:00:00.000Z",
  };
  const { before, after } = day_change(type, night, "starts_at", "2026-12-01", ZONE);
  expect(after).toEqual({
    starts_at: "2026-12-01T21:00:00.000Z",
    ends_at: "2026-12-02T01:00:00.000Z",
  });
  expect(before).toEqual({ starts_at: night.starts_at, ends_at: night.ends_at });
  expect(day_change(type, night, "ends_at", "2026-12-01", ZONE).after).toEqual({
    ends_at: "2026-12-01T01:00:00.000Z",
  });
});
