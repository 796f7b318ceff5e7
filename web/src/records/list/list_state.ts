// SPDX-License-Identifier: Apache-2.0
// What a list shows lives in the address, so that a view can be sent to a colleague.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { FieldMeta, TypeMeta } from "../../api/types";
import type { SortKey } from "../../kit/data_grid/grid_header";
import { type Dictionary, useDictionary } from "../dictionary";
import { parse_sort, sort_text } from "../filter/filter_text";

export interface ListState {
  filter: string;
  sort: SortKey[];
  columns: { path: string; field: FieldMeta }[];
  q: string;
  raw: boolean;
  change: (next: {
    filter?: string | undefined;
    sort?: SortKey[];
    columns?: string[];
    q?: string | undefined;
    raw?: boolean;
  }) => void;
}

const COLUMNS_MAX = 24;
const DEFAULT_SORT: Record<string, string> = { activity: "-starts_at", sale: "-expected_on" };

export function default_columns(type: TypeMeta): string[] {
  return type.list_columns ?? type.fields.slice(0, 6).map((field) => field.name);
}

export function useListState(type: TypeMeta): ListState {
  const search = useSearch({ strict: false }) as Record<string, string | boolean | undefined>;
  const navigate = useNavigate();
  const dictionary = useDictionary();
  return useMemo(() => {
    const names = search.columns ? String(search.columns).split(",") : default_columns(type);
    return {
      filter: String(search.filter ?? ""),
      sort: parse_sort(String(search.sort ?? DEFAULT_SORT[type.name] ?? "name")),
      columns: columns_of(dictionary, type, names),
      q: String(search.q ?? ""),
      raw: search.raw === true,
      change: (next) => {
        const { sort, columns, ...rest } = next;
        const part: Record<string, unknown> = { ...rest };
        if (sort) part.sort = sort_text(sort);
        if (columns) part.columns = columns.join(",");
        void navigate({
          to: ".",
          replace: true,
          search: ((old: Record<string, unknown>) => without_empty({ ...old, ...part })) as never,
        });
      },
    };
  }, [search, navigate, dictionary, type]);
}

function columns_of(dictionary: Dictionary, type: TypeMeta, names: string[]) {
  return names.slice(0, COLUMNS_MAX).flatMap((path) => {
    const field = dictionary.field(type, path);
    return field && !field.hidden ? [{ path, field }] : [];
  });
}

function without_empty(search: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value));
}
