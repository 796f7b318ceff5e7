// SPDX-License-Identifier: Apache-2.0
// An appointment on one line: in a month, among whole days, in the agenda; a task with its tick.
import { useLingui } from "@lingui/react/macro";
import { IconRepeat } from "@tabler/icons-react";
import type { CSSProperties, PointerEvent } from "react";
import { time_text } from "../../base/format";
import { type DiaryParts, useTone } from "./diary_parts";
import type { Person } from "./diary_query";
import {
  type Entry,
  entry_key,
  is_cancelled,
  is_done as is_done_entry,
  is_task,
} from "./diary_types";
import classes from "./entry.module.css";
import { useEntryText } from "./entry_text";
import { lane_of } from "./placement";
import tones from "./tones.module.css";

interface Props {
  parts: DiaryParts;
  entry: Entry;
  person?: Person | undefined;
  // It began on a day before, or goes on.
  is_before?: boolean;
  is_after?: boolean;
  is_dragged?: boolean;
  style?: CSSProperties;
  grip?: ((event: PointerEvent) => void) | undefined;
  tab_index?: number;
}

export function EntryChip({ parts, entry, person, style, grip, tab_index, ...marks }: Props) {
  const tone = useTone(parts.persons);
  const text = useEntryText(parts.state.zone);
  const key = entry_key(entry);
  const lane = lane_of(entry);
  const said = [text.when(entry), text.state(entry)].filter(Boolean).join(", ");
  return (
    <div
      className={`${classes.chip} ${tones.tone}`}
      data-colour={tone(entry, person)}
      data-lane={lane}
      data-done={is_done_entry(entry) || undefined}
      data-cancelled={is_cancelled(entry) || undefined}
      data-invited={entry.my_answer === "invited" || undefined}
      data-selected={parts.selected === key || undefined}
      data-before={marks.is_before || undefined}
      data-after={marks.is_after || undefined}
      data-dragged={marks.is_dragged || undefined}
      style={style}
    >
      {is_task(entry) && <Tick parts={parts} entry={entry} />}
      <button
        type="button"
        className={classes.chip_button}
        data-entry={key}
        tabIndex={tab_index}
        title={text.whole(entry)}
        onClick={() => parts.open(entry)}
        onPointerDown={grip}
      >
        {lane === "timed" && !marks.is_before && (
          <span className={classes.time}>{time_text(entry.starts_at ?? "")}</span>
        )}
        <span className={`${classes.name} clip`}>{entry.name}</span>
        <span className="visually_hidden">{`, ${said}`}</span>
        {entry.is_series && <IconRepeat size={11} stroke={2} aria-hidden />}
      </button>
    </div>
  );
}

export function Tick({ parts, entry }: { parts: Pick<DiaryParts, "tick">; entry: Entry }) {
  const { t } = useLingui();
  const { name } = entry;
  return (
    <input
      type="checkbox"
      className={classes.tick}
      checked={is_done_entry(entry)}
      disabled={!entry.may_edit}
      aria-label={t`${name} is done`}
      onChange={(event) => parts.tick(entry, event.currentTarget.checked)}
    />
  );
}
