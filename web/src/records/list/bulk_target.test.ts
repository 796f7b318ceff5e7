// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { EVERYTHING, NOTHING, select_rows } from "../../kit/data_grid/grid_selection";
import { bulk_target, export_filter } from "./bulk_target";
import type { ListState } from "./list_state";

const state = { filter: "country eq 'DK' or country eq 'SE'", q: "nord" } as ListState;

it("names the ids when rows are chosen", () => {
  expect(bulk_target(select_rows(NOTHING, [7, 4], true), state)).toEqual({ ids: [4, 7] });
});
it("names the filter and what is out of it when all are chosen", () => {
  const all = select_rows(EVERYTHING, [9], false);
  expect(bulk_target(all, state)).toEqual({ filter: state.filter, q: "nord", except: [9] });
});
it("keeps an `or` of the filter together when it takes rows out", () => {
  const all = select_rows(EVERYTHING, [9], false);
  expect(export_filter(all, state.filter)).toBe(
    "(country eq 'DK' or country eq 'SE') and not id in (9)",
  );
  expect(export_filter(EVERYTHING, "")).toBeUndefined();
});
