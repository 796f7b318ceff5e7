// SPDX-License-Identifier: Apache-2.0
// Above the hours: what takes whole days, over as many columns as it lasts, and the tasks that are
// due. Both are dragged from day to day.
import { useLingui } from "@lingui/react/macro";
import { days_between } from "../../records/list/calendar_days";
import { day_title } from "../../records/list/calendar_text";
import type { DiaryParts } from "./diary_parts";
import { type Entry, entry_key } from "./diary_types";
import { moved_days } from "./drag";
import { EntryChip } from "./entry_chip";
import { pack_bars } from "./overlap";
import { days_of, lane_of } from "./placement";
import type { Column } from "./time_grid";
import classes from "./time_grid.module.css";
import { useDayDrag } from "./use_day_drag";

const ROW_PX = 26;
const PAD_PX = 3;
const ROWS_MAX = 5;

interface Props {
  parts: DiaryParts;
  columns: Column[];
}

interface Shown {
  entry: Entry;
  first: number;
  last: number;
  is_before: boolean;
  is_after: boolean;
  person: Column["person"];
}

export function WholeDays({ parts, columns }: Props) {
  const { t } = useLingui();
  const tasks = parts.entries.some((entry) => lane_of(entry) === "task");
  return (
    <>
      <LaneRow parts={parts} columns={columns} lane="whole" label={t`All day`} />
      {tasks && <LaneRow parts={parts} columns={columns} lane="task" label={t`Tasks`} />}
    </>
  );
}

function LaneRow({
  parts,
  columns,
  lane,
  label,
}: Props & { lane: "whole" | "task"; label: string }) {
  const { zone } = parts.state;
  const drag = useDayDrag((entry, from, to) =>
    parts.set_times(entry, moved_days(entry, days_between(from, to), zone)),
  );
  const bars = pack_bars(bars_of(parts, columns, lane));
  const rows = bars.reduce((most, { row }) => Math.max(most, row + 1), 1);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its entries have the focus
    <div role="row" className={classes.lane} data-full={rows > ROWS_MAX || undefined}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="rowheader" className={classes.lane_label}>
        {label}
      </span>
      {columns.map((column, place) => {
        const day = day_title(column.day);
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useKeyWithClickEvents: n makes a new one with the keyboard
          <div
            key={column.key}
            role="gridcell"
            className={classes.lane_cell}
            data-drop={column.day}
            data-over={drag.over === column.day || undefined}
            style={{ minHeight: rows * ROW_PX + 2 * PAD_PX }}
            onClick={(event) => {
              if (event.target !== event.currentTarget || lane !== "whole") return;
              parts.create?.({ day: column.day, span: null, owner: column.person?.id });
            }}
          >
            <span className="visually_hidden">{`${label}, ${day}`}</span>
            {bars
              .filter(({ bar }) => bar.first === place)
              .map(({ bar, row }) => (
                <EntryChip
                  key={entry_key(bar.entry)}
                  parts={parts}
                  entry={bar.entry}
                  person={bar.person}
                  is_before={bar.is_before}
                  is_after={bar.is_after}
                  is_dragged={drag.dragged === entry_key(bar.entry)}
                  grip={drag.grip(bar.entry, column.day)}
                  style={{
                    position: "absolute",
                    zIndex: 2,
                    top: PAD_PX + row * ROW_PX,
                    left: 2,
                    width: `calc(${(bar.last - bar.first + 1) * 100}% - 5px)`,
                  }}
                />
              ))}
          </div>
        );
      })}
    </div>
  );
}

function bars_of(parts: DiaryParts, columns: Column[], lane: "whole" | "task"): Shown[] {
  const entries = parts.entries.filter((entry) => lane_of(entry) === lane);
  if (columns[0]?.person) {
    return columns.flatMap(({ person, day }, place) =>
      entries
        .filter((entry) => entry.users.includes(person!.id))
        .flatMap((entry) => bar_over(entry, [day], parts.state.zone, place, person)),
    );
  }
  const days = columns.map((column) => column.day);
  return entries.flatMap((entry) => bar_over(entry, days, parts.state.zone, 0, undefined));
}

function bar_over(
  entry: Entry,
  days: string[],
  zone: string,
  offset: number,
  person: Column["person"],
): Shown[] {
  const { first, last } = days_of(entry, zone);
  const begin = days.findIndex((day) => day >= first);
  const end = days.findLastIndex((day) => day <= last);
  if (begin < 0 || end < begin) return [];
  return [
    {
      entry,
      first: begin + offset,
      last: end + offset,
      is_before: first < days[0]!,
      is_after: last > days.at(-1)!,
      person,
    },
  ];
}
