// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { columns_of_text, fit_external, text_of_columns } from "./external_rules";
import type { Definition } from "./types";

const columns = [
  { label: "Name", path: "/name" },
  { label: "a = b", path: "/x/0" },
];

test("columns are read as they are written", () => {
  expect(columns_of_text(text_of_columns(columns))).toEqual(columns);
  expect(columns_of_text("Whole =\n= /x\nhalf\nWrong = x")).toEqual([{ label: "Whole", path: "" }]);
});

test("a mapping keeps what the new look can show", () => {
  const chart: Definition = {
    title: "x",
    presentation: "column",
    source: { url: "https://a.example", rows: "/r", label: "/l", value: "/v", series: "/s" },
  };
  expect(fit_external(chart, "number").source).toEqual({ url: "https://a.example", value: "/v" });
  const list = fit_external(chart, "list");
  expect(list.source).toEqual({
    url: "https://a.example",
    rows: "/r",
    columns: [{ label: "Name", path: "/name" }],
  });
  expect(fit_external(list, "pie").source?.label).toBe("/name");
});
