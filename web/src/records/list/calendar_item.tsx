// SPDX-License-Identifier: Apache-2.0
// One record in a calendar: a line in a month, a small card in a week or on a phone.
import { useLingui } from "@lingui/react/macro";
import { IconArrowsMove } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Row } from "../../api/types";
import { time_text } from "../../base/format";
import { known_colour } from "../../kit/marks";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import type { CalendarParts } from "./calendar";
import classes from "./calendar.module.css";
import { is_day } from "./calendar_days";
import { value_at } from "./list_columns";

const FACTS_MAX = 3;

interface Props {
  parts: CalendarParts;
  row: Row;
  card?: boolean;
  // Reached with Tab; the others with the arrows.
  tab_stop?: boolean;
  drag?: ((row: Row | null) => void) | undefined;
}

export function CalendarItem({ parts, row, card, tab_stop, drag }: Props) {
  const { t } = useLingui();
  const { type, state, ask_move } = parts;
  const colour = useColour(parts, row);
  const name = String(row.name ?? `#${row.id}`);
  const value = value_at(row, state.group_by);
  const time = is_day(value) ? "" : time_text(String(value));
  const movable = !!drag && !!parts.move && (row.rights?.update ?? true);
  const order = tab_stop ? 0 : -1;
  return (
    <li
      className={classes.item}
      data-card={card || undefined}
      data-colour={colour}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        drag?.(row);
      }}
      onDragEnd={() => drag?.(null)}
    >
      <Link
        className={classes.item_link}
        to="/$plural/$id"
        params={{ plural: type.plural, id: String(row.id) }}
        tabIndex={order}
        draggable={false}
        data-item={row.id}
        title={card ? undefined : `${time} ${name}`.trim()}
        aria-keyshortcuts={ask_move && "m"}
      >
        {time && <span className={classes.time}>{time}</span>}
        <span className={card ? classes.card_name : "clip"}>{name}</span>
      </Link>
      {ask_move && (
        <button
          type="button"
          className={classes.move}
          tabIndex={card ? order : -1}
          aria-label={t`Move ${name} to another day`}
          title={t`Move to another day (m)`}
          onClick={() => ask_move(row)}
        >
          <IconArrowsMove size={13} stroke={1.8} />
        </button>
      )}
      {card && <Facts parts={parts} row={row} />}
    </li>
  );
}

function useColour(parts: CalendarParts, row: Row): string {
  const dictionary = useDictionary();
  const field = dictionary.field(parts.type, parts.colour ?? "");
  const item = field && dictionary.item(field.list, String(row[field.name] ?? ""));
  return known_colour(item?.colour);
}

function Facts({ parts, row }: { parts: CalendarParts; row: Row }) {
  const { state } = parts;
  const lines = state.columns
    .filter(({ path }) => path !== "name" && path !== state.group_by)
    .filter(({ path }) => !is_empty(value_at(row, path)))
    .slice(0, FACTS_MAX);
  if (!lines.length) return null;
  return (
    <div className={classes.lines}>
      {lines.map(({ path, field }) => (
        <span key={path} className={classes.line}>
          <FieldView field={field} value={value_at(row, path)} dense />
        </span>
      ))}
    </div>
  );
}
