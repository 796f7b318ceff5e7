// SPDX-License-Identifier: Apache-2.0
// How long before an appointment its reminder comes.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

const OF_A_MOMENT = [0, 5, 10, 15, 30, 60, 1440];
const OF_A_DAY = [0, 1440];
const HOUR = 60;
const DAY = 1440;

// The choices, and what is chosen already, whoever chose it.
export function reminder_choices(is_whole_day: boolean, chosen: number | null): number[] {
  const choices = is_whole_day ? OF_A_DAY : OF_A_MOMENT;
  if (chosen === null || choices.includes(chosen)) return choices;
  return [...choices, chosen].sort((a, b) => a - b);
}

// What stands on whole days counts from eight in the morning, as the server has it.
export function useReminderText(is_whole_day: boolean) {
  const { t } = useLingui();
  return (minutes: number): string => {
    if (!minutes) return is_whole_day ? t`On the day, at eight` : t`When it begins`;
    if (minutes % DAY === 0) {
      const days = minutes / DAY;
      if (is_whole_day)
        return plural(days, { one: "# day before, at eight", other: "# days before, at eight" });
      return plural(days, { one: "# day before", other: "# days before" });
    }
    if (minutes % HOUR === 0) {
      const hours = minutes / HOUR;
      return plural(hours, { one: "# hour before", other: "# hours before" });
    }
    return plural(minutes, { one: "# minute before", other: "# minutes before" });
  };
}
