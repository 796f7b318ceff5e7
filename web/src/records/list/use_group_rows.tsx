// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useSyncExternalStore } from "react";
import { api } from "../../api/client";
import type { AggregateAnswer, AggregateGroup, FieldMeta, Row, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import type { GridItem, GridRows } from "../../kit/data_grid/grid_types";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { GroupRows } from "./group_rows";
import type { ListState } from "./list_state";
import { make_pages, params_of } from "./use_list_rows";

export const NUMBERS = ["money", "integer", "decimal"];
const MEASURES_MAX = 9;
const GROUPS_MAX = 1000;
const GROUPED = ["choice", "boolean", "country", "language", "link", "user", "group"];

export const is_groupable = (field: FieldMeta) => GROUPED.includes(field.kind) && !field.hidden;

// A filter within a filter; the outer one may hold an `or`.
export function narrowed(filter: string, by: string): string {
  return filter ? `(${filter}) and (${by})` : by;
}

function summed_columns(state: ListState) {
  return state.columns.filter(({ field }) => NUMBERS.includes(field.kind)).slice(0, MEASURES_MAX);
}

export async function fetch_groups(
  plural: string,
  state: Pick<ListState, "filter" | "q">,
  field: string,
  sums: string[],
  signal: AbortSignal,
): Promise<AggregateAnswer> {
  const body = {
    filter: state.filter,
    q: state.q,
    group_by: [{ field }],
    measures: [{ kind: "count" }, ...sums.map((path) => ({ kind: "sum", field: path }))],
    order: { by: "group" },
    limit: GROUPS_MAX,
  };
  return api.post<AggregateAnswer>(`/${plural}/aggregate`, body, { signal });
}

export function useGroupRows(type: TypeMeta, state: ListState, enabled: boolean) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const params = params_of(type, state);
  const { filter, q, sort, fields } = params;
  const { group_by } = state;
  const summed = summed_columns(state);
  const sums = summed.map((column) => column.path).join(",");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another field is another set of groups
  const rows = useMemo(
    () =>
      new GroupRows((drill) =>
        make_pages(type.plural, { q, sort, fields, filter: narrowed(filter, drill) }),
      ),
    [type.plural, filter, q, sort, fields, group_by, sums],
  );
  const query = useQuery({
    queryKey: ["list", type.plural, "groups", rows.serial],
    queryFn: async ({ signal }) => {
      const paths = sums ? sums.split(",") : [];
      const answer = await fetch_groups(type.plural, { filter, q }, group_by, paths, signal);
      await rows.set_groups(answer.groups);
      return answer;
    },
    enabled,
    gcTime: 0,
    staleTime: 0,
  });
  const want = useCallback((first: number, last: number) => rows.want(first, last), [rows]);
  const version = useSyncExternalStore(rows.subscribe, rows.snapshot);
  const field = dictionary.field(type, group_by);
  const head = (group: AggregateGroup, key: string, open: boolean): GridItem<Row> => {
    const value = field && group_value(field, group);
    const name = group_name(group) || t`Empty`;
    return {
      kind: "group",
      key,
      open,
      name,
      closed_for_good: group.filter === null,
      count: number_text(group.count, 0),
      label: value === null ? <span className="dim">{t`Empty`}</span> : group_label(field!, value),
      sums: Object.fromEntries(
        summed.map((column, place) => [
          column.path,
          <FieldView
            key={column.path}
            field={column.field}
            value={group.values[place + 1]}
            dense
          />,
        ]),
      ),
    };
  };
  const grid: GridRows<Row> = {
    count: rows.count,
    version,
    want,
    at: (index) => {
      const item = rows.at(index);
      if (!item) return undefined;
      if ("group" in item) return head(item.group, item.key, item.open);
      return item.row && { kind: "row", row: item.row };
    },
  };
  return { rows, grid, query };
}

// The value of a group as a record would have it.
export function group_value(field: FieldMeta, group: AggregateGroup): unknown {
  const key = group.keys[0];
  if (key?.value === null || key?.value === undefined) return null;
  const is_link = ["link", "user", "group"].includes(field.kind);
  return is_link ? { id: Number(key.value), name: key.label ?? `#${key.value}` } : key.value;
}

export const group_name = (group: AggregateGroup) => String(group.keys[0]?.label ?? "");

const group_label = (field: FieldMeta, value: unknown): ReactNode => (
  <FieldView field={field} value={value} dense />
);
