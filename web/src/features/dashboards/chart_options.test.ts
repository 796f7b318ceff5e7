// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { cell_at, chart_option, type Look } from "./chart_options";
import type { Shape } from "./series";
import type { Cell, ChartAnswer } from "./types";
import { key_text } from "./words";

const look: Look = {
  palette: ["#0f766e", "#b45309"],
  before: "#999999",
  text: "#111111",
  dim: "#555555",
  line: "#dddddd",
  surface: "#ffffff",
  font: "Inter",
  small: false,
  width: 500,
  height: 300,
  still: true,
};
const cell = (number: number): Cell => ({
  value: number,
  number,
  count: 1,
  filter: `n eq ${number}`,
});
const steps = [4, 10, 6].map(cell);
const answer = {
  kind: "chart",
  presentation: "funnel",
  measures: [{ kind: "count" }],
  group_by: [{ field: "stage", label: "Stage", kind: "choice", by: null }],
} as unknown as ChartAnswer;
const shape = {
  categories: ["First", "Second", "Third"],
  series: [{ name: "Count", measure: 0, cells: steps }],
} as unknown as Shape;

interface Drawn {
  yAxis: { data: string[]; inverse: boolean };
  series: {
    silent?: boolean;
    data: (number | { value: number; itemStyle: { color: string } })[];
  }[];
}

it("draws a funnel as bars around a middle, in the order of the steps", () => {
  const { yAxis, series } = chart_option(answer, shape, look) as unknown as Drawn;
  expect(yAxis.data).toEqual(["First", "Second", "Third"]);
  expect(yAxis.inverse).toBe(true);
  const [room, bars] = series;
  expect(room!.silent).toBe(true);
  expect(room!.data).toEqual([3, 0, 2]);
  const drawn = bars!.data as { value: number; itemStyle: { color: string } }[];
  expect(drawn.map((bar) => bar.value)).toEqual([4, 10, 6]);
  expect(drawn[0]!.itemStyle.color).toBe("#0f766eff");
  expect(drawn[2]!.itemStyle.color).toMatch(/^#0f766e[0-9a-f]{2}$/);
});

it("finds the number of a step that was clicked, whichever series drew it", () => {
  expect(cell_at(answer, shape, 1, 2)).toBe(steps[2]);
  expect(cell_at(answer, shape, 0, 1)).toBe(steps[1]);
});

it("names countries in the language of the user, not by their code", () => {
  const by = { field: "country", label: "Country", kind: "country", by: null } as never;
  expect(key_text({ value: "DK", label: "DK" }, by, (message) => String(message))).toBe("Denmark");
});
