// SPDX-License-Identifier: Apache-2.0
// Records of a selection as a list: the same columns, order and filter as everywhere.
import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo } from "react";
import { api } from "../../api/client";
import { PAGE_SIZE } from "../../api/queries";
import type { Page, Row, TypeMeta } from "../../api/types";
import { DataGrid } from "../../kit/data_grid/data_grid";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { sort_text } from "../../records/filter/filter_text";
import { useGridColumns } from "../../records/list/list_columns";
import type { ListState } from "../../records/list/list_state";
import { useErrorText } from "../../records/use_translate";
import classes from "./selections.module.css";

interface Props {
  type: TypeMeta;
  state: ListState;
  path: string;
  filter?: string;
  selected: Set<number>;
  select: (selected: Set<number>) => void;
  empty: ReactNode;
}

export function SelectionGrid(props: Props) {
  const { type, state, path, selected, select } = props;
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const columns = useGridColumns(type, state);
  const fields = [...new Set(["name", ...state.columns.map((column) => column.path)])].join(",");
  const params = {
    filter: props.filter ?? (state.filter || undefined),
    sort: sort_text(state.sort),
    q: state.q || undefined,
    fields,
  };
  // Without a count: the page does not wait for what the header asks anyway.
  const list = useInfiniteQuery({
    queryKey: ["list", type.plural, path, params, "members"],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Row>>(
        path,
        { ...params, limit: PAGE_SIZE, cursor: pageParam, count: "none" },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (previous) => previous,
  });
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const load_more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const words = useMemo(
    () => ({ select_all: t`Select all`, select_row: t`Select`, loading: t`Loading` }),
    [t],
  );
  if (list.isPending) {
    return (
      <div className={classes.pad}>
        <SkeletonLines count={12} />
      </div>
    );
  }
  if (list.isError && !rows.length) {
    return (
      <ErrorState
        title={t`The list could not be shown`}
        detail={error_text(list.error)}
        retry={() => void list.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (!rows.length) return props.empty;
  return (
    <DataGrid
      label={dictionary.text(type.label_plural, type.plural)}
      rows={rows}
      columns={columns}
      sort={state.sort}
      on_sort={(sort) => state.change({ sort })}
      selected={selected}
      on_select={select}
      on_open={(row) =>
        void navigate({ to: "/$plural/$id", params: { plural: type.plural, id: String(row.id) } })
      }
      row_name={(row) => String(row.name ?? row.id)}
      row_url={(row) => `/${type.plural}/${row.id}`}
      load_more={load_more}
      words={words}
    />
  );
}
