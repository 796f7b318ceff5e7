// SPDX-License-Identifier: Apache-2.0
// One day of the grid: its number, as many records as there is room for, and a way to the others.
import { useLingui } from "@lingui/react/macro";
import { Popover } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Row } from "../../api/types";
import { number_text } from "../../base/format";
import type { CalendarParts } from "./calendar";
import classes from "./calendar.module.css";
import { CalendarItem } from "./calendar_item";
import { day_number, day_title, month_short } from "./calendar_text";
import type { CalendarDay } from "./use_calendar";
import { narrowed } from "./use_group_rows";

interface Props {
  parts: CalendarParts;
  day: CalendarDay;
  outside: boolean;
  room: number;
  dragged: Row | null;
  drag: (row: Row | null) => void;
}

export function CalendarDayCell({ parts, day, outside, room, dragged, drag }: Props) {
  const { t } = useLingui();
  const [over, set_over] = useState(false);
  const is_active = day.day === parts.active;
  const title = day_title(day.day);
  const count = number_text(day.count, 0);
  const all_fit = day.count <= room && day.rows.length >= day.count;
  const rows = all_fit ? day.rows : day.rows.slice(0, Math.max(0, room - 1));
  const hidden = day.count - rows.length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a day of the grid
    <div
      role="gridcell"
      tabIndex={is_active ? 0 : -1}
      aria-current={day.day === parts.today ? "date" : undefined}
      className={classes.day}
      data-day={day.day}
      data-outside={outside || undefined}
      data-over={(over && dragged !== null) || undefined}
      onFocus={(event) => event.target === event.currentTarget && !is_active && parts.go(day.day)}
      onDragOver={(event) => {
        if (!dragged) return;
        event.preventDefault();
        set_over(true);
      }}
      onDragLeave={() => set_over(false)}
      onDrop={(event) => {
        event.preventDefault();
        set_over(false);
        if (dragged) parts.move?.(dragged, day.day);
        drag(null);
      }}
    >
      <div className={classes.day_head}>
        <span className="visually_hidden">{day.count ? t`${title}, ${count} records` : title}</span>
        <span className={classes.number} aria-hidden>
          {day_number(day.day)}
          {day.day.endsWith("-01") && <span> {month_short(day.day)}</span>}
        </span>
        {parts.create && (
          <button
            type="button"
            className={classes.add}
            tabIndex={-1}
            aria-label={t`New on ${title}`}
            title={t`New`}
            onClick={() => parts.create?.(day.day)}
          >
            <IconPlus size={14} />
          </button>
        )}
      </div>
      {rows.length > 0 && (
        <ul className={classes.items}>
          {rows.map((row) => (
            <CalendarItem
              key={row.id}
              parts={parts}
              row={row}
              card={parts.span === "week"}
              tab_stop={is_active}
              drag={drag}
            />
          ))}
        </ul>
      )}
      {hidden > 0 && <More parts={parts} day={day} hidden={hidden} tab_stop={is_active} />}
    </div>
  );
}

interface MoreProps {
  parts: CalendarParts;
  day: CalendarDay;
  hidden: number;
  tab_stop: boolean;
}

function More({ parts, day, hidden, tab_stop }: MoreProps) {
  const { t } = useLingui();
  const [open, set_open] = useState(false);
  const count = number_text(hidden, 0);
  const title = day_title(day.day);
  return (
    <Popover
      opened={open}
      onChange={set_open}
      width={300}
      position="right-start"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.more}
          tabIndex={tab_stop ? 0 : -1}
          data-more
          aria-label={t`${count} more on ${title}`}
          onClick={() => set_open(!open)}
        >
          {t`+${count} more`}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={title} onKeyDown={(event) => event.stopPropagation()}>
        {open && <FullDay parts={parts} day={day} />}
      </Popover.Dropdown>
    </Popover>
  );
}

export function FullDay({ parts, day }: { parts: CalendarParts; day: CalendarDay }) {
  const { t } = useLingui();
  const { state } = parts;
  const count = number_text(day.count, 0);
  return (
    <div className={classes.full_day}>
      <h3>{day_title(day.day)}</h3>
      <ul className={classes.items}>
        {day.rows.map((row) => (
          <CalendarItem key={row.id} parts={parts} row={row} card tab_stop />
        ))}
      </ul>
      <button
        type="button"
        className={classes.more}
        onClick={() =>
          state.change({
            presentation: "table",
            group_by: "",
            filter: narrowed(state.filter, day.filter),
            day: "",
          })
        }
      >
        {t`Show all ${count} in the table`}
      </button>
    </div>
  );
}
