// SPDX-License-Identifier: Apache-2.0
// The grid of a list with everything that is done in it.
import { useLingui } from "@lingui/react/macro";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Row, TypeMeta } from "../../api/types";
import { DataGrid, type EditedCell, type GridHandle } from "../../kit/data_grid/data_grid";
import type { GridSelection } from "../../kit/data_grid/grid_selection";
import type { GridRows, GridWords } from "../../kit/data_grid/grid_types";
import { useDictionary } from "../dictionary";
import { useGridColumns } from "./list_columns";
import classes from "./list_page.module.css";
import { type ListState, sort_change } from "./list_state";
import { useCellEdits } from "./use_cell_edits";

const load_editor = () => import("./cell_editor");
const CellEditor = lazy(load_editor);
// Fetched while nothing else happens, so that the first edit begins at once.
const IDLE_MS = 1_000;
const PreviewPanel = lazy(() => import("./preview_panel"));
const PHONE = "(max-width: 700px)";

export interface ListRows {
  grid: GridRows<Row>;
  loaded_ids: () => number[];
  place_of: (id: number) => number;
  patch: (id: number, values: Partial<Row>) => void;
  toggle: (key: string) => void;
  busy: boolean;
}

interface Props {
  type: TypeMeta;
  state: ListState;
  rows: ListRows;
  selection: GridSelection;
  select: (selection: GridSelection) => void;
}

export function ListBody({ type, state, rows, selection, select }: Props) {
  const navigate = useNavigate();
  const dictionary = useDictionary();
  const words = useWords();
  const phone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches) ?? false;
  const columns = useGridColumns(type, state);
  const edits = useCellEdits(type, rows.patch);
  const handle = useRef<GridHandle>(null);
  const [previewed, set_previewed] = useState<number | undefined>();
  const fields = useMemo(
    () => new Map(state.columns.map((column) => [column.path, column.field])),
    [state.columns],
  );
  const editor = ({ row, column, typed, ending, end }: EditedCell<Row>) => (
    <Suspense fallback={null}>
      <CellEditor
        row={row}
        field={fields.get(column)!}
        typed={typed}
        ending={ending}
        refused={edits.refused_of(row.id, column)}
        save={edits.save}
        end={end}
      />
    </Suspense>
  );
  useEffect(() => {
    const timer = setTimeout(() => {
      void load_editor();
      void import("../fields/inputs");
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  useStartOver(handle, state);
  const preview = useCallback((row: Row | null) => set_previewed(row?.id), []);
  const close = () => {
    set_previewed(undefined);
    handle.current?.focus();
  };
  return (
    <div className={classes.body} data-busy={rows.busy || undefined}>
      <DataGrid
        handle={handle}
        label={dictionary.text(type.label_plural, type.plural)}
        rows={rows.grid}
        columns={columns}
        density={state.density}
        cards={phone}
        sort={state.sort}
        on_sort={(sort) => state.change(sort_change(sort))}
        on_columns={(next) => state.change({ columns: kept_widths(state, columns, next) })}
        selection={selection}
        on_select={select}
        loaded_ids={rows.loaded_ids}
        on_open={(row) =>
          void navigate({ to: "/$plural/$id", params: { plural: type.plural, id: String(row.id) } })
        }
        on_preview={phone ? undefined : preview}
        previewed={previewed}
        on_group={rows.toggle}
        row_name={(row) => String(row.name ?? row.id)}
        row_url={(row) => `/${type.plural}/${row.id}`}
        editor={dictionary.can(type.name, "update") ? editor : undefined}
        marks={edits.marks_of}
        words={words}
      />
      {previewed !== undefined && (
        <Suspense>
          <PreviewPanel
            type={type}
            id={previewed}
            step={(by) => set_previewed(neighbour(rows, previewed, by))}
            close={close}
          />
        </Suspense>
      )}
      <Suspense>{edits.dialog}</Suspense>
    </div>
  );
}

function useWords(): GridWords {
  const { t } = useLingui();
  return useMemo(
    () => ({
      select_all: t`Select all`,
      select_row: t`Select`,
      preview: t`Preview`,
      expand: t`Show the group`,
      column_keys: t`Click sorts, Shift adds. Alt with arrows moves it, Alt Shift resizes it.`,
    }),
    [t],
  );
}

// Another filter or order begins at the top.
function useStartOver(handle: React.RefObject<GridHandle | null>, state: ListState) {
  const { filter, q, group_by } = state;
  const sort = state.definition.sort;
  const before = useRef("");
  useEffect(() => {
    const now = JSON.stringify([filter, q, sort, group_by]);
    if (before.current && before.current !== now) handle.current?.to_start();
    before.current = now;
  }, [handle, filter, q, sort, group_by]);
}

// Only a width that somebody set is kept in the address.
function kept_widths(
  state: ListState,
  shown: { name: string; width: number }[],
  next: { name: string; width: number }[],
) {
  const set = new Map(state.columns.map((column) => [column.path, column.width]));
  const before = new Map(shown.map((column) => [column.name, column.width]));
  return next.map(({ name, width }) => {
    const kept = width === before.get(name) ? set.get(name) : width;
    return kept ? { path: name, width: kept } : { path: name };
  });
}

function neighbour(rows: ListRows, id: number, by: 1 | -1): number {
  const place = rows.place_of(id);
  for (let at = place + by; place >= 0 && at >= 0 && at < rows.grid.count; at += by) {
    const item = rows.grid.at(at);
    if (item?.kind === "row") return item.row.id;
    if (!item) break;
  }
  return id;
}
