// SPDX-License-Identifier: Apache-2.0
// The shapes of dashboards and tiles, as the server answers with them.
import type { Labels, Money, Ref, Row } from "../../api/types";

export type Presentation =
  | "number"
  | "gauge"
  | "column"
  | "bar"
  | "line"
  | "area"
  | "stacked"
  | "stacked_100"
  | "column_line"
  | "pie"
  | "donut"
  | "funnel"
  | "list"
  | "web";

export type MeasureKind =
  | "count"
  | "distinct"
  | "sum"
  | "average"
  | "minimum"
  | "maximum"
  | "median"
  | "weighted"
  | "ratio"
  | "external";

export interface Measure {
  kind: MeasureKind;
  field?: string;
  filter?: string;
  of?: string;
  over?: Measure;
  label?: string | Labels;
}

export type Unit =
  | "day"
  | "week"
  | "month"
  | "quarter"
  | "year"
  | "weekday"
  | "hour"
  | "fiscal_quarter"
  | "fiscal_year";
export type GroupBy = string | { field: string; by: Unit };

export interface Definition {
  title: string | Labels;
  description?: string | Labels;
  category?: string;
  record_type?: string;
  presentation: Presentation;
  filter?: string;
  selection?: number | { id: number; copy: boolean };
  scope?: "mine" | "my_group" | "all" | "viewer";
  measures?: Measure[];
  group_by?: GroupBy[];
  order?: { by?: "group"; descending?: boolean };
  limit?: number;
  others?: boolean;
  period_field?: string;
  period?: string;
  comparison?: "previous_period" | "previous_year" | { selection: number };
  // Of amounts: base, own, or the code of a currency.
  currency?: string;
  target?: number;
  columns?: string[];
  sort?: string;
  country_field?: string;
  url?: string;
  source?: Source;
}

// Numbers of another system: paths are JSON pointers.
export interface Source {
  url: string;
  rows?: string;
  label?: string;
  value?: string;
  series?: string;
  columns?: { label: string; path: string }[];
  minutes?: number;
}

export interface PlacedTile {
  id: number;
  standard: string | null;
  is_own: boolean;
  definition: Definition | null;
  title: string;
  x: number;
  y: number;
  w: number;
  h: number;
  // Only while the page is being edited: the server does not know it so yet.
  unsaved?: boolean;
}

export interface PageFilters {
  period?: string;
  owner?: string;
  group?: string;
  country?: string;
  scope?: string;
  // Of the address: company:17, for what panels say of it.
  record?: string;
}

export interface DashboardHead {
  id: number;
  version: number;
  name: string;
  labels: Labels | null;
  description: string;
  owner: Ref | null;
  visible_for: "me" | "groups" | "everyone";
  groups: number[];
  pinned: { everyone?: boolean; groups?: number[]; roles?: string[] };
  standard: string | null;
  editable: boolean;
  is_pinned: boolean;
  favourite: boolean;
}

export interface Dashboard extends DashboardHead {
  filters: PageFilters;
  tiles: PlacedTile[];
}

export interface LibraryTile {
  key: string;
  category: string;
  title: string;
  description: string;
  is_changed: boolean;
  definition: Definition;
}

export interface Cell {
  value: number | string | Money | null;
  number: number | null;
  count: number;
  filter: string | null;
}

export interface Key {
  value: string | number | boolean | null;
  label: string | null;
  colour?: string;
}

export interface Group {
  keys: Key[];
  cells: Cell[];
  before?: Cell[];
}

export interface AnswerMeasure {
  kind: MeasureKind;
  field: string | null;
  field_label: string | null;
  label: string | null;
  unit: "whole" | "scaled" | "money" | "real" | "date" | "instant";
  currency: string | null;
}

export interface AnswerGroup {
  field: string;
  label: string;
  kind: string;
  by: Unit | null;
  list: string | null;
}

// Of another system's numbers.
export interface External {
  fetched_at: string;
  is_stale: boolean;
  problem: string | null;
}

interface Head {
  presentation: Presentation;
  title: string;
  as_of: string;
  cached: boolean;
  external?: External;
}

export interface Comparison {
  kind: "previous_period" | "previous_year" | "selection";
  selection?: Ref | null;
  // None of a selection without a period.
  from: string | null;
  to: string | null;
}

// What a standard tile was until somebody changed it.
export interface TileVersion {
  id: number;
  title: string;
  is_as_it_came: boolean;
  changed_at: string;
  changed_by: Ref | null;
}

export interface ChartAnswer extends Head {
  kind: "chart";
  record_type: string;
  plural: string;
  filter: string;
  applied: string[];
  depends_on: string[];
  target?: number;
  measures: AnswerMeasure[];
  group_by: AnswerGroup[];
  groups: Group[];
  others: { cells: Cell[] } | null;
  total: { cells: Cell[]; before?: Cell[] };
  comparison: Comparison | null;
  // None of another system's numbers.
  currency?: {
    rule: "base" | "own" | "converted";
    code: string | null;
    rate_day: string | null;
    left_out: number;
  };
  truncated: boolean;
}

export interface ListAnswer extends Head {
  kind: "list";
  record_type: string;
  plural: string;
  filter: string;
  sort: string;
  applied: string[];
  depends_on: string[];
  columns: string[];
  items: Row[];
  count: { value: number; at_least: boolean };
}

export interface TableAnswer extends Head {
  kind: "table";
  plural: string;
  filter: string;
  applied: string[];
  depends_on: string[];
  columns: string[];
  rows: string[][];
  truncated: boolean;
}

export interface WebAnswer extends Head {
  kind: "web";
  url: string;
  host: string;
  is_allowed: boolean;
  // Of the token in the address.
  expires_at: string | null;
}

export type Answer = ChartAnswer | ListAnswer | TableAnswer | WebAnswer;

export type Condition = "above" | "below" | "changes";

export interface Alert {
  id: number;
  dashboard: number;
  tile: number;
  page: string | null;
  title: string | null;
  measure: number;
  condition: Condition;
  value: number;
  filters: PageFilters;
  is_paused: boolean;
  is_beyond: boolean;
  number: number | null;
  fired_at: string | null;
  fired_count: number;
  problem: string | null;
}
