// SPDX-License-Identifier: Apache-2.0
// What comes next, day by day; days with nothing are left out, but today is always there.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCalendarEvent, IconMapPin, IconRepeat } from "@tabler/icons-react";
import { time_text } from "../../base/format";
import { EmptyState } from "../../kit/states";
import { day_title } from "../../records/list/calendar_text";
import classes from "./agenda_view.module.css";
import { type DiaryParts, useTone } from "./diary_parts";
import { step_day } from "./diary_state";
import { type Entry, entry_key, is_cancelled, is_done, is_task } from "./diary_types";
import { Tick } from "./entry_chip";
import { useEntryText } from "./entry_text";
import { entries_on, lane_of } from "./placement";
import tones from "./tones.module.css";

export default function AgendaView({ parts }: { parts: DiaryParts }) {
  const { t } = useLingui();
  const { state } = parts;
  const days = state.days
    .map((day) => ({ day, entries: entries_on(parts.entries, day, state.zone) }))
    .filter(({ day, entries }) => entries.length || day === state.today);
  const has_some = days.some(({ entries }) => entries.length);
  return (
    <div className={classes.agenda}>
      {!has_some && (
        <EmptyState
          icon={<IconCalendarEvent size={22} />}
          title={t`Nothing in these 30 days`}
          action={
            parts.create && (
              <Button
                variant="default"
                onClick={() => parts.create?.({ day: state.day, span: { from: 540, to: 600 } })}
              >
                {t`New appointment`}
              </Button>
            )
          }
        />
      )}
      {has_some &&
        days.map(({ day, entries }) => (
          <section key={day} className={classes.day} aria-label={day_title(day)}>
            <h2 aria-current={day === state.today ? "date" : undefined}>{day_title(day)}</h2>
            {entries.length ? (
              <ul>
                {entries.map((entry) => (
                  <AgendaItem key={entry_key(entry)} parts={parts} entry={entry} />
                ))}
              </ul>
            ) : (
              <p className="faint small">{t`Nothing on this day`}</p>
            )}
          </section>
        ))}
      <Button
        className={classes.on}
        variant="subtle"
        onClick={() => state.go({ day: step_day("agenda", state.day, 1) })}
      >
        {t`The next 30 days`}
      </Button>
    </div>
  );
}

function AgendaItem({ parts, entry }: { parts: DiaryParts; entry: Entry }) {
  const { t } = useLingui();
  const tone = useTone(parts.persons);
  const text = useEntryText(parts.state.zone);
  const lane = lane_of(entry);
  const key = entry_key(entry);
  const end = entry.ends_at && `–${time_text(entry.ends_at)}`;
  const owners = parts.persons.filter((person) => entry.users.includes(person.id));
  const about = [
    entry.company?.title,
    entry.person?.title,
    parts.persons.length > 1 && owners.map((person) => person.name).join(", "),
  ].filter(Boolean);
  return (
    <li
      className={`${classes.item} ${tones.tone}`}
      data-colour={tone(entry)}
      data-done={is_done(entry) || undefined}
      data-cancelled={is_cancelled(entry) || undefined}
      data-selected={parts.selected === key || undefined}
    >
      {is_task(entry) ? <Tick parts={parts} entry={entry} /> : <i className={classes.bar} />}
      <button
        type="button"
        className={classes.button}
        data-entry={key}
        title={text.whole(entry)}
        onClick={() => parts.open(entry)}
      >
        <span className={classes.time}>
          {lane === "timed" && time_text(entry.starts_at ?? "")}
          {lane === "timed" && end}
          {lane === "whole" && t`All day`}
          {lane === "task" && t`Task`}
        </span>
        <span className={classes.what}>
          <b>
            {entry.name} {entry.is_series && <IconRepeat size={12} stroke={2} aria-hidden />}
          </b>
          {entry.location && (
            <span className={classes.place}>
              <IconMapPin size={13} stroke={1.6} aria-hidden />
              <span className="clip">{entry.location}</span>
            </span>
          )}
          {about.length > 0 && <span className="clip">{about.join(" · ")}</span>}
        </span>
        {entry.my_answer === "invited" && <span className={classes.asked}>{t`Not answered`}</span>}
      </button>
    </li>
  );
}
