// SPDX-License-Identifier: Apache-2.0
import { memo } from "react";
import type { GridColumn } from "./data_grid";
import classes from "./data_grid.module.css";

export interface GridAct {
  open: (index: number) => void;
  activate: (index: number) => void;
  select: (index: number, range: boolean) => void;
}

interface Props {
  row: { id: number };
  index: number;
  top: number;
  height: number;
  columns: GridColumn<{ id: number }>[];
  template: string;
  selected: boolean;
  active: boolean;
  name: string;
  url: string;
  select_label: string;
  act: GridAct;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { row, index, columns, act } = props;
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      data-active={props.active || undefined}
      className={classes.row}
      style={{
        gridTemplateColumns: props.template,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a,input,label")) act.activate(index);
      }}
      onDoubleClick={() => act.open(index)}
      onKeyDown={undefined}
    >
      <span className={classes.check} role="gridcell" tabIndex={-1}>
        <label>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`${props.select_label} ${props.name}`}
            checked={props.selected}
            onChange={(event) =>
              act.select(index, (event.nativeEvent as MouseEvent).shiftKey === true)
            }
          />
        </label>
      </span>
      {columns.map((column, place) => (
        <span
          key={column.name}
          role="gridcell"
          tabIndex={-1}
          className={classes.cell}
          data-align={column.align}
        >
          {place === 0 ? (
            <a
              className={classes.first}
              href={props.url}
              tabIndex={-1}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                act.open(index);
              }}
            >
              {column.cell(row)}
            </a>
          ) : (
            column.cell(row)
          )}
        </span>
      ))}
    </div>
  );
});
