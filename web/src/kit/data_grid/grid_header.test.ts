// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { next_sort } from "./grid_header";

const up = (name: string) => ({ name, descending: false });
const down = (name: string) => ({ name, descending: true });

it("turns through up, down and none", () => {
  expect(next_sort([], "a", false)).toEqual([up("a")]);
  expect(next_sort([up("a")], "a", false)).toEqual([down("a")]);
  expect(next_sort([down("a")], "a", false)).toEqual([]);
});
it("replaces another column without Shift and joins it with Shift", () => {
  expect(next_sort([up("a")], "b", false)).toEqual([up("b")]);
  expect(next_sort([up("a")], "b", true)).toEqual([up("a"), up("b")]);
  expect(next_sort([up("a"), up("b")], "a", true)).toEqual([down("a"), up("b")]);
  expect(next_sort([down("a"), up("b")], "a", true)).toEqual([up("b")]);
});
