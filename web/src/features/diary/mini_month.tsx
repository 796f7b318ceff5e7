// SPDX-License-Identifier: Apache-2.0
// A small month for going to a day; the days that the diary shows are marked.
import { useLingui } from "@lingui/react/macro";
import { DatePicker } from "@mantine/dates";
import { useEffect, useState } from "react";
import { DatesFrame } from "../../records/fields/dates_frame";
import type { DiaryState } from "./diary_state";
import classes from "./page.module.css";

interface Props {
  state: DiaryState;
  chosen: (day: string) => void;
}

export function MiniMonth({ state, chosen }: Props) {
  const { t } = useLingui();
  const { day, days, today, view } = state;
  const [month, set_month] = useState(day);
  useEffect(() => set_month(day), [day]);
  return (
    <DatesFrame>
      <DatePicker
        size="xs"
        className={classes.mini}
        date={month}
        onDateChange={set_month}
        value={day}
        onChange={(next) => next && chosen(next)}
        getDayProps={(date) => ({
          "aria-current": date === today ? "date" : undefined,
          "data-shown": (view === "week" && days.includes(date)) || undefined,
        })}
        ariaLabels={{
          previousMonth: t`Previous month`,
          nextMonth: t`Next month`,
          previousYear: t`Previous year`,
          nextYear: t`Next year`,
          previousDecade: t`Previous decade`,
          nextDecade: t`Next decade`,
        }}
      />
    </DatesFrame>
  );
}
