// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { SavedView, TypeMeta } from "../../api/types";
import { columns_text, parse_columns } from "./columns_text";
import { base_of, definition_of, differences, view_of } from "./list_state";

const type = { name: "sale", plural: "sales", fields: [], list_columns: ["name", "stage"] };
const sale = type as unknown as TypeMeta;
const open_sales = {
  id: 7,
  is_default: true,
  opens_with: {
    filter: "status eq 'open'",
    sort: "-amount",
    group_by: "stage",
    sum: "amount",
    density: "",
    presentation: "table",
    columns: [{ path: "name", width: 300 }],
  },
} as unknown as SavedView;

it("opens the view that the address names, else the default, and `all` is none", () => {
  expect(view_of([open_sales], 7)?.id).toBe(7);
  expect(view_of([open_sales], undefined)?.id).toBe(7);
  expect(view_of([open_sales], "all")).toBeUndefined();
});
it("puts only what differs from the view into the address", () => {
  const base = base_of(sale, open_sales);
  expect(differences(base, { ...base, sort: "name" }).sort).toBe("name");
  expect(differences(base, { ...base, sort: "name" }).filter).toBeUndefined();
});
it("keeps an emptied filter as emptied", () => {
  const base = base_of(sale, open_sales);
  const search = differences(base, { ...base, filter: "" });
  expect(search.filter).toBe("");
  expect(definition_of(base, search).filter).toBe("");
});
it("falls back to the type's columns and order", () => {
  expect(base_of(sale, undefined).sort).toBe("-expected_on");
  expect(columns_text(base_of(sale, undefined).columns)).toBe("name,stage");
});
it("reads and writes columns with widths", () => {
  expect(parse_columns("name:300,stage")).toEqual([
    { path: "name", width: 300 },
    { path: "stage" },
  ]);
  expect(columns_text(parse_columns("name:300,stage"))).toBe("name:300,stage");
});
