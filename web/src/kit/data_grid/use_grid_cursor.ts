// SPDX-License-Identifier: Apache-2.0
// The cursor of a grid: where it stands, whether its cell is edited, and what keys and clicks do.
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import type { DataGridProps } from "./data_grid";
import type { GridAct } from "./grid_row";
import { is_selected, select_rows } from "./grid_selection";
import type { EditEnd, GridColumn, GridPlace } from "./grid_types";
import { type KeyActs, useGridKeys } from "./use_grid_keys";
import type { useRowWindow } from "./use_row_window";

interface Parts<T extends { id: number }> extends DataGridProps<T> {
  scroller: RefObject<HTMLDivElement | null>;
  window_of_rows: ReturnType<typeof useRowWindow>;
}

export function useGridCursor<T extends { id: number }>(parts: Parts<T>) {
  const [place, set_place] = useState<GridPlace>({ index: 0, column: 0 });
  const [editing, set_editing] = useState(false);
  const early = useEarlyKeys();
  const anchor = useRef(0);
  const latest = useRef({ ...parts, place });
  latest.current = { ...parts, place };

  const go = useCallback((next: GridPlace) => {
    latest.current.place = next;
    set_place(next);
    set_editing(false);
    latest.current.window_of_rows.scroll_to(next.index);
    const { on_preview, previewed, rows } = latest.current;
    const item = rows.at(next.index);
    // The preview follows the cursor.
    if (on_preview && previewed !== undefined && item?.kind === "row") on_preview(item.row);
  }, []);
  const begin_edit = useCallback(
    (at: GridPlace, first: string | null) => {
      const { columns, rows, editor, cards } = latest.current;
      const item = rows.at(at.index);
      if (!editor || cards || item?.kind !== "row" || !columns[at.column]?.editing) return false;
      latest.current.place = at;
      set_place(at);
      early.begin(first);
      set_editing(true);
      return true;
    },
    [early.begin],
  );
  const end_edit = useCallback(
    (how: EditEnd) => {
      const { place: at, rows, columns, scroller } = latest.current;
      set_editing(false);
      scroller.current?.focus({ preventScroll: true });
      if (how === "down" && at.index + 1 < rows.count) go({ ...at, index: at.index + 1 });
      if (how === "next" || how === "previous") {
        const next = next_editable(columns, at, how === "next" ? 1 : -1, rows.count);
        if (next) go(next);
        if (next) begin_edit(next, null);
      }
    },
    [go, begin_edit],
  );
  const act = useMemo(() => make_act(latest, anchor, go, begin_edit), [go, begin_edit]);
  const acts = make_key_acts(latest, anchor, act, go, begin_edit);
  Object.assign(acts, early.acts, { cancel_edit: () => end_edit("stay") });
  const on_key = useGridKeys({ ...standing_at(parts, place), place, editing, acts });
  return { place, editing, ...early.keys, act, on_key, end_edit, to: set_place };
}

// What the keys need to know of where the cursor stands.
function standing_at<T extends { id: number }>(parts: Parts<T>, place: GridPlace) {
  const item = parts.rows.at(place.index);
  return {
    count: parts.rows.count,
    page: parts.window_of_rows.page,
    columns: parts.columns as unknown as GridColumn<never>[],
    is_group: item?.kind === "group",
    previewing: parts.previewed !== undefined,
    editable: !!parts.editor && item?.kind === "row" && !!parts.columns[place.column]?.editing,
  };
}

// Keys that come before the input is there: what was typed until now, and how the edit was ended.
function useEarlyKeys() {
  const [typed, set_typed] = useState<string | null>(null);
  const [ending, set_ending] = useState<EditEnd | null>(null);
  const begin = useCallback((first: string | null) => {
    set_typed(first);
    set_ending(null);
  }, []);
  const type_on = (key: string) => {
    if (!ending) set_typed((old) => (old === null ? null : old + key));
  };
  return { keys: { typed, ending }, begin, acts: { type_on, end_on: set_ending } };
}

type Latest<T extends { id: number }> = { current: Parts<T> & { place: GridPlace } };
type Go = (place: GridPlace) => void;
type Begin = (place: GridPlace, typed: string | null) => boolean;

function next_editable<T>(
  columns: GridColumn<T>[],
  from: GridPlace,
  step: 1 | -1,
  count: number,
): GridPlace | null {
  let { index, column } = from;
  for (let tries = 0; tries < columns.length * 2; tries += 1) {
    column += step;
    if (column < 0 || column >= columns.length) {
      index += step;
      column = step > 0 ? 0 : columns.length - 1;
    }
    if (index < 0 || index >= count) return null;
    if (columns[column]?.editing) return { index, column };
  }
  return null;
}

function make_act<T extends { id: number }>(
  latest: Latest<T>,
  anchor: { current: number },
  go: Go,
  begin_edit: Begin,
): GridAct {
  const row_at = (index: number) => {
    const item = latest.current.rows.at(index);
    return item?.kind === "row" ? item.row : undefined;
  };
  return {
    open: (index) => {
      const row = row_at(index);
      if (row) latest.current.on_open(row);
    },
    activate: (index, column) => {
      anchor.current = index;
      go({ index, column });
      latest.current.scroller.current?.focus({ preventScroll: true });
    },
    edit: (index, column) => {
      if (!begin_edit({ index, column }, null)) {
        const row = row_at(index);
        if (row) latest.current.on_open(row);
      }
    },
    preview: (index) => {
      const { on_preview, previewed, place } = latest.current;
      const row = row_at(index);
      if (!row || !on_preview) return;
      if (place.index !== index) go({ ...place, index });
      on_preview(previewed === row.id ? null : row);
    },
    select: (index, range) => {
      const { selection, on_select } = latest.current;
      const row = row_at(index);
      if (!row) return;
      const wanted = !is_selected(selection, row.id);
      const from = range ? Math.min(anchor.current, index) : index;
      const to = range ? Math.max(anchor.current, index) : index;
      const ids: number[] = [];
      for (let at = from; at <= to; at += 1) ids.push(row_at(at)?.id ?? -1);
      anchor.current = index;
      on_select(
        select_rows(
          selection,
          ids.filter((id) => id >= 0),
          wanted,
        ),
      );
    },
  };
}

function make_key_acts<T extends { id: number }>(
  latest: Latest<T>,
  anchor: { current: number },
  act: GridAct,
  go: Go,
  begin_edit: Begin,
): KeyActs {
  const here = () => latest.current.place.index;
  const ids_between = (from: number, to: number) => {
    const ids: number[] = [];
    for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) {
      const item = latest.current.rows.at(at);
      if (item?.kind === "row") ids.push(item.row.id);
    }
    return ids;
  };
  return {
    move: (next, extend) => {
      const { selection, on_select } = latest.current;
      if (extend && next.index !== here())
        on_select(select_rows(selection, ids_between(here(), next.index), true));
      else anchor.current = next.index;
      go(next);
    },
    edit: (typed) => void begin_edit(latest.current.place, typed),
    open: () => act.open(here()),
    toggle: () => {
      const item = latest.current.rows.at(here());
      if (item?.kind === "group" && !item.closed_for_good) latest.current.on_group(item.key);
    },
    preview: () => act.preview(here()),
    select: (range) => act.select(here(), range),
    select_loaded: () => {
      const { selection, on_select, loaded_ids } = latest.current;
      on_select(select_rows(selection, loaded_ids(), true));
    },
    type_on: () => {},
    end_on: () => {},
    cancel_edit: () => {},
    escape: () => latest.current.on_preview?.(null),
  };
}
