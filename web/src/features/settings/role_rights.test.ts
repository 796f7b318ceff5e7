// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { add_up, has_own_row, rights_of, widest, with_right, without_row } from "./role_rights";

const everything = {
  types: { "*": { read: ["all"], create: ["all"], archive: ["mine", "primary_group"] } },
  functions: ["import"],
  field_classes: ["identity"],
};

test("a type without a row has what all other types have", () => {
  expect(has_own_row(everything, "sale")).toBe(false);
  expect(widest(rights_of(everything, "sale").read)).toBe("all");
  expect(widest(rights_of(everything, "sale").export)).toBe("");
});

test("one cell of a type takes the other rights along", () => {
  const changed = with_right(everything, "sale", "create", "mine");
  expect(has_own_row(changed, "sale")).toBe(true);
  expect(rights_of(changed, "sale")).toEqual({
    read: ["all"],
    create: ["mine"],
    archive: ["mine", "primary_group"],
  });
  expect(rights_of(changed, "company")).toEqual(everything.types["*"]);
  expect(everything.types).not.toHaveProperty("sale");
});

test("a row that is given up is as all other types again", () => {
  const changed = with_right(everything, "sale", "read", "");
  expect(widest(rights_of(changed, "sale").read)).toBe("");
  expect(without_row(changed, "sale")).toEqual(everything);
});

test("a cell of all other types leaves the rows of types alone", () => {
  const sale = with_right(everything, "sale", "read", "mine");
  const changed = with_right(sale, "*", "read", "");
  expect(widest(rights_of(changed, "sale").read)).toBe("mine");
  expect(widest(rights_of(changed, "person").read)).toBe("");
});

test("the rights of several roles add up, also where only one names a type", () => {
  const own_sales = {
    types: { sale: { read: ["mine"], export: ["mine"] } },
    functions: ["operate"],
  };
  const both = add_up([everything, own_sales]);
  expect(widest(rights_of(both, "sale").read)).toBe("all");
  expect(widest(rights_of(both, "sale").archive)).toBe("primary_group");
  expect(widest(rights_of(both, "sale").export)).toBe("mine");
  expect(widest(rights_of(both, "company").export)).toBe("");
  expect(both.functions).toEqual(["import", "operate"]);
  expect(add_up([])).toEqual({ types: {}, functions: [], field_classes: [] });
});
