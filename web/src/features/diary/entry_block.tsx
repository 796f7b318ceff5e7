// SPDX-License-Identifier: Apache-2.0
// An appointment on the grid of hours. The keyboard moves it too: Alt with the arrows, with Shift
// its end.
import { IconRepeat } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { add_days } from "../../records/list/calendar_days";
import { day_title } from "../../records/list/calendar_text";
import { type DiaryParts, useTone } from "./diary_parts";
import type { Person } from "./diary_query";
import { entry_key, is_cancelled, is_done, is_task } from "./diary_types";
import { moved_days, moved_to, resized, resized_to, STEP_MINUTES, shifted } from "./drag";
import classes from "./entry.module.css";
import { Tick } from "./entry_chip";
import { clock_text, span_text, useEntryText } from "./entry_text";
import { type Laid, SHOWN_MINUTES_MIN } from "./overlap";
import { DAY_MINUTES, type Placed } from "./placement";
import tones from "./tones.module.css";

interface Props {
  parts: DiaryParts;
  laid: Laid<Placed>;
  day: string;
  person?: Person | undefined;
  is_dragged: boolean;
}

// Shorter ones have no room for a second line.
const TWO_LINES_MINUTES = 45;
// An hour is at least 50 pixels, a line 16, and 5 are lost at the edges.
const lines_in = (minutes: number) => Math.floor(((minutes / 60) * 50 - 5) / 16);
const percent = (share: number) => `${share * 100}%`;

export function EntryBlock({ parts, laid, day, person, is_dragged }: Props) {
  const tone = useTone(parts.persons);
  const text = useEntryText(parts.state.zone);
  const { entry, from, to, is_before, is_after } = laid.item;
  const key = entry_key(entry);
  const said = [day_title(day), text.state(entry)].filter(Boolean).join(", ");
  const minutes = to - from;
  const lines = lines_in(minutes);
  const is_narrow = minutes < TWO_LINES_MINUTES || laid.columns > 2;
  const has_place = lines > 3 && !!entry.location;
  const is_movable = entry.may_edit && !is_before;
  return (
    <div
      className={`${classes.block} ${tones.tone}`}
      data-colour={tone(entry, person)}
      data-done={is_done(entry) || undefined}
      data-cancelled={is_cancelled(entry) || undefined}
      data-invited={entry.my_answer === "invited" || undefined}
      data-selected={parts.selected === key || undefined}
      data-dragged={is_dragged || undefined}
      data-short={minutes < TWO_LINES_MINUTES || undefined}
      data-before={is_before || undefined}
      data-after={is_after || undefined}
      style={{
        top: percent(from / DAY_MINUTES),
        height: percent(Math.max(SHOWN_MINUTES_MIN, minutes) / DAY_MINUTES),
        left: percent(laid.column / laid.columns),
        width: percent(laid.span / laid.columns),
      }}
    >
      {is_task(entry) && <Tick parts={parts} entry={entry} />}
      <button
        type="button"
        className={classes.block_button}
        data-entry={key}
        data-movable={is_movable || undefined}
        title={text.whole(entry)}
        aria-keyshortcuts={is_movable ? "Alt+ArrowDown Alt+ArrowUp Delete" : undefined}
        onClick={() => parts.open(entry)}
        onKeyDown={(event) => is_movable && on_key(event, parts, laid.item, day)}
      >
        <span
          className={classes.name}
          style={{ WebkitLineClamp: Math.max(1, lines - (has_place ? 2 : 1)) }}
        >
          {entry.name}
          {entry.is_series && <IconRepeat size={11} stroke={2} aria-hidden />}
        </span>
        <span className={classes.time}>{is_narrow ? clock_text(from) : span_text(from, to)}</span>
        <span className="visually_hidden">{`, ${said}`}</span>
        {has_place && <span className={`${classes.place} clip`}>{entry.location}</span>}
      </button>
      {is_movable && <span className={classes.edge} data-edge="start" data-of={key} aria-hidden />}
      {entry.may_edit && !is_after && (
        <span className={classes.edge} data-edge="end" data-of={key} aria-hidden />
      )}
    </div>
  );
}

const MINUTES: Record<string, number> = { ArrowUp: -STEP_MINUTES, ArrowDown: STEP_MINUTES };
const DAYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

function on_key(event: KeyboardEvent, parts: DiaryParts, placed: Placed, day: string) {
  const { entry } = placed;
  const { zone } = parts.state;
  const minutes = MINUTES[event.key];
  const days = DAYS[event.key];
  const act = () => {
    if (event.key === "Delete") return parts.remove(entry);
    if (days) {
      parts.set_times(entry, moved_days(entry, days, zone));
      const next = add_days(day, days);
      if (!parts.state.days.includes(next)) parts.state.go({ day: next });
    } else if (minutes && event.shiftKey) {
      const span = resized(placed, "end", placed.to + minutes);
      parts.set_times(entry, resized_to(day, span, "end", zone));
    } else if (minutes) {
      const { from } = shifted(placed, minutes);
      parts.set_times(entry, moved_to(entry, day, from, zone));
    }
  };
  const is_ours = event.key === "Delete" || (event.altKey && (minutes || days));
  if (!is_ours || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
