// SPDX-License-Identifier: Apache-2.0
// The one file that knows ECharts; loaded with the first chart. SVG, so that it is sharp on a wall.
import { useComputedColorScheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { BarChart, GaugeChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { cell_at, chart_option, type Look } from "./chart_options";
import classes from "./dashboards.module.css";
import type { Shape } from "./series";
import type { Cell, ChartAnswer } from "./types";

echarts.use([
  BarChart,
  GaugeChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

const SMALL_WIDTH = 380;
const PALETTE_SIZE = 8;

function look_of(element: HTMLElement, still: boolean): Look {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    palette: Array.from({ length: PALETTE_SIZE }, (_, index) => token(`chart-${index + 1}`)),
    before: token("chart-before"),
    text: token("text"),
    dim: token("text-dim"),
    line: token("line"),
    surface: token("surface-raised"),
    font: style.fontFamily,
    small: element.clientWidth < SMALL_WIDTH,
    width: element.clientWidth,
    height: element.clientHeight,
    still,
  };
}

interface Props {
  answer: ChartAnswer;
  shape: Shape;
  label: string;
  on_drill?: ((cell: Cell) => void) | undefined;
  on_ready?: ((svg: () => string) => void) | undefined;
}

export default function Chart({ answer, shape, label, on_drill, on_ready }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  const drill = useRef(on_drill);
  drill.current = on_drill;
  const draw = useRef(() => {});
  const scheme = useComputedColorScheme("light");
  const still = useReducedMotion() || new URLSearchParams(location.search).has("still");

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    const element = place.current!;
    const made = echarts.init(element, null, { renderer: "svg" });
    chart.current = made;
    const sizes = new ResizeObserver(() => {
      if (made.isDisposed()) return;
      made.resize();
      draw.current();
    });
    sizes.observe(element);
    on_ready?.(() => made.getDataURL({ type: "svg" }));
    return () => {
      sizes.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes what tokens say
  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    draw.current = () => {
      // A change of size may be told of when the tile has gone already.
      if (!place.current || made.isDisposed()) return;
      made.setOption(chart_option(answer, shape, look_of(place.current, still)), true);
    };
    draw.current();
    made.off("click");
    made.on("click", (event) => {
      const cell = cell_at(answer, shape, event.seriesIndex ?? 0, event.dataIndex ?? 0);
      if (cell) drill.current?.(cell);
    });
  }, [answer, shape, scheme, still]);

  return <div ref={place} className={classes.chart} role="img" aria-label={label} />;
}
