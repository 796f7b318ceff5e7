// SPDX-License-Identifier: Apache-2.0
// The records of a list as cards in columns, one column for each choice of a field. A card that is
// dragged, or moved with its menu, changes at once and goes back when the server refuses it.
import { useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { FieldMeta, Row, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { EmptyState } from "../../kit/states";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import { useShownTrail } from "../list_trail";
import classes from "./board.module.css";
import { value_at } from "./list_columns";
import type { ListState } from "./list_state";
import { type BoardColumn, useBoard } from "./use_board";

interface Props {
  type: TypeMeta;
  state: ListState;
}

// Lines on a card besides its name.
const LINES_MAX = 3;

export default function Board({ type, state }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const field = dictionary.field(type, state.group_by);
  const sum = dictionary.field(type, state.sum);
  const board = useBoard(type, state, field);
  const [dragged, set_dragged] = useState<Row | null>(null);
  useShownTrail(
    type.plural,
    board.columns.flatMap((column) => column.rows),
    board.columns.some((column) => column.count > column.rows.length),
  );
  const may_move = dictionary.can(type.name, "update") && !field?.read_only;
  if (field?.kind !== "choice") return <EmptyState title={t`A board needs a choice field.`} />;
  return (
    <div
      className={classes.board}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide board is scrolled with the keys
      tabIndex={0}
    >
      {board.columns.map((column) => (
        <section
          key={column.key}
          className={classes.column}
          aria-label={column.name}
          data-target={dragged ? true : undefined}
          onDragOver={(event) => dragged && event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged) board.move(dragged, column.value);
            set_dragged(null);
          }}
        >
          <ColumnHead column={column} field={field} sum={sum} />
          <ul className={classes.cards} aria-label={column.name}>
            {column.rows.map((row) => (
              <Card
                key={row.id}
                type={type}
                state={state}
                row={row}
                columns={board.columns}
                here={column}
                move={may_move ? board.move : undefined}
                drag={set_dragged}
              />
            ))}
            {column.count > column.rows.length && (
              <li>
                <Button variant="subtle" fullWidth size="compact-sm" onClick={column.more}>
                  {t`Show more`}
                </Button>
              </li>
            )}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface HeadProps {
  column: BoardColumn;
  field: FieldMeta;
  sum: FieldMeta | undefined;
}

function ColumnHead({ column, field, sum }: HeadProps) {
  const { t } = useLingui();
  return (
    <header className={classes.head}>
      <h2 className={classes.name}>
        {column.value === null ? (
          <span className="dim">{t`Empty`}</span>
        ) : (
          <FieldView field={field} value={column.value} dense />
        )}
      </h2>
      <span className={classes.count}>{number_text(column.count, 0)}</span>
      {sum && !is_empty(column.sum) && (
        <span className={classes.sum}>
          <FieldView field={sum} value={column.sum} dense />
        </span>
      )}
    </header>
  );
}

interface CardProps extends Props {
  row: Row;
  columns: BoardColumn[];
  here: BoardColumn;
  move: ((row: Row, value: string | null) => void) | undefined;
  drag: (row: Row | null) => void;
}

function Card({ type, state, row, columns, here, move, drag }: CardProps) {
  const { t } = useLingui();
  const name = String(row.name ?? `#${row.id}`);
  const lines = state.columns
    .filter(({ path }) => path !== "name" && path !== state.group_by)
    .filter(({ path }) => !is_empty(value_at(row, path)))
    .slice(0, LINES_MAX);
  return (
    <li
      className={classes.card}
      draggable={!!move}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        drag(row);
      }}
      onDragEnd={() => drag(null)}
    >
      <div className="row">
        <Link
          className={`${classes.title} grow clip`}
          to="/$plural/$id"
          params={{ plural: type.plural, id: String(row.id) }}
          draggable={false}
        >
          {name}
        </Link>
        {move && (
          <Menu position="bottom-end">
            <Menu.Target>
              <button type="button" className={classes.menu} aria-label={t`Move ${name} to…`}>
                <IconDots size={15} />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t`Move to…`}</Menu.Label>
              {columns
                .filter((column) => column.key !== here.key)
                .map((column) => (
                  <Menu.Item key={column.key} onClick={() => move(row, column.value)}>
                    {column.name}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {lines.map(({ path, field }) => (
        <div key={path} className={classes.line}>
          <FieldView field={field} value={value_at(row, path)} dense />
        </div>
      ))}
    </li>
  );
}
