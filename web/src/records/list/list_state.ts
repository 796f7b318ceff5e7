// SPDX-License-Identifier: Apache-2.0
// What a list shows lives in the address, so that it can be sent to a colleague: the view, and
// beside it only what differs from the view.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { views_query } from "../../api/queries";
import type { FieldMeta, Presentation, SavedView, TypeMeta, ViewDefinition } from "../../api/types";
import type { SortKey } from "../../kit/data_grid/grid_header";
import { type Dictionary, useDictionary } from "../dictionary";
import { parse_sort, sort_text } from "../filter/filter_text";
import { columns_text, type ListColumn, parse_columns } from "./columns_text";

export interface ListState {
  filter: string;
  sort: SortKey[];
  columns: { path: string; width: number | undefined; field: FieldMeta }[];
  group_by: string;
  sum: string;
  density: string;
  presentation: Presentation;
  q: string;
  // The day that a calendar shows; empty: today.
  day: string;
  raw: boolean;
  view: SavedView | undefined;
  views: SavedView[];
  // Shown otherwise than the view says.
  is_changed: boolean;
  definition: ViewDefinition;
  change: (next: Partial<ViewDefinition> & { q?: string; raw?: boolean; day?: string }) => void;
  open: (view: number | "all") => void;
}

export type Search = Record<string, string | number | boolean | undefined>;
const COLUMNS_MAX = 50;
const DEFAULT_SORT: Record<string, string> = { activity: "-starts_at", sale: "-expected_on" };
// Parts of a definition as the address has them.
const PARTS = ["filter", "sort", "columns", "group_by", "sum", "density", "presentation"] as const;

export function default_columns(type: TypeMeta): string[] {
  return type.list_columns ?? type.fields.slice(0, 6).map((field) => field.name);
}

export function type_definition(type: TypeMeta): ViewDefinition {
  return {
    filter: "",
    sort: DEFAULT_SORT[type.name] ?? "name",
    group_by: "",
    sum: "",
    density: "",
    presentation: "table",
    columns: default_columns(type).map((path) => ({ path })),
  };
}

// The view an address names; without one, the user's default, then everyone's.
export function view_of(views: SavedView[], named: unknown): SavedView | undefined {
  if (named === "all") return undefined;
  if (named !== undefined) return views.find((view) => view.id === Number(named));
  return views.find((view) => view.is_default) ?? views.find((view) => view.is_standard);
}

export function base_of(type: TypeMeta, view: SavedView | undefined): ViewDefinition {
  const base = type_definition(type);
  if (!view) return base;
  const { sort, columns, ...rest } = view.opens_with;
  return {
    ...base,
    ...rest,
    sort: sort || base.sort,
    columns: columns.length ? columns : base.columns,
  };
}

export function texts_of(definition: ViewDefinition): Record<(typeof PARTS)[number], string> {
  return { ...definition, columns: columns_text(definition.columns) };
}

// What the address adds to the view: only what differs, an emptied part as empty text.
export function differences(base: ViewDefinition, next: ViewDefinition): Search {
  const before = texts_of(base);
  const after = texts_of(next);
  return Object.fromEntries(
    PARTS.map((part) => [part, before[part] === after[part] ? undefined : after[part]]),
  );
}

export function definition_of(base: ViewDefinition, search: Search): ViewDefinition {
  const text = (part: string, fallback: string) =>
    search[part] === undefined ? fallback : String(search[part]);
  const columns = search.columns ? parse_columns(String(search.columns)) : base.columns;
  return {
    filter: text("filter", base.filter),
    sort: text("sort", base.sort),
    group_by: text("group_by", base.group_by),
    sum: text("sum", base.sum),
    density: text("density", base.density) as ViewDefinition["density"],
    presentation: presentation_of(text("presentation", base.presentation)),
    columns,
  };
}

const PRESENTATIONS: Presentation[] = ["table", "board", "month", "week"];
const presentation_of = (text: string) =>
  PRESENTATIONS.find((presentation) => presentation === text) ?? "table";

const NO_VIEWS: SavedView[] = [];

// A list within something else has no views: a default view would hide some of its rows.
export function useListState(type: TypeMeta, with_views = true): ListState & { is_ready: boolean } {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const dictionary = useDictionary();
  const answer = useQuery({ ...views_query(type.plural), enabled: with_views });
  const views = (with_views && answer.data?.items) || NO_VIEWS;
  const is_ready = !with_views || !answer.isPending;
  return useMemo(() => {
    const view = view_of(views, search.view);
    const base = base_of(type, view);
    const definition = definition_of(base, search);
    const go = (next: Search) =>
      void navigate({ to: ".", replace: true, search: without_undefined(next) as never });
    return {
      ...definition,
      sort: parse_sort(definition.sort),
      columns: columns_of(dictionary, type, definition.columns),
      q: String(search.q ?? ""),
      day: String(search.day ?? ""),
      raw: search.raw === true,
      view,
      views,
      definition,
      is_changed: Object.values(differences(base, definition)).some((part) => part !== undefined),
      is_ready,
      change: ({ q, raw, day, ...parts }) =>
        go({
          ...search,
          q: (q ?? (search.q === undefined ? "" : String(search.q))) || undefined,
          raw: (raw ?? search.raw) || undefined,
          day: (day ?? search.day) || undefined,
          ...differences(base, { ...definition, ...parts }),
        }),
      open: (id) => go({ view: id }),
    };
  }, [search, navigate, dictionary, type, views, is_ready]);
}

export function sort_change(sort: SortKey[]): { sort: string } {
  return { sort: sort_text(sort) ?? "" };
}

function columns_of(dictionary: Dictionary, type: TypeMeta, columns: ListColumn[]) {
  return columns.slice(0, COLUMNS_MAX).flatMap(({ path, width }) => {
    const field = dictionary.field(type, path);
    return field && !field.hidden ? [{ path, width, field }] : [];
  });
}

function without_undefined(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
