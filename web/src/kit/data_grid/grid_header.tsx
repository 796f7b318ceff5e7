// SPDX-License-Identifier: Apache-2.0
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import classes from "./data_grid.module.css";
import { moved, resized, WIDTH_MIN } from "./grid_columns";

export interface SortKey {
  name: string;
  descending: boolean;
}

interface HeaderColumn {
  name: string;
  label: string;
  width: number;
  align?: "end";
  sortable: boolean;
}

interface Props {
  columns: HeaderColumn[];
  template: string;
  sort: SortKey[];
  on_sort: (sort: SortKey[]) => void;
  // Order and widths while a column is dragged, and when it was let go.
  on_columns: (columns: { name: string; width: number }[], done: boolean) => void;
  all_selected: boolean;
  some_selected: boolean;
  on_select_all: () => void;
  select_label: string;
  keys_label: string;
}

const KEY_STEP = 16;

// Click sorts by the column, again turns the order, a third time removes it. With Shift the column
// joins the ones that are already sorted by.
export function next_sort(sort: SortKey[], name: string, add: boolean): SortKey[] {
  const current = sort.find((key) => key.name === name);
  const others = add ? sort.filter((key) => key.name !== name) : [];
  if (!current) return [...others, { name, descending: false }];
  if (!current.descending)
    return add
      ? sort.map((key) => (key.name === name ? { name, descending: true } : key))
      : [{ name, descending: true }];
  return others;
}

export function GridHeader(props: Props) {
  const [dragged, set_dragged] = useState<string | null>(null);
  return (
    <div
      className={classes.header}
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      style={{ gridTemplateColumns: props.template }}
    >
      <span className={classes.check} role="columnheader" tabIndex={-1}>
        <input
          type="checkbox"
          aria-label={props.select_label}
          checked={props.all_selected}
          ref={(input) => {
            if (input) input.indeterminate = props.some_selected;
          }}
          onChange={props.on_select_all}
        />
      </span>
      {props.columns.map((column) => (
        <HeaderCell
          key={column.name}
          {...props}
          column={column}
          dragged={dragged}
          set_dragged={set_dragged}
        />
      ))}
    </div>
  );
}

interface CellProps extends Props {
  column: HeaderColumn;
  dragged: string | null;
  set_dragged: (name: string | null) => void;
}

function HeaderCell(props: CellProps) {
  const { column, columns, sort, on_sort, on_columns, dragged, set_dragged } = props;
  const place = sort.findIndex((key) => key.name === column.name);
  const key = sort[place];
  const to = columns.findIndex((entry) => entry.name === column.name);
  const on_key = (event: KeyboardEvent) => {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (!step || !event.altKey) return;
    event.preventDefault();
    const next = event.shiftKey
      ? resized(columns, column.name, column.width + step * KEY_STEP)
      : moved(columns, column.name, to + step);
    on_columns(next, true);
  };
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      aria-sort={key ? (key.descending ? "descending" : "ascending") : undefined}
      className={classes.head_cell}
      data-align={column.align}
      data-dragged={dragged === column.name || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", column.label);
        set_dragged(column.name);
      }}
      onDragEnd={() => set_dragged(null)}
      onDragOver={(event) => dragged && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged) on_columns(moved(columns, dragged, to), true);
        set_dragged(null);
      }}
    >
      <button
        type="button"
        className={classes.sort}
        data-on={key ? true : undefined}
        title={props.keys_label}
        onKeyDown={on_key}
        onClick={(event) =>
          column.sortable && on_sort(next_sort(sort, column.name, event.shiftKey))
        }
      >
        <span className="clip">{column.label}</span>
        {key && (key.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
        {key && sort.length > 1 && <span className={classes.place}>{place + 1}</span>}
      </button>
      <ResizeHandle columns={columns} column={column} on_columns={on_columns} />
    </span>
  );
}

type HandleProps = Pick<CellProps, "columns" | "column" | "on_columns">;

// For the pointer only: the keyboard resizes from the column's button.
function ResizeHandle({ columns, column, on_columns }: HandleProps) {
  const [from, set_from] = useState<{ x: number; width: number } | null>(null);
  const width_at = (event: PointerEvent) =>
    Math.max(WIDTH_MIN, from!.width + event.clientX - from!.x);
  return (
    <span
      aria-hidden
      className={classes.resize}
      data-active={from ? true : undefined}
      // The header is dragged to reorder; the handle is not part of that.
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        set_from({ x: event.clientX, width: column.width });
      }}
      onPointerMove={(event) =>
        from && on_columns(resized(columns, column.name, width_at(event)), false)
      }
      onPointerUp={(event) => {
        if (from) on_columns(resized(columns, column.name, width_at(event)), true);
        set_from(null);
      }}
    />
  );
}
