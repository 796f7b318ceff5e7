// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { EVERYTHING, is_selected, NOTHING, select_rows, selected_count } from "./grid_selection";

it("counts the rows that are named", () => {
  const two = select_rows(NOTHING, [4, 7], true);
  expect(is_selected(two, 4)).toBe(true);
  expect(is_selected(two, 5)).toBe(false);
  expect(selected_count(two, 12_480)).toBe(2);
  expect(selected_count(select_rows(two, [4], false), 12_480)).toBe(1);
});
it("takes rows out of all that match, and in again", () => {
  const without = select_rows(EVERYTHING, [4, 7], false);
  expect(is_selected(without, 4)).toBe(false);
  expect(is_selected(without, 5)).toBe(true);
  expect(selected_count(without, 12_480)).toBe(12_478);
  const again = select_rows(without, [7], true);
  expect(again.ids).toEqual(new Set([4]));
  expect(selected_count(again, 12_480)).toBe(12_479);
});
