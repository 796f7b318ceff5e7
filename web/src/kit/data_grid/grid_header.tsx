// SPDX-License-Identifier: Apache-2.0
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import classes from "./data_grid.module.css";

export interface SortKey {
  name: string;
  descending: boolean;
}

interface HeaderColumn {
  name: string;
  label: string;
  align?: "end";
  sortable: boolean;
}

interface Props {
  columns: HeaderColumn[];
  template: string;
  sort: SortKey[];
  on_sort: (sort: SortKey[]) => void;
  all_selected: boolean;
  some_selected: boolean;
  on_select_all: () => void;
  select_label: string;
}

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
  return (
    <div
      className={classes.header}
      role="row"
      tabIndex={-1}
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
        <HeaderCell key={column.name} column={column} sort={props.sort} on_sort={props.on_sort} />
      ))}
    </div>
  );
}

interface CellProps {
  column: HeaderColumn;
  sort: SortKey[];
  on_sort: (sort: SortKey[]) => void;
}

function HeaderCell({ column, sort, on_sort }: CellProps) {
  const place = sort.findIndex((key) => key.name === column.name);
  const key = sort[place];
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      aria-sort={key ? (key.descending ? "descending" : "ascending") : undefined}
      className={classes.head_cell}
      data-align={column.align}
    >
      {column.sortable ? (
        <button
          type="button"
          className={classes.sort}
          data-on={key ? true : undefined}
          onClick={(event) => on_sort(next_sort(sort, column.name, event.shiftKey))}
        >
          <span className="clip">{column.label}</span>
          {key && (key.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
          {key && sort.length > 1 && <span className={classes.place}>{place + 1}</span>}
        </button>
      ) : (
        <span className="clip">{column.label}</span>
      )}
    </span>
  );
}
