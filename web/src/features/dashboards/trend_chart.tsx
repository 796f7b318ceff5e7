// SPDX-License-Identifier: Apache-2.0
// Lines of numbers that no tile asked for, drawn as tiles are.
import { useMemo } from "react";
import type { TrendChartProps } from "../../records/trend_chart";
import Chart from "./chart";
import type { Shape } from "./series";
import type { ChartAnswer } from "./types";

export default function TrendChart({ label, categories, series }: TrendChartProps) {
  // Drawn anew only when it is another one.
  const drawn = useMemo(
    () => ({ answer: answer_of(label, series), shape: shape_of(categories, series) }),
    [label, categories, series],
  );
  return <Chart {...drawn} label={label} />;
}

function answer_of(label: string, series: TrendChartProps["series"]): ChartAnswer {
  return {
    kind: "chart",
    presentation: "line",
    title: label,
    as_of: "",
    cached: false,
    record_type: "",
    plural: "",
    filter: "",
    applied: [],
    depends_on: [],
    measures: series.map(({ name }) => ({
      kind: "average",
      field: null,
      field_label: null,
      label: name,
      unit: "real",
      currency: null,
    })),
    // In time: labels that have no room are left out.
    group_by: [{ field: "", label: "", kind: "date", by: "week", list: null }],
    groups: [],
    others: null,
    total: { cells: [] },
    comparison: null,
    truncated: false,
  };
}

const shape_of = (categories: string[], series: TrendChartProps["series"]): Shape => ({
  categories,
  series: series.map(({ name, values }, measure) => ({
    name,
    measure,
    cells: values.map((value) => ({ value, number: value, count: 0, filter: null })),
  })),
});
