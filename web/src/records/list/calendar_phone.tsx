// SPDX-License-Identifier: Apache-2.0
// A calendar on a phone: the month as a small grid with the chosen day's records below it, the week
// as one day after the other.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { number_text } from "../../base/format";
import type { CalendarParts } from "./calendar";
import classes from "./calendar.module.css";
import { CalendarItem } from "./calendar_item";
import { day_number, day_title, weekday_short } from "./calendar_text";
import type { CalendarDay } from "./use_calendar";
import { narrowed } from "./use_group_rows";

interface Props {
  parts: CalendarParts;
  weeks: string[][];
  shown: string;
  days: CalendarDay[];
}

const DOTS_MAX = 3;

export default function PhoneCalendar({ parts, weeks, shown, days }: Props) {
  if (parts.span === "week") {
    return (
      <div className={classes.agenda}>
        {days.map((day) => (
          <AgendaDay key={day.day} parts={parts} day={day} />
        ))}
      </div>
    );
  }
  const chosen = days.find((day) => day.day === parts.active);
  return (
    <div className={classes.agenda}>
      <div className={classes.small_month}>
        {weeks[0]!.map((day) => (
          <span key={day} className={classes.small_weekday} aria-hidden>
            {weekday_short(day)}
          </span>
        ))}
        {days.map((day) => (
          <SmallDay key={day.day} parts={parts} day={day} shown={shown} />
        ))}
      </div>
      {chosen && <AgendaDay parts={parts} day={chosen} />}
    </div>
  );
}

function SmallDay({
  parts,
  day,
  shown,
}: {
  parts: CalendarParts;
  day: CalendarDay;
  shown: string;
}) {
  const { t } = useLingui();
  const title = day_title(day.day);
  const count = number_text(day.count, 0);
  return (
    <button
      type="button"
      className={classes.small_day}
      data-outside={day.day.slice(0, 7) !== shown.slice(0, 7) || undefined}
      aria-pressed={day.day === parts.active}
      aria-current={day.day === parts.today ? "date" : undefined}
      aria-label={day.count ? t`${title}, ${count} records` : title}
      onClick={() => parts.go(day.day)}
    >
      <span className={classes.number}>{day_number(day.day)}</span>
      <span className={classes.dots}>
        {Array.from({ length: Math.min(DOTS_MAX, day.count) }, (_, place) => (
          <i key={place} />
        ))}
      </span>
    </button>
  );
}

function AgendaDay({ parts, day }: { parts: CalendarParts; day: CalendarDay }) {
  const { t } = useLingui();
  const { state, create } = parts;
  const title = day_title(day.day);
  const count = number_text(day.count, 0);
  return (
    <section className={classes.agenda_day} aria-label={title}>
      <header className={classes.agenda_head}>
        <h3 aria-current={day.day === parts.today ? "date" : undefined}>{title}</h3>
        {create && (
          <button
            type="button"
            className={classes.add}
            aria-label={t`New on ${title}`}
            onClick={() => create(day.day)}
          >
            <IconPlus size={16} />
          </button>
        )}
      </header>
      {day.rows.length > 0 ? (
        <ul className={classes.items}>
          {day.rows.map((row) => (
            <CalendarItem key={row.id} parts={parts} row={row} card tab_stop />
          ))}
        </ul>
      ) : (
        <p className={classes.nothing}>{t`Nothing on this day`}</p>
      )}
      {day.count > day.rows.length && (
        <Button
          variant="subtle"
          size="compact-sm"
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
        </Button>
      )}
    </section>
  );
}
