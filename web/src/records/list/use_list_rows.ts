// SPDX-License-Identifier: Apache-2.0
// The rows of a list, fetched as they come into sight; and the same within the groups of a field.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { api } from "../../api/client";
import type { Page, Row, TypeMeta } from "../../api/types";
import { sort_text } from "../filter/filter_text";
import type { ListState } from "./list_state";
import { ROWS_PER_PAGE, RowPages } from "./row_pages";

export function row_fields(type: TypeMeta, state: ListState): string {
  const names = ["name", ...state.columns.map((column) => column.path), ...extra(type, state)];
  return [...new Set(names)].join(",");
}

// A board and a calendar show the field they are made of; a board adds up its sum.
function extra(type: TypeMeta, state: ListState): string[] {
  const wanted = state.presentation === "table" ? [] : [state.group_by, state.sum];
  return wanted.filter((path) => path && type.fields.some((field) => field.name === path));
}

export interface RowsParams {
  filter: string;
  q: string;
  sort: string;
  fields: string;
}

export function params_of(type: TypeMeta, state: ListState, filter = state.filter): RowsParams {
  return {
    filter,
    q: state.q,
    sort: sort_text(state.sort) ?? "",
    fields: row_fields(type, state),
  };
}

export function make_pages(plural: string, params: RowsParams): RowPages<Row> {
  return new RowPages<Row>((place, signal) =>
    api.get<Page<Row>>(
      `/${plural}`,
      {
        ...params,
        limit: ROWS_PER_PAGE,
        cursor: place.cursor,
        skip: place.skip || undefined,
        count: place.first ? "capped" : "none",
      },
      signal,
    ),
  );
}

// The query behind it holds nothing itself: it is there to be invalidated, and then looks again.
export function usePages(plural: string, params: RowsParams, enabled: boolean) {
  const { filter, q, sort, fields } = params;
  const pages = useMemo(
    () => make_pages(plural, { filter, q, sort, fields }),
    [plural, filter, q, sort, fields],
  );
  const query = useQuery({
    queryKey: ["list", plural, "rows", pages.serial],
    queryFn: async () => {
      await pages.refresh();
      return Date.now();
    },
    enabled,
    // A list that was left and is opened again has no rows any more.
    gcTime: 0,
    staleTime: 0,
  });
  useSyncExternalStore(pages.subscribe, pages.snapshot);
  return { pages, query };
}
