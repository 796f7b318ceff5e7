// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { AggregateGroup, Row } from "../../api/types";
import { GroupRows, group_key } from "./group_rows";
import { RowPages } from "./row_pages";

const group = (value: string, count: number): AggregateGroup => ({
  keys: [{ value, label: value }],
  values: [],
  count,
  filter: `stage eq '${value}'`,
});
const groups = [group("offer", 3), group("won", 2)];
const pages_for = (filter: string) =>
  new RowPages<Row>(async () => ({
    items: [{ id: filter.includes("offer") ? 1 : 9, version: 1, name: filter }],
    next: null,
  }));

it("shows heads, and the records of a group below its head when it is opened", async () => {
  const rows = new GroupRows(pages_for);
  await rows.set_groups(groups);
  expect(rows.count).toBe(2);
  rows.toggle(group_key(groups[0]!));
  // Before the records are here there is room for as many as the head says.
  expect(rows.count).toBe(5);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(rows.count).toBe(3);
  expect(rows.at(1)).toEqual({ row: expect.objectContaining({ id: 1 }) });
  expect(rows.at(2)).toMatchObject({ group: groups[1], open: false });
  rows.toggle(group_key(groups[0]!));
  expect(rows.count).toBe(2);
});
it("closes a group that is no longer there", async () => {
  const rows = new GroupRows(pages_for);
  await rows.set_groups(groups);
  rows.toggle(group_key(groups[0]!));
  await rows.set_groups([groups[1]!]);
  expect(rows.count).toBe(1);
});
it("hands on the records of open groups one after the other", async () => {
  const rows = new GroupRows(pages_for);
  await rows.set_groups(groups);
  const trail = rows.trail();
  expect(trail.count).toBe(0);
  for (const one of groups) rows.toggle(group_key(one));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(trail.count).toBe(2);
  expect(trail.counted).toEqual({ value: 2 });
  expect([trail.at(0)?.id, trail.at(1)?.id, trail.at(2)?.id]).toEqual([1, 9, undefined]);
  expect(trail.place_of(9)).toBe(1);
  rows.toggle(group_key(groups[0]!));
  expect(trail.place_of(9)).toBe(0);
  expect(trail.place_of(1)).toBe(-1);
});
