// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { csv_rows, csv_text, shape_of } from "./series";
import type { AnswerMeasure, Cell, ChartAnswer } from "./types";

const say = (message: { message?: string; id?: string }) => message.message ?? message.id ?? "";
const measure: AnswerMeasure = {
  kind: "sum",
  field: "amount",
  field_label: "Amount",
  label: null,
  unit: "whole",
  currency: null,
};
const cell = (number: number, filter = ""): Cell => ({ value: number, number, count: 1, filter });

function chart(part: Partial<ChartAnswer>): ChartAnswer {
  return {
    kind: "chart",
    presentation: "column",
    title: "",
    as_of: "",
    cached: false,
    record_type: "sale",
    plural: "sales",
    filter: "",
    applied: [],
    depends_on: [],
    measures: [measure],
    group_by: [{ field: "stage", label: "Stage", kind: "choice", by: null, list: "sale_stage" }],
    groups: [],
    others: null,
    total: { cells: [] },
    comparison: null,
    truncated: false,
    ...part,
  };
}

test("others come last and comparisons stand beside their measure", () => {
  const shape = shape_of(
    chart({
      groups: [{ keys: [{ value: "a", label: "A" }], cells: [cell(5)], before: [cell(3)] }],
      others: { cells: [cell(2)] },
      comparison: { kind: "previous_year", from: "", to: "" },
    }),
    say as never,
    "Others",
    "Last year",
  );
  expect(shape.categories).toEqual(["A", "Others"]);
  expect(shape.series.map((one) => [one.name, one.cells.map((c) => c?.number ?? null)])).toEqual([
    ["Sum: Amount", [5, 2]],
    ["Last year", [3, null]],
  ]);
});

test("two fields make a series of each value of the second", () => {
  const keys = (a: string, b: string) => [
    { value: a, label: a },
    { value: b, label: b },
  ];
  const shape = shape_of(
    chart({
      group_by: [
        { field: "x", label: "X", kind: "choice", by: null, list: null },
        { field: "y", label: "Y", kind: "choice", by: null, list: null },
      ],
      groups: [
        { keys: keys("DK", "won"), cells: [cell(1)] },
        { keys: keys("DK", "lost"), cells: [cell(2)] },
        { keys: keys("SE", "lost"), cells: [cell(3)] },
      ],
    }),
    say as never,
    "Others",
    "",
  );
  expect(shape.categories).toEqual(["DK", "SE"]);
  expect(csv_rows(shape, "X")).toEqual([
    ["X", "won", "lost"],
    ["DK", 1, 2],
    ["SE", null, 3],
  ]);
});

test("files quote what needs it and hold no formulas", () => {
  expect(csv_text([["a,b", 'say "x"', -1, null, "=1+1"]])).toBe(
    '\uFEFF"a,b","say ""x""",-1,,\'=1+1\r\n',
  );
});
