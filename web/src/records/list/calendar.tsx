// SPDX-License-Identifier: Apache-2.0
// The records of a list on the days of a date: a month, or a week with more of each. A record that
// is dragged to another day changes at once and goes back when the server refuses it.
import { useLingui } from "@lingui/react/macro";
import { useMediaQuery } from "@mantine/hooks";
import { IconCalendarOff } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { Row, TypeMeta } from "../../api/types";
import { format_locale } from "../../base/format";
import { EmptyState, ErrorState } from "../../kit/states";
import { open_create } from "../commands";
import { type Dictionary, useDictionary } from "../dictionary";
import { useShownTrail } from "../list_trail";
import { useErrorText } from "../use_translate";
import classes from "./calendar.module.css";
import { clock_of, instant_at, is_day, type Span, weeks_of } from "./calendar_days";
import { CalendarGrid } from "./calendar_grid";
import { CalendarHead } from "./calendar_head";
import type { ListState } from "./list_state";
import { useCalendar } from "./use_calendar";

const PhoneCalendar = lazy(() => import("./calendar_phone"));
const MoveDialog = lazy(() => import("./calendar_move_dialog"));
const PHONE = "(max-width: 700px)";
const MONDAY = 1;
const NEW_AT = "09:00:00";

export interface CalendarParts {
  type: TypeMeta;
  state: ListState;
  span: Span;
  today: string;
  // The day with the keyboard's focus; moving it may turn the page.
  active: string;
  go: (day: string) => void;
  // Absent where the viewer may not, or the date is not theirs to set.
  move: ((row: Row, day: string) => void) | undefined;
  ask_move: ((row: Row) => void) | undefined;
  create: ((day: string) => void) | undefined;
  colour: string | undefined;
}

export default function Calendar({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const phone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches) ?? false;
  const field = dictionary.field(type, state.group_by);
  const span: Span = state.presentation === "week" ? "week" : "month";
  const first_weekday = dictionary.meta.installation?.first_day_of_week || MONDAY;
  const today = clock_of(new Date(), format_locale().time_zone).day;
  const shown = is_day(state.day) ? state.day : today;
  const [active, set_active] = useState(shown);
  const weeks = weeks_of(shown, span, first_weekday);
  const days = weeks.flat();
  const colour = colour_of(dictionary, type, state);
  const calendar = useCalendar(type, state, days, colour);
  const [asked, set_asked] = useState<Row | null>(null);
  useShownTrail(
    type.plural,
    calendar.days.flatMap((day) => day.rows),
    calendar.days.some((day) => day.count > day.rows.length),
  );
  // The page may also be turned by its buttons, or by going back.
  useEffect(() => set_active(shown), [shown]);
  if (field?.kind !== "date" && field?.kind !== "instant") {
    return (
      <EmptyState icon={<IconCalendarOff size={22} />} title={t`A calendar needs a date.`}>
        {t`Choose another date under Display.`}
      </EmptyState>
    );
  }
  if (calendar.error) {
    return (
      <ErrorState
        title={t`The calendar could not be shown`}
        detail={error_text(calendar.error)}
        retry={calendar.retry}
        retry_label={t`Try again`}
      />
    );
  }
  const settable = !field.read_only && !field.computed && !state.group_by.includes(".");
  const may_move = settable && dictionary.can(type.name, "update");
  const parts: CalendarParts = {
    type,
    state,
    span,
    today,
    active,
    go: (day) => {
      set_active(day);
      const same_page = weeks_of(day, span, first_weekday)[0]![0] === days[0] && days.includes(day);
      if (!same_page || day.slice(0, 7) !== shown.slice(0, 7)) state.change({ day });
    },
    move: may_move ? calendar.move : undefined,
    ask_move: may_move ? set_asked : undefined,
    create:
      settable && dictionary.can(type.name, "create")
        ? (day) =>
            open_create({
              type: type.name,
              initial: {
                [state.group_by]:
                  field.kind === "date"
                    ? day
                    : instant_at({ day, time: NEW_AT }, format_locale().time_zone),
              },
            })
        : undefined,
    colour,
  };
  const Shown = phone ? PhoneCalendar : CalendarGrid;
  return (
    <div
      className={classes.calendar}
      data-stale={calendar.is_stale || undefined}
      aria-busy={calendar.is_pending || calendar.is_stale}
    >
      <CalendarHead parts={parts} shown={shown} days={days} />
      <Suspense>
        <Shown parts={parts} weeks={weeks} shown={shown} days={calendar.days} />
        {asked && parts.move && (
          <MoveDialog parts={parts} row={asked} close={() => set_asked(null)} />
        )}
      </Suspense>
    </div>
  );
}

// The first choice among the columns, else of the type, whose entries have colours.
function colour_of(dictionary: Dictionary, type: TypeMeta, state: ListState): string | undefined {
  const own = state.columns
    .filter((column) => !column.path.includes("."))
    .map((column) => column.field);
  return [...own, ...type.fields].find(
    (field) =>
      field.kind === "choice" &&
      !field.hidden &&
      dictionary.items(field.list).some((item) => item.colour),
  )?.name;
}
