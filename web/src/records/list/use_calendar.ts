// SPDX-License-Identifier: Apache-2.0
// The records of the days that a calendar shows. One question brings them all, and a second one how
// many there are on each day; only days that are too full for it are asked for one by one.
import { useQueries, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { AggregateAnswer, Page, Row, TypeMeta } from "../../api/types";
import { format_locale } from "../../base/format";
import { add_days, day_of } from "./calendar_days";
import { value_at } from "./list_columns";
import type { ListState } from "./list_state";
import { end_of, moved_onto, useDayMoves } from "./use_day_moves";
import { narrowed } from "./use_group_rows";
import { params_of, type RowsParams } from "./use_list_rows";

export interface CalendarDay {
  day: string;
  rows: Row[];
  count: number;
  // The records of this day and no other.
  filter: string;
}

// The most that the server hands out at once.
const ROWS_MAX = 500;
const ROWS_OF_FULL_DAY = 50;
const DAYS_MAX = 60;

export const day_filter = (path: string, from: string, to: string) =>
  `${path} ge ${from} and ${path} lt ${to}`;

export function useCalendar(
  type: TypeMeta,
  state: ListState,
  days: string[],
  // The choice that gives each record its colour.
  colour: string | undefined,
) {
  const path = state.group_by;
  const { time_zone } = format_locale();
  const listed = params_of(type, state);
  const fields = [listed.fields, end_of(type, path), colour].filter(Boolean).join(",");
  const params = { ...listed, fields, sort: `${path},name` };
  const from = days[0]!;
  const to = add_days(days.at(-1)!, 1);
  const filter = narrowed(state.filter, day_filter(path, from, to));
  const key = ["list", type.plural, "calendar"];
  const counts = useQuery({
    queryKey: [...key, "counts", { filter, q: state.q }],
    queryFn: ({ signal }) => count_by_day(type.plural, path, { filter, q: state.q }, signal),
    placeholderData: (old) => old,
  });
  const page = useQuery({
    queryKey: [...key, "rows", { ...params, filter }],
    queryFn: ({ signal }) =>
      api.get<Page<Row>>(`/${type.plural}`, { ...params, filter, limit: ROWS_MAX }, signal),
    placeholderData: (old) => old,
  });
  const items = page.data?.items ?? [];
  // Beyond the last record of a full page nothing is known, of its own day neither.
  const last = page.data?.next ? day_of(value_at(items.at(-1)!, path), time_zone) : null;
  const single = useFullDays(type, state, params, last ? days.filter((day) => day >= last) : []);
  const moves = useDayMoves(type, path);
  const by_day = new Map<string, Row[]>(days.map((day) => [day, []]));
  const lay = (row: Row) => by_day.get(day_of(value_at(row, path), time_zone) ?? "")?.push(row);
  for (const row of items) if (!last || day_of(value_at(row, path), time_zone)! < last) lay(row);
  for (const answer of single) for (const row of answer.data?.items ?? []) lay(row);
  const laid = days.map((day): CalendarDay => {
    const here = by_day.get(day) ?? [];
    const { rows, more } = moved_onto(day, here, moves.moving, path, time_zone);
    return {
      day,
      rows,
      count: Math.max(rows.length, (counts.data?.get(day) ?? 0) + more),
      filter: day_filter(path, day, add_days(day, 1)),
    };
  });
  return {
    days: laid,
    move: moves.move,
    is_pending: page.isPending,
    is_stale: page.isPlaceholderData,
    error: page.error,
    retry: () => void page.refetch(),
  };
}

function useFullDays(type: TypeMeta, state: ListState, params: RowsParams, full: string[]) {
  return useQueries({
    queries: full.map((day) => {
      const of_day = day_filter(state.group_by, day, add_days(day, 1));
      const filter = narrowed(state.filter, of_day);
      const query = { ...params, filter, limit: ROWS_OF_FULL_DAY };
      return {
        queryKey: ["list", type.plural, "calendar", "day", query],
        queryFn: () => api.get<Page<Row>>(`/${type.plural}`, query),
      };
    }),
  });
}

async function count_by_day(
  plural: string,
  path: string,
  where: { filter: string; q: string },
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const body = {
    ...where,
    group_by: [{ field: path, by: "day" }],
    measures: [{ kind: "count" }],
    order: { by: "group" },
    limit: DAYS_MAX,
  };
  const answer = await api.post<AggregateAnswer>(`/${plural}/aggregate`, body, { signal });
  return new Map(answer.groups.map((group) => [String(group.keys[0]?.value), group.count]));
}

// How many records a calendar of this date never shows.
export function useUndated(type: TypeMeta, state: ListState, path: string) {
  const filter = narrowed(state.filter, `${path} empty`);
  const answer = useQuery({
    queryKey: ["list", type.plural, "calendar", "undated", { filter, q: state.q }],
    queryFn: ({ signal }) =>
      api.post<AggregateAnswer>(
        `/${type.plural}/aggregate`,
        { filter, q: state.q, measures: [{ kind: "count" }] },
        { signal },
      ),
    enabled: path !== "",
  });
  return { count: answer.data?.total.count ?? 0, filter };
}
