// SPDX-License-Identifier: Apache-2.0
// How long before an appointment its reminder comes.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

export const REMINDERS = [0, 5, 10, 15, 30, 60, 120, 1440, 2880, 10_080];
const HOUR = 60;
const DAY = 1440;

export function useReminderText() {
  const { t } = useLingui();
  return (minutes: number): string => {
    if (!minutes) return t`When it begins`;
    if (minutes % DAY === 0) {
      const days = minutes / DAY;
      return plural(days, { one: "# day before", other: "# days before" });
    }
    if (minutes % HOUR === 0) {
      const hours = minutes / HOUR;
      return plural(hours, { one: "# hour before", other: "# hours before" });
    }
    return plural(minutes, { one: "# minute before", other: "# minutes before" });
  };
}
