// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";

export interface GridColumn<T> {
  name: string;
  label: string;
  width: number;
  align?: "end";
  sortable: boolean;
  // none: cannot be edited here; typed: what one types replaces the value; chosen: needs its input.
  editing?: "typed" | "chosen" | undefined;
  cell: (row: T) => ReactNode;
}

export interface GridGroup {
  kind: "group";
  key: string;
  label: ReactNode;
  name: string;
  count: string;
  open: boolean;
  // No filter can say which records these are.
  closed_for_good?: boolean;
  // By column name.
  sums: Record<string, ReactNode>;
}
export type GridItem<T> = { kind: "row"; row: T } | GridGroup;

// What stands in the grid, by place. An absent item is on its way.
export interface GridRows<T> {
  count: number;
  at: (index: number) => GridItem<T> | undefined;
  want: (first: number, last: number) => void;
  // Changes with every change of what `at` answers.
  version: number;
}

// What became of an edit: shown in the cell.
export type CellMark = { state: "saving" } | { state: "saved" } | { state: "refused"; why: string };
export type CellMarks = Readonly<Record<string, CellMark>>;

export interface GridPlace {
  index: number;
  column: number;
}

// How an edit ended, and where the cursor goes.
export type EditEnd = "stay" | "down" | "next" | "previous";

export interface GridWords {
  select_all: string;
  select_row: string;
  preview: string;
  expand: string;
  column_keys: string;
}
