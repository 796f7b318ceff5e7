// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client, refresh_record } from "../../api/queries";
import type { AggregateGroup, FieldMeta, Page, Row, TypeMeta } from "../../api/types";
import { toast_error } from "../../kit/toast";
import { useDictionary } from "../dictionary";
import { useErrorText } from "../use_translate";
import type { ListState } from "./list_state";
import { fetch_groups, narrowed } from "./use_group_rows";
import { params_of } from "./use_list_rows";

export interface BoardColumn {
  key: string;
  value: string | null;
  name: string;
  rows: Row[];
  count: number;
  sum: unknown;
  more: () => void;
}

const CARDS_FIRST = 50;
const CARDS_MAX = 500;

interface Move {
  row: Row;
  value: string | null;
}

export function useBoard(type: TypeMeta, state: ListState, field: FieldMeta | undefined) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [limits, set_limits] = useState<Record<string, number>>({});
  const path = field?.name ?? "";
  const params = params_of(type, state);
  const groups = useQuery({
    queryKey: ["list", type.plural, "board", { ...params, path, sum: state.sum }],
    queryFn: ({ signal }) =>
      fetch_groups(type.plural, state, path, state.sum ? [state.sum] : [], signal),
    enabled: path !== "",
    placeholderData: (old) => old,
  });
  const values = column_values(dictionary.items(field?.list), groups.data?.groups ?? []);
  const pages = useQueries({
    queries: values.map((value) => {
      const limit = limits[String(value)] ?? CARDS_FIRST;
      const drill = value === null ? `${path} empty` : `${path} eq '${value}'`;
      const query = { ...params, limit, filter: narrowed(params.filter, drill) };
      return {
        queryKey: ["list", type.plural, "cards", query],
        queryFn: () => api.get<Page<Row>>(`/${type.plural}`, query),
        enabled: path !== "",
      };
    }),
  });
  const { moving, move } = useMoves(type, path);
  const columns = values.map((value, place): BoardColumn => {
    const group = groups.data?.groups.find((entry) => (entry.keys[0]?.value ?? null) === value);
    const away = new Set(moving.map((move) => move.row.id));
    const arriving = moving.filter((move) => move.value === value).map((move) => move.row);
    const rows = (pages[place]?.data?.items ?? []).filter((row) => !away.has(row.id));
    const item = dictionary.item(field?.list, value ?? "");
    return {
      key: String(value),
      value,
      name: value === null ? t`Empty` : dictionary.text(item?.label, value),
      rows: [...arriving, ...rows],
      count: Math.max(group?.count ?? 0, arriving.length + rows.length),
      sum: group?.values[1],
      more: () => set_limits((old) => ({ ...old, [String(value)]: CARDS_MAX })),
    };
  });
  return { columns, move };
}

// Cards on their way to another column are shown there before the server says yes.
function useMoves(type: TypeMeta, path: string) {
  const error_text = useErrorText();
  const [moving, set_moving] = useState<Move[]>([]);
  const save = useMutation({
    mutationFn: ({ row, value }: Move) =>
      api.patch<Row>(`/${type.plural}/${row.id}`, { [path]: value }, row.version),
    onError: (error) => toast_error(error_text(error)),
    onSettled: async (_next, _error, { row }) => {
      refresh_record(type.plural, row.id);
      await query_client.refetchQueries({ queryKey: ["list", type.plural, "cards"] });
      set_moving((old) => old.filter((entry) => entry.row.id !== row.id));
    },
  });
  const move = (row: Row, value: string | null) => {
    if ((row[path] ?? null) === value) return;
    set_moving((old) => [...old, { row: { ...row, [path]: value }, value }]);
    save.mutate({ row, value });
  };
  return { moving, move };
}

// A column for every choice in the list's order, also without records; for retired choices and for
// empty only when there are records.
function column_values(
  items: { key: string; retired?: boolean }[],
  groups: AggregateGroup[],
): (string | null)[] {
  const used = new Set(groups.map((group) => group.keys[0]?.value ?? null));
  const listed = items.filter((item) => !item.retired || used.has(item.key));
  const values: (string | null)[] = listed.map((item) => item.key);
  return used.has(null) ? [null, ...values] : values;
}
