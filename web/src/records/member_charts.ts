// SPDX-License-Identifier: Apache-2.0
// The place of charts beside a set of records. Dashboards fill it, selections show it.
import type { ComponentType, LazyExoticComponent } from "react";
import type { TypeMeta } from "../api/types";

export interface MemberChartsProps {
  // Of the members.
  type: TypeMeta;
  selection: number;
}

type MemberCharts = LazyExoticComponent<ComponentType<MemberChartsProps>>;

let charts: MemberCharts | null = null;

export function register_member_charts(component: MemberCharts) {
  charts = component;
}

export const member_charts = () => charts;
