// SPDX-License-Identifier: Apache-2.0
// What every date picker needs around it: its styles, the user's language, the first day of a week.
import "@mantine/dates/styles.layer.css";
import "dayjs/locale/da";
import "dayjs/locale/de";
import "dayjs/locale/nb";
import "dayjs/locale/sv";
import { DatesProvider, type DayOfWeek } from "@mantine/dates";
import type { ReactNode } from "react";
import { useDictionary } from "../dictionary";

export function DatesFrame({ children }: { children: ReactNode }) {
  const locale = document.documentElement.lang || "en";
  // The dictionary numbers from Monday = 1 to Sunday = 7, the calendar from Sunday = 0.
  const first_day = ((useDictionary().meta.installation?.first_day_of_week ?? 1) % 7) as DayOfWeek;
  return (
    <DatesProvider settings={{ locale, firstDayOfWeek: first_day, consistentWeeks: true }}>
      {children}
    </DatesProvider>
  );
}
