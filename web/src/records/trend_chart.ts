// SPDX-License-Identifier: Apache-2.0
// A line over time, for features that are not dashboards. Dashboards know how one is drawn.
import type { ComponentType, LazyExoticComponent } from "react";

export interface TrendChartProps {
  // What the picture shows, for those who do not see it.
  label: string;
  categories: string[];
  // One value per category; null where nothing was measured.
  series: { name: string; values: (number | null)[] }[];
}

type TrendChart = LazyExoticComponent<ComponentType<TrendChartProps>>;

let chart: TrendChart | null = null;

export function register_trend_chart(component: TrendChart) {
  chart = component;
}

export const trend_chart = () => chart;
