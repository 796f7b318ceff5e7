// SPDX-License-Identifier: Apache-2.0
// What stands in the grid: records, or groups with records in them.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Page, Row, TypeMeta } from "../../api/types";
import type { GridRows } from "../../kit/data_grid/grid_types";
import type { TrailRows } from "../list_trail";
import type { ListRows } from "./list_body";
import type { ListState } from "./list_state";
import { useMatchCount } from "./match_banner";
import type { RowPages } from "./row_pages";
import { useGroupRows } from "./use_group_rows";
import { params_of, usePages } from "./use_list_rows";

// A list says "1,000+" until somebody scrolls so far that the exact number is of use.
const COUNT_BEYOND = 300;

export interface Rows extends ListRows {
  counted: Page<Row>["count"];
  has_more: boolean;
  is_pending: boolean;
  error: unknown;
  retry: () => void;
  // For going from one record to the next; boards and calendars have their own.
  trail: TrailRows | undefined;
}

export function useRows(type: TypeMeta, state: ListState & { is_ready: boolean }): Rows {
  // Boards and calendars fetch their own.
  const is_table = state.is_ready && state.presentation === "table";
  const grouped = is_table && state.group_by !== "";
  const flat = useFlatRows(type, state, is_table && !grouped);
  const groups = useGroupRows(type, state, grouped);
  const { rows, grid, query } = groups;
  const group_trail = useMemo(() => rows.trail(), [rows]);
  if (!is_table) return { ...flat, is_pending: !state.is_ready, trail: undefined };
  if (!grouped) return { ...flat, is_pending: !state.is_ready || flat.is_pending };
  return {
    grid,
    loaded_ids: () => rows.loaded_ids(),
    place_of: (id) => rows.place_of(id),
    patch: (id, values) => rows.patch(id, values),
    toggle: (key) => rows.toggle(key),
    busy: false,
    counted: query.data && { value: query.data.total.count },
    has_more: true,
    is_pending: !state.is_ready || query.isPending,
    error: query.data ? null : query.error,
    retry: () => void query.refetch(),
    trail: group_trail,
  };
}

function useFlatRows(type: TypeMeta, state: ListState, enabled: boolean): Rows {
  const { pages, query } = usePages(type.plural, params_of(type, state), enabled);
  const [counting, set_counting] = useState<RowPages<Row> | null>(null);
  const total = useMatchCount(type, state, counting === pages);
  useEffect(() => {
    if (total !== undefined && counting === pages) pages.set_total(total);
  }, [total, counting, pages]);
  const want = useCallback(
    (first: number, last: number) => {
      pages.want(first, last);
      if (last > COUNT_BEYOND && pages.counted?.at_least) set_counting(pages);
    },
    [pages],
  );
  const shown = useKept(pages);
  const grid: GridRows<Row> = {
    count: shown.count,
    version: shown.snapshot(),
    want,
    at: (index) => {
      const row = shown.at(index);
      return row && { kind: "row", row };
    },
  };
  const loaded = shown.loaded_ids();
  const patch = useCallback((id: number, values: Partial<Row>) => pages.patch(id, values), [pages]);
  return {
    grid,
    loaded_ids: () => loaded,
    place_of: (id) => shown.place_of(id),
    patch,
    toggle: () => {},
    busy: shown !== pages,
    counted: shown.counted,
    has_more: shown.count > loaded.length,
    is_pending: shown.is_pending,
    error: pages.error,
    trail: shown,
    retry: () => void query.refetch(),
  };
}

// While a new sort or filter is on its way, the old rows stay on screen.
function useKept(pages: RowPages<Row>): RowPages<Row> {
  const shown = useRef(pages);
  if (!pages.is_pending) shown.current = pages;
  return shown.current;
}
