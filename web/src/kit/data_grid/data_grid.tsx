// SPDX-License-Identifier: Apache-2.0
// Rows in columns, however many: only what is in sight is in the page. A cursor stands in one cell;
// what is done with it is told to the owner.
import {
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import classes from "./data_grid.module.css";
import { SELECT_WIDTH, template_of, width_of } from "./grid_columns";
import { GridGroupRow, GridSkeletonRow } from "./grid_group_row";
import { GridHeader, type SortKey } from "./grid_header";
import { type GridAct, GridRow } from "./grid_row";
import { type GridSelection, is_selected, NOTHING, select_rows } from "./grid_selection";
import type { CellMarks, EditEnd, GridColumn, GridPlace, GridRows, GridWords } from "./grid_types";
import { useGridCursor } from "./use_grid_cursor";
import { useRowHeight } from "./use_row_height";
import { useRowWindow } from "./use_row_window";

export type { GridColumn } from "./grid_types";

export interface GridHandle {
  focus: () => void;
  to_start: () => void;
}

export interface DataGridProps<T extends { id: number }> {
  label: string;
  rows: GridRows<T>;
  columns: GridColumn<T>[];
  density?: string;
  // A phone: a card for each row.
  cards: boolean;
  sort: SortKey[];
  on_sort: (sort: SortKey[]) => void;
  on_columns: (columns: { name: string; width: number }[]) => void;
  selection: GridSelection;
  on_select: (selection: GridSelection) => void;
  loaded_ids: () => number[];
  on_open: (row: T) => void;
  on_preview?: ((row: T | null) => void) | undefined;
  previewed?: number | undefined;
  on_group: (key: string) => void;
  row_name: (row: T) => string;
  row_url: (row: T) => string;
  // The input for a cell; `typed` is the letter it began with.
  editor?: ((cell: EditedCell<T>) => ReactNode) | undefined;
  marks?: ((id: number) => CellMarks | undefined) | undefined;
  words: GridWords;
  handle?: React.Ref<GridHandle>;
}

export interface EditedCell<T> {
  row: T;
  column: string;
  typed: string | null;
  // How the edit was ended before there was an input to end it.
  ending: EditEnd | null;
  end: (how: EditEnd) => void;
}

export function DataGrid<T extends { id: number }>(props: DataGridProps<T>) {
  const { rows, selection, on_select, cards } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id_prefix = useId();
  const row_height = useRowHeight(props.density, cards);
  const [live, set_live] = useState<{ name: string; width: number }[] | null>(null);
  const columns = useMemo(() => in_order(props.columns, live), [props.columns, live]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the owner has new columns
  useEffect(() => set_live(null), [props.columns]);
  const template = template_of(columns);
  const window_of_rows = useRowWindow({ ...rows, row_height, scroller });
  const cursor = useGridCursor({ ...props, columns, scroller, window_of_rows });
  useImperativeHandle(props.handle, () => ({
    focus: () => scroller.current?.focus(),
    to_start: () => {
      window_of_rows.to_start();
      cursor.to({ index: 0, column: 0 });
    },
  }));
  const loaded = props.loaded_ids();
  const all = loaded.length > 0 && loaded.every((id) => is_selected(selection, id));
  const some = selection.all || selection.ids.size > 0;
  const [shifted, set_shifted] = useState(false);
  const on_scroll = () => {
    window_of_rows.on_scroll();
    set_shifted((scroller.current?.scrollLeft ?? 0) > 0);
  };
  useKeepInSight(scroller, columns, cursor.place, cards);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.count + 1}
      aria-multiselectable
      aria-activedescendant={rows.count ? cell_id(id_prefix, cursor.place) : undefined}
      tabIndex={0}
      data-shifted={shifted || undefined}
      onKeyDown={cursor.on_key}
      onScroll={on_scroll}
      data-grid
    >
      <div style={cards ? undefined : { minWidth: width_of(columns) }}>
        {!cards && (
          <GridHeader
            columns={columns}
            template={template}
            sort={props.sort}
            on_sort={props.on_sort}
            on_columns={(next, done) => (done ? props.on_columns(next) : set_live(next))}
            all_selected={all}
            some_selected={some && !all}
            on_select_all={() => on_select(all ? NOTHING : select_rows(selection, loaded, true))}
            select_label={props.words.select_all}
            keys_label={props.words.column_keys}
          />
        )}
        <div style={{ height: window_of_rows.height, position: "relative" }} role="rowgroup">
          {range(window_of_rows.first, window_of_rows.last).map((index) => (
            <Line
              key={index}
              {...props}
              columns={columns}
              index={index}
              top={index * row_height - window_of_rows.base}
              height={row_height}
              template={template}
              id_prefix={id_prefix}
              cursor={cursor}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

const cell_id = (prefix: string, place: GridPlace) => `${prefix}_${place.index}_${place.column}`;

function in_order<T>(
  columns: GridColumn<T>[],
  live: { name: string; width: number }[] | null,
): GridColumn<T>[] {
  if (!live) return columns;
  return live.flatMap(({ name, width }) => {
    const column = columns.find((entry) => entry.name === name);
    return column ? [{ ...column, width }] : [];
  });
}

interface LineProps<T extends { id: number }> extends DataGridProps<T> {
  index: number;
  top: number;
  height: number;
  template: string;
  id_prefix: string;
  cursor: ReturnType<typeof useGridCursor>;
}

function Line<T extends { id: number }>(props: LineProps<T>) {
  const { rows, index, top, height, columns, template, cursor, cards, id_prefix } = props;
  const item = rows.at(index);
  const plain = { index, top, height, template, cards, columns: columns as GridColumn<never>[] };
  const here = cursor.place.index === index;
  if (!item) return <GridSkeletonRow {...plain} />;
  if (item.kind === "group") {
    return (
      <GridGroupRow
        {...plain}
        group={item}
        active={here}
        id_prefix={id_prefix}
        label={props.words.expand}
        toggle={props.on_group}
      />
    );
  }
  const { row } = item;
  const editing = here && cursor.editing;
  const column = columns[cursor.place.column];
  return (
    <GridRow
      row={row}
      index={index}
      top={top}
      height={height}
      columns={columns as unknown as GridColumn<{ id: number }>[]}
      template={template}
      selected={is_selected(props.selection, row.id)}
      active={here ? cursor.place.column : -1}
      previewed={props.previewed === row.id}
      marks={props.marks?.(row.id)}
      editor={
        editing && column
          ? props.editor?.({
              row,
              column: column.name,
              typed: cursor.typed,
              ending: cursor.ending,
              end: cursor.end_edit,
            })
          : null
      }
      cards={cards}
      name={props.row_name(row)}
      url={props.row_url(row)}
      id_prefix={id_prefix}
      select_label={props.words.select_row}
      preview_label={props.on_preview ? props.words.preview : undefined}
      act={cursor.act as GridAct}
    />
  );
}

// A cell that the cursor goes to is scrolled into sight beside the frozen first column.
function useKeepInSight(
  scroller: React.RefObject<HTMLDivElement | null>,
  columns: GridColumn<never>[] | GridColumn<{ id: number }>[],
  place: GridPlace,
  cards: boolean,
) {
  const keep = useCallback(() => {
    const element = scroller.current;
    const column = columns[place.column];
    if (!element || !column || cards || place.column === 0) return;
    const before = columns.slice(0, place.column).reduce((sum, entry) => sum + entry.width, 0);
    const frozen = SELECT_WIDTH + (columns[0]?.width ?? 0);
    const left = SELECT_WIDTH + before;
    const right = left + column.width;
    if (left - element.scrollLeft < frozen) element.scrollLeft = left - frozen;
    else if (right - element.scrollLeft > element.clientWidth)
      element.scrollLeft = right - element.clientWidth;
  }, [scroller, columns, place.column, cards]);
  useLayoutEffect(keep, [keep]);
}
