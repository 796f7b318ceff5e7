// SPDX-License-Identifier: Apache-2.0
// From an answer to what ECharts draws. Colours come in as values of our tokens. Pure.
import type { EChartsCoreOption } from "echarts/core";
import type { Series, Shape } from "./series";
import type { Cell, ChartAnswer } from "./types";
import { cell_text, short_text } from "./words";

export interface Look {
  palette: string[];
  before: string;
  text: string;
  dim: string;
  line: string;
  surface: string;
  font: string;
  small: boolean;
  width: number;
  height: number;
  still: boolean;
}

const SIZE = 11;
// Names beside lying bars: as much of the tile as leaves room for the bars.
const LABEL_SHARE = 0.38;
const LABEL_WIDTH_MIN = 76;
const LABEL_WIDTH_MAX = 190;
const BAR_WIDTH_MAX = 34;
const SLICE_LABELS_MAX = 12;

// The labels of the axes count as part of the drawing.
const inside_labels = { outerBoundsMode: "same", outerBoundsContain: "axisLabel" };

const number_of = (cell: Cell | null | undefined) => cell?.number ?? null;

// A share of the whole for each category, so that every column is as high as the others.
function to_shares(series: Series[]): (number | null)[][] {
  const count = series[0]?.cells.length ?? 0;
  const sums = Array.from({ length: count }, (_, index) =>
    series.reduce((sum, one) => sum + Math.abs(number_of(one.cells[index]) ?? 0), 0),
  );
  return series.map((one) =>
    one.cells.map((cell, index) => {
      const sum = sums[index] ?? 0;
      return sum ? (number_of(cell) ?? 0) / sum : null;
    }),
  );
}

export function chart_option(answer: ChartAnswer, shape: Shape, look: Look): EChartsCoreOption {
  const base = {
    color: look.palette,
    textStyle: { fontFamily: look.font, fontSize: SIZE, color: look.text },
    animationDuration: look.still ? 0 : 350,
    animationDurationUpdate: look.still ? 0 : 250,
    tooltip: tooltip_of(answer, shape, look),
  };
  switch (answer.presentation) {
    case "pie":
    case "donut":
      return { ...base, ...round(answer, shape, look) };
    case "funnel":
      return { ...base, ...funnel(answer, shape, look) };
    case "gauge":
      return { ...base, tooltip: { show: false }, ...gauge(answer, look) };
    default:
      return { ...base, ...axes(answer, shape, look) };
  }
}

interface TipPoint {
  dataIndex: number;
  seriesIndex: number;
  marker?: string;
  name: string;
}

// Drawn as text in the picture: the page's policy allows no markup with styles of its own.
function tooltip_of(answer: ChartAnswer, shape: Shape, look: Look) {
  const round_one = ["pie", "donut", "funnel"].includes(answer.presentation);
  const line = (point: TipPoint) => {
    const one = shape.series[round_one ? 0 : point.seriesIndex];
    const cell = one?.cells[point.dataIndex];
    const text = one && cell ? cell_text(cell, answer.measures[one.measure]!) : "–";
    return round_one || shape.series.length === 1 ? text : `${one?.name}: ${text}`;
  };
  return {
    trigger: round_one ? "item" : "axis",
    renderMode: "richText",
    confine: true,
    axisPointer: { type: "shadow", shadowStyle: { color: look.line, opacity: 0.35 } },
    backgroundColor: look.surface,
    borderColor: look.line,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: look.text, fontSize: 12, fontFamily: look.font },
    formatter: (points: TipPoint | TipPoint[]) => {
      const list = Array.isArray(points) ? points : [points];
      const title = shape.categories[list[0]?.dataIndex ?? 0] ?? "";
      return [title, ...list.map(line)].join("\n");
    },
  };
}

function legend_of(shape: Shape, look: Look) {
  return {
    show: shape.series.length > 1,
    type: "scroll",
    top: 0,
    left: 0,
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 12,
    icon: "roundRect",
    pageIconColor: look.dim,
    pageIconInactiveColor: look.line,
    pageTextStyle: { color: look.dim, fontSize: SIZE },
    textStyle: { color: look.dim, fontSize: SIZE, fontFamily: look.font },
  };
}

function axes(answer: ChartAnswer, shape: Shape, look: Look) {
  const { presentation } = answer;
  const lying = presentation === "bar";
  const shares = presentation === "stacked_100" ? to_shares(shape.series) : null;
  const stacked = presentation.startsWith("stacked");
  const in_time = !!answer.group_by[0]?.by;
  const category = {
    type: "category",
    data: shape.categories,
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: {
      color: look.dim,
      fontSize: SIZE,
      hideOverlap: true,
      ...(lying
        ? { width: label_width(look), overflow: "truncate" }
        : in_time
          ? {}
          : { interval: 0, width: 84, overflow: "truncate", rotate: rotation(shape, look) }),
    },
  };
  const value = {
    type: "value",
    splitNumber: lying && look.small ? 2 : 4,
    ...(shares ? { max: 1 } : {}),
    axisLabel: {
      color: look.dim,
      fontSize: SIZE,
      hideOverlap: true,
      formatter: (n: number) =>
        shares ? `${Math.round(n * 100)} %` : short_text(n, answer.measures[0]),
    },
    splitLine: { lineStyle: { color: look.line } },
  };
  const series = shape.series.map((one, index) => ({
    name: one.name,
    data: shares ? shares[index] : one.cells.map(number_of),
    ...series_look(answer, one, index, look, stacked),
  }));
  return {
    legend: legend_of(shape, look),
    grid: {
      left: 4,
      right: 12,
      bottom: 6,
      top: shape.series.length > 1 ? 34 : 10,
      ...inside_labels,
    },
    xAxis: lying ? value : category,
    yAxis: lying ? category : value,
    series,
  };
}

function label_width({ width }: Look): number {
  return Math.max(LABEL_WIDTH_MIN, Math.min(LABEL_WIDTH_MAX, width * LABEL_SHARE));
}

function rotation(shape: Shape, look: Look): number {
  const room = look.width / Math.max(1, shape.categories.length);
  return shape.categories.some((name) => name.length * 6.2 > room) ? 32 : 0;
}

function series_look(
  answer: ChartAnswer,
  one: Series,
  index: number,
  look: Look,
  stacked: boolean,
) {
  const { presentation } = answer;
  const colour = one.is_before ? look.before : look.palette[color_index(answer, one, index)];
  const as_line =
    presentation === "line" ||
    presentation === "area" ||
    (presentation === "column_line" && one.measure === 1);
  if (as_line) {
    return {
      type: "line",
      smooth: 0.2,
      // Between two points the line stays between their values.
      smoothMonotone: "x",
      symbol: "circle",
      symbolSize: 6,
      showSymbol: one.cells.length < 32,
      triggerLineEvent: true,
      lineStyle: { width: 2, color: colour, type: one.is_before ? "dashed" : "solid" },
      itemStyle: { color: colour },
      ...(presentation === "area" ? { areaStyle: { color: colour, opacity: 0.16 } } : {}),
    };
  }
  return {
    type: "bar",
    cursor: "pointer",
    barMaxWidth: BAR_WIDTH_MAX,
    barGap: "12%",
    itemStyle: {
      color: colour,
      borderRadius: stacked ? 0 : presentation === "bar" ? [0, 3, 3, 0] : [3, 3, 0, 0],
      ...(stacked ? { borderColor: look.surface, borderWidth: 1 } : {}),
    },
    ...(stacked ? { stack: "all" } : {}),
  };
}

// A comparison takes no colour from those that follow it.
function color_index(answer: ChartAnswer, one: Series, index: number): number {
  const place = answer.group_by.length > 1 ? index : one.measure;
  return place % 8;
}

function round(answer: ChartAnswer, shape: Shape, look: Look) {
  const cells = shape.series[0]?.cells ?? [];
  const few = cells.length <= SLICE_LABELS_MAX;
  const outer = Math.min(look.width * (few ? 0.24 : 0.46), look.height * 0.46);
  return {
    legend: {
      ...legend_of(shape, look),
      show: few,
      orient: "vertical",
      top: "middle",
      left: look.width * 0.25 + outer + 20,
      itemStyle: { borderWidth: 0 },
      itemGap: 8,
      textStyle: {
        color: look.text,
        fontSize: SIZE,
        width: Math.max(60, look.width * 0.75 - outer - 50),
        overflow: "truncate",
        fontFamily: look.font,
      },
    },
    series: [
      {
        type: "pie",
        cursor: "pointer",
        center: [few ? "25%" : "50%", "50%"],
        radius: [answer.presentation === "donut" ? outer * 0.62 : 0, outer],
        itemStyle: { borderColor: look.surface, borderWidth: 2, borderRadius: 3 },
        label: { show: false },
        emphasis: { scaleSize: 3 },
        data: cells.map((cell, index) => ({
          name: shape.categories[index],
          value: number_of(cell),
          itemStyle: { color: look.palette[index % look.palette.length] },
        })),
      },
    ],
  };
}

// The order of the groups is the order of the steps; it is not sorted by size. Drawn as bars around
// a middle: slanted sides would say something about the steps between, which nobody has measured.
function funnel(answer: ChartAnswer, shape: Shape, look: Look) {
  const numbers = (shape.series[0]?.cells ?? []).map((cell) => number_of(cell) ?? 0);
  const most = Math.max(...numbers, 0) || 1;
  const bars = { type: "bar", stack: "steps", barCategoryGap: "10%" };
  const fade = (index: number) => 1 - (index * 0.62) / Math.max(1, numbers.length);
  return {
    grid: { left: 4, right: 8, top: 4, bottom: 4, ...inside_labels },
    xAxis: { type: "value", show: false, min: 0, max: most },
    yAxis: {
      type: "category",
      inverse: true,
      data: shape.categories,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: {
        color: look.text,
        fontSize: SIZE,
        width: Math.max(label_width(look), 132),
        overflow: "truncate",
        formatter: (name: string, index: number) =>
          `${name}  ${short_text(numbers[index] ?? 0, answer.measures[0])}`,
      },
    },
    series: [
      {
        ...bars,
        silent: true,
        itemStyle: { color: "transparent" },
        data: numbers.map((number) => (most - number) / 2),
      },
      {
        ...bars,
        cursor: "pointer",
        data: numbers.map((value, index) => ({
          value,
          // Fainter from step to step.
          itemStyle: { borderRadius: 4, color: faded(look.palette[0] ?? "", fade(index)) },
        })),
      },
    ],
  };
}

// A colour of six digits, let through as much of the ground as the share says.
function faded(colour: string, share: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  const alpha = Math.round(share * 255);
  return colour + alpha.toString(16).padStart(2, "0");
}

function gauge(answer: ChartAnswer, look: Look) {
  const measure = answer.measures[0]!;
  const cell = answer.total.cells[0];
  const ratio = measure.kind === "ratio";
  const top = ratio ? 1 : Math.max(answer.target ?? 0, number_of(cell) ?? 0, 1) * 1.2;
  // Half a circle and a little more: as wide as the tile, as high as it allows.
  const size = Math.min(look.width / 2, look.height * 0.66);
  const thick = Math.max(8, size * 0.16);
  const reached = answer.target === undefined ? 0 : Math.min(1, answer.target / top);
  return {
    series: [
      {
        type: "gauge",
        cursor: "pointer",
        startAngle: 200,
        endAngle: -20,
        center: ["50%", look.height / 2 + size * 0.32],
        radius: size,
        min: 0,
        max: top,
        pointer: { show: false },
        progress: {
          show: true,
          width: thick,
          roundCap: true,
          itemStyle: { color: look.palette[0] },
        },
        axisLine: {
          roundCap: true,
          lineStyle: {
            width: thick,
            color: reached
              ? [
                  [reached, look.line],
                  [1, look.before],
                ]
              : [[1, look.line]],
          },
        },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        title: { show: false },
        detail: {
          valueAnimation: false,
          offsetCenter: [0, "-6%"],
          fontSize: Math.max(13, Math.min(30, size * 0.26)),
          fontWeight: 650,
          fontFamily: look.font,
          color: look.text,
          formatter: () => cell_text(cell, measure),
        },
        data: [{ value: number_of(cell) ?? 0 }],
      },
    ],
  };
}

// Which number was clicked.
export function cell_at(
  answer: ChartAnswer,
  shape: Shape,
  series: number,
  index: number,
): Cell | undefined {
  if (answer.presentation === "gauge") return answer.total.cells[0];
  const round_one = ["pie", "donut", "funnel"].includes(answer.presentation);
  return shape.series[round_one ? 0 : series]?.cells[index] ?? undefined;
}
