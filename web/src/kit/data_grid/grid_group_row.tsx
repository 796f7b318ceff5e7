// SPDX-License-Identifier: Apache-2.0
// The head of a group: its value, how many records, and their sums under the columns.
import { IconChevronRight } from "@tabler/icons-react";
import classes from "./data_grid.module.css";
import type { GridColumn, GridGroup } from "./grid_types";

interface Props {
  group: GridGroup;
  index: number;
  top: number;
  height: number;
  columns: GridColumn<never>[];
  template: string;
  active: boolean;
  cards: boolean;
  id_prefix: string;
  label: string;
  toggle: (key: string) => void;
}

export function GridGroupRow({ group, index, columns, ...props }: Props) {
  const rest = props.cards ? [] : columns.slice(1);
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={classes.group}
      data-active={props.active || undefined}
      style={{
        gridTemplateColumns: props.cards ? "40px 1fr" : props.template,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      onClick={() => !group.closed_for_good && props.toggle(group.key)}
      onKeyDown={undefined}
    >
      <span className={classes.check} role="gridcell" tabIndex={-1}>
        {!group.closed_for_good && (
          <button
            type="button"
            tabIndex={-1}
            className={classes.chevron}
            data-open={group.open || undefined}
            aria-expanded={group.open}
            aria-label={`${props.label} ${group.name}`}
            onClick={(event) => {
              event.stopPropagation();
              props.toggle(group.key);
            }}
          >
            <IconChevronRight size={15} />
          </button>
        )}
      </span>
      <span
        role="gridcell"
        tabIndex={-1}
        id={`${props.id_prefix}_${index}_0`}
        className={classes.cell}
        data-column={0}
      >
        <span className={classes.group_label}>{group.label}</span>
        <span className={classes.group_count}>{group.count}</span>
        {props.cards && <CardSums group={group} columns={columns} />}
      </span>
      {rest.map((column, place) => (
        <span
          key={column.name}
          role="gridcell"
          tabIndex={-1}
          id={`${props.id_prefix}_${index}_${place + 1}`}
          className={classes.cell}
          data-align={column.align}
        >
          {group.sums[column.name]}
        </span>
      ))}
    </div>
  );
}

// Cards have no columns under which a sum could stand.
function CardSums({ group, columns }: Pick<Props, "group" | "columns">) {
  const summed = columns.filter((column) => group.sums[column.name]);
  return (
    <span className={classes.group_sums}>
      {summed.map((column) => (
        <span key={column.name} title={column.label}>
          {group.sums[column.name]}
        </span>
      ))}
    </span>
  );
}

interface SkeletonProps {
  index: number;
  top: number;
  height: number;
  columns: GridColumn<never>[];
  template: string;
  cards: boolean;
}

// A row that is on its way.
export function GridSkeletonRow({ index, top, height, columns, template, cards }: SkeletonProps) {
  const shown = cards ? columns.slice(0, 1) : columns;
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-busy
      className={classes.row}
      data-skeleton
      style={{
        gridTemplateColumns: cards ? "40px 1fr" : template,
        height,
        transform: `translateY(${top}px)`,
      }}
    >
      <span className={classes.check} role="gridcell" tabIndex={-1} />
      {shown.map((column, place) => (
        <span key={column.name} role="gridcell" tabIndex={-1} className={classes.cell}>
          <span
            className={classes.skeleton}
            style={{ width: `${40 + ((index * 7 + place * 13) % 45)}%` }}
          />
        </span>
      ))}
    </div>
  );
}
