// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { TypeMeta } from "../../api/types";
import { fit_presentation, measured_fields, measures_money } from "./builder_rules";
import { without_periods } from "./comparison_input";
import { offered_currencies } from "./currency_input";
import type { Definition } from "./types";

const field = (name: string, kind: string) => ({ name, kind, label: {} });
const type = {
  name: "sale",
  plural: "sales",
  label: {},
  label_plural: {},
  list_columns: ["name", "company", "amount", "stage", "owner"],
  fields: [
    field("name", "text"),
    field("amount", "money"),
    field("stage", "choice"),
    field("status", "choice"),
    field("closed_on", "date"),
    field("probability", "integer"),
  ],
} as unknown as TypeMeta;
const start: Definition = {
  title: "x",
  record_type: "sale",
  presentation: "column",
  filter: "status eq 'open'",
  measures: [{ kind: "sum", field: "amount" }, { kind: "count" }],
  group_by: ["stage"],
  comparison: "previous_year",
  limit: 90,
};

test("a list keeps the filter and takes the columns of the type", () => {
  const list = fit_presentation(start, "list", type);
  expect(list).toMatchObject({ filter: "status eq 'open'", limit: 50 });
  expect(list.columns).toEqual(["name", "company", "amount", "stage"]);
  expect(list.measures ?? list.group_by ?? list.comparison).toBeUndefined();
});

test("round charts have one number and one field", () => {
  const pie = fit_presentation({ ...start, group_by: ["stage", "status"] }, "pie", type);
  expect(pie.measures).toHaveLength(1);
  expect(pie.group_by).toEqual(["stage"]);
});

test("stacks get a second field, one number and no comparison", () => {
  const stacked = fit_presentation(start, "stacked", type);
  expect(stacked.group_by).toEqual(["stage", "status"]);
  expect(stacked.measures).toEqual([{ kind: "sum", field: "amount" }]);
  expect(stacked.comparison).toBeUndefined();
});

test("a number loses its groups, a line without any gets time", () => {
  const number = fit_presentation(start, "number", type);
  expect(number.group_by ?? number.limit).toBeUndefined();
  expect(fit_presentation(number, "line", type).group_by).toEqual([
    { field: "closed_on", by: "month" },
  ]);
  expect(fit_presentation(number, "column_line", type).measures).toHaveLength(2);
});

test("a measure offers the fields it can measure", () => {
  const names = (kind: "sum" | "weighted" | "maximum") =>
    measured_fields(type, kind).map((one) => one.name);
  expect(names("sum")).toEqual(["amount", "probability"]);
  expect(names("weighted")).toEqual(["amount"]);
  expect(names("maximum")).toEqual(["amount", "closed_on", "probability"]);
});

test("only a number compares selections and has a figure for each currency", () => {
  const number: Definition = {
    ...start,
    presentation: "number",
    comparison: { selection: 17 },
    currency: "own",
  };
  expect(fit_presentation(number, "number", type)).toMatchObject({
    comparison: { selection: 17 },
    currency: "own",
  });
  const column = fit_presentation(number, "column", type);
  expect(column.comparison ?? column.currency).toBeUndefined();
  const euro = { ...start, currency: "EUR" };
  expect(fit_presentation(euro, "pie", type).currency).toBe("EUR");
  expect(fit_presentation(euro, "list", type).currency).toBeUndefined();
});

test("without a date only the comparison with days goes", () => {
  expect(without_periods(start)).toEqual({ comparison: undefined });
  expect(without_periods({ ...start, comparison: { selection: 17 } })).toEqual({});
});

test("a currency is asked for when amounts are measured, among those with a rate", () => {
  expect(measures_money(type, start)).toBe(true);
  const measures = [{ kind: "count" as const }, { kind: "sum" as const, field: "probability" }];
  expect(measures_money(type, { ...start, measures })).toBe(false);
  const rates = {
    base_currency: "DKK",
    items: [
      { currency: "SEK", base: "DKK" },
      { currency: "EUR", base: "DKK" },
      { currency: "EUR", base: "DKK" },
    ],
  };
  expect(offered_currencies(rates, "own")).toEqual(["EUR", "SEK"]);
  expect(offered_currencies(undefined, "USD")).toEqual(["USD"]);
});
