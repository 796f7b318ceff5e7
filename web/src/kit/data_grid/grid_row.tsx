// SPDX-License-Identifier: Apache-2.0
// One row. Cells are plain elements and rows are memoised with a stable `act` object: that halves
// the frame time while scrolling.
import { IconEye } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { CellMarkView } from "./cell_mark";
import classes from "./data_grid.module.css";
import type { CellMarks, GridColumn } from "./grid_types";

export interface GridAct {
  open: (index: number) => void;
  activate: (index: number, column: number) => void;
  edit: (index: number, column: number) => void;
  preview: (index: number) => void;
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
  // The column under the cursor; -1 when the cursor is in another row.
  active: number;
  previewed: boolean;
  marks: CellMarks | undefined;
  // The input in the active cell, while it is edited.
  editor: ReactNode;
  cards: boolean;
  name: string;
  url: string;
  id_prefix: string;
  select_label: string;
  preview_label: string | undefined;
  act: GridAct;
}

// Lines of a card beside its title.
const CARD_LINES = 3;

export const GridRow = memo(function GridRow(props: Props) {
  const { index, columns, act } = props;
  const shown = props.cards ? columns.slice(0, CARD_LINES + 1) : columns;
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      data-active={props.active >= 0 || undefined}
      data-previewed={props.previewed || undefined}
      className={props.cards ? classes.card : classes.row}
      style={{
        gridTemplateColumns: props.cards ? undefined : props.template,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      onClick={(event) => {
        const target = event.target as HTMLElement;
        if (target.closest("a,input,label,button,[data-editor]")) return;
        const column = Number(target.closest<HTMLElement>("[data-column]")?.dataset.column ?? 0);
        if (props.cards) act.open(index);
        else act.activate(index, column);
      }}
      onDoubleClick={(event) => {
        const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-column]");
        if (cell && !cell.querySelector("[data-editor]"))
          act.edit(index, Number(cell.dataset.column));
      }}
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
      {shown.map((column, place) => (
        <Cell key={column.name} {...props} column={column} place={place} />
      ))}
    </div>
  );
});

function Cell(props: Props & { column: GridColumn<{ id: number }>; place: number }) {
  const { row, index, column, place, act } = props;
  const active = props.active === place;
  const mark = props.marks?.[column.name];
  return (
    <span
      role="gridcell"
      tabIndex={-1}
      id={`${props.id_prefix}_${index}_${place}`}
      className={classes.cell}
      data-column={place}
      data-align={column.align}
      data-active={active || undefined}
      data-mark={mark?.state}
      data-label={props.cards ? column.label : undefined}
      aria-invalid={mark?.state === "refused" || undefined}
    >
      {active && props.editor ? (
        <span className={classes.editor} data-editor>
          {props.editor}
        </span>
      ) : place === 0 ? (
        <>
          <a
            className={classes.first}
            href={props.url}
            tabIndex={-1}
            draggable={false}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              act.open(index);
            }}
          >
            {column.cell(row)}
          </a>
          {props.preview_label && (
            <button
              type="button"
              tabIndex={-1}
              className={classes.eye}
              aria-label={`${props.preview_label} ${props.name}`}
              onClick={() => act.preview(index)}
            >
              <IconEye size={16} />
            </button>
          )}
        </>
      ) : (
        column.cell(row)
      )}
      {mark && <CellMarkView mark={mark} />}
    </span>
  );
}
