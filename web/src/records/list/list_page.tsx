// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import type { Page, Row, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import {
  type GridSelection,
  is_selected,
  NOTHING,
  selected_count,
} from "../../kit/data_grid/grid_selection";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { open_create } from "../commands";
import { useDictionary } from "../dictionary";
import { useTrailOf } from "../list_trail";
import { TypeIcon } from "../type_icon";
import { useErrorText } from "../use_translate";
import { ViewBar } from "../views/view_bar";
import { ViewProblems } from "../views/view_problems";
import { ListBody } from "./list_body";
import classes from "./list_page.module.css";
import { type ListState, useListState } from "./list_state";
import { ListToolbar } from "./list_toolbar";
import { MatchBanner, useMatchCount } from "./match_banner";
import { type Rows, useRows } from "./use_rows";

const Board = lazy(() => import("./board"));
const Calendar = lazy(() => import("./calendar"));
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
  useTrailOf(type.plural, rows.trail);
  const [selection, select] = useState<GridSelection>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another selection
  useEffect(() => select(NOTHING), [state.filter, state.q]);
  const total = useMatchCount(type, state, selection.all) ?? 0;
  const some = selected_count(selection, total) > 0;
  const loaded = rows.loaded_ids();
  return (
    <div className="page" data-type={type.name}>
      <PageHeader
        icon={<TypeIcon type={type} />}
        title={dictionary.text(type.label_plural, type.plural)}
        note={<span className="tabular">{count_text(rows.counted)}</span>}
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
      <ViewBar type={type} state={state} />
      <ListToolbar type={type} state={state} />
      <ViewProblems view={state.view} />
      <MatchBanner
        type={type}
        state={state}
        selection={selection}
        select={select}
        page_selected={some && loaded.every((id) => is_selected(selection, id))}
        more={rows.has_more}
      />
      <Body type={type} state={state} rows={rows} selection={selection} select={select} />
      {some && (
        <Suspense>
          <BulkBar
            type={type}
            state={state}
            selection={selection}
            total={total}
            clear={() => select(NOTHING)}
          />
        </Suspense>
      )}
    </div>
  );
}

interface BodyProps {
  type: TypeMeta;
  state: ListState;
  rows: Rows;
  selection: GridSelection;
  select: (selection: GridSelection) => void;
}

function Body({ type, state, rows, selection, select }: BodyProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  if (rows.error) {
    return (
      <ErrorState
        title={t`The list could not be shown`}
        detail={error_text(rows.error)}
        retry={rows.retry}
        retry_label={t`Try again`}
      />
    );
  }
  const skeleton = (
    <div className={classes.skeleton}>
      <SkeletonLines count={14} />
    </div>
  );
  if (rows.is_pending) return skeleton;
  if (state.presentation !== "table") {
    const Shown = state.presentation === "board" ? Board : Calendar;
    return (
      <Suspense fallback={skeleton}>
        <Shown type={type} state={state} />
      </Suspense>
    );
  }
  if (!rows.grid.count) return <EmptyList type={type} state={state} />;
  return <ListBody type={type} state={state} rows={rows} selection={selection} select={select} />;
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
          <Button variant="default" onClick={() => state.change({ filter: "", q: "" })}>
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
