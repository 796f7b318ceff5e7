// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { list_query } from "../../api/queries";
import type { Page, Row, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { DataGrid } from "../../kit/data_grid/data_grid";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { open_create } from "../commands";
import { useDictionary } from "../dictionary";
import { sort_text } from "../filter/filter_text";
import { TypeIcon } from "../type_icon";
import { useErrorText } from "../use_translate";
import { useGridColumns } from "./list_columns";
import classes from "./list_page.module.css";
import { type ListState, useListState } from "./list_state";
import { ListToolbar } from "./list_toolbar";

const BulkBar = lazy(() => import("./bulk_bar"));

export function ListPage() {
  const { t } = useLingui();
  const { plural } = useParams({ strict: false }) as { plural: string };
  const { type_of_plural } = useDictionary();
  const type = type_of_plural(plural);
  if (!type) return <EmptyState title={t`There is no such page`} />;
  return <TypeList key={plural} type={type} />;
}

export function count_text(count: Page<Row>["count"] | undefined): string {
  if (!count) return "";
  return number_text(count.value, 0) + (count.at_least ? "+" : "");
}

function TypeList({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const state = useListState(type);
  const rows = useRows(type, state);
  const [selected, set_selected] = useState<Set<number>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another selection
  useEffect(() => set_selected(new Set()), [state.filter, state.q]);
  const title = dictionary.text(type.label_plural, type.plural);
  return (
    <div className="page" data-type={type.name}>
      <PageHeader
        icon={<TypeIcon type={type} />}
        title={title}
        note={<span className="tabular">{count_text(rows.count)}</span>}
        actions={
          dictionary.can(type.name, "create") && (
            <Button
              leftSection={<IconPlus size={16} />}
              onClick={() => open_create({ type: type.name })}
            >
              {t`New`}
            </Button>
          )
        }
      />
      <ListToolbar type={type} state={state} />
      <ListBody type={type} state={state} rows={rows} selected={selected} select={set_selected} />
      {selected.size > 0 && (
        <Suspense>
          <BulkBar
            type={type}
            state={state}
            selected={selected}
            clear={() => set_selected(new Set())}
            count={rows.count}
          />
        </Suspense>
      )}
    </div>
  );
}

function useRows(type: TypeMeta, state: ListState) {
  const fields = [...new Set(["name", ...state.columns.map((column) => column.path)])].join(",");
  const query = useInfiniteQuery(
    list_query(type.plural, {
      filter: state.filter || undefined,
      sort: sort_text(state.sort),
      q: state.q || undefined,
      fields,
    }),
  );
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const load_more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...query, items, load_more, count: data?.pages[0]?.count };
}

interface BodyProps {
  type: TypeMeta;
  state: ListState;
  rows: ReturnType<typeof useRows>;
  selected: Set<number>;
  select: (selected: Set<number>) => void;
}

function ListBody({ type, state, rows, selected, select }: BodyProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const columns = useGridColumns(type, state);
  const dictionary = useDictionary();
  const words = useMemo(
    () => ({ select_all: t`Select all`, select_row: t`Select`, loading: t`Loading` }),
    [t],
  );
  if (rows.isPending) {
    return (
      <div className={classes.skeleton}>
        <SkeletonLines count={14} />
      </div>
    );
  }
  if (rows.isError && !rows.items.length) {
    return (
      <ErrorState
        title={t`The list could not be shown`}
        detail={error_text(rows.error)}
        retry={() => void rows.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (!rows.items.length) return <EmptyList type={type} state={state} />;
  return (
    <div className={classes.body} data-busy={rows.isPlaceholderData || undefined}>
      <DataGrid
        label={dictionary.text(type.label_plural, type.plural)}
        rows={rows.items}
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
        load_more={rows.load_more}
        words={words}
      />
    </div>
  );
}

function EmptyList({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const icon = <TypeIcon type={type} size={22} />;
  if (state.filter || state.q) {
    return (
      <EmptyState
        icon={icon}
        title={t`Nothing fits the filter`}
        action={
          <Button
            variant="default"
            onClick={() => state.change({ filter: undefined, q: undefined })}
          >
            {t`Clear the filter`}
          </Button>
        }
      >
        {t`Loosen a condition, or clear the filter to see everything.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={t`Nothing here yet`}
      action={
        dictionary.can(type.name, "create") && (
          <Button onClick={() => open_create({ type: type.name })}>{t`Create the first`}</Button>
        )
      }
    >
      {t`Create the first one, or import a file.`}
    </EmptyState>
  );
}
