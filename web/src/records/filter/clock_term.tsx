// SPDX-License-Identifier: Apache-2.0
// Days of the week and hours of the day, as conditions on a date or a time.
import { useLingui } from "@lingui/react/macro";
import { Checkbox, MultiSelect } from "@mantine/core";
import { hour_text, weekday_text } from "../../base/format";
import type { Term } from "./filter_text";
import classes from "./term_input.module.css";
import { bare_of } from "./term_text";

interface Props {
  operator: "weekday" | "hour";
  terms: Term[];
  change: (terms: Term[]) => void;
}

const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "7"];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

export function ClockTerm({ operator, terms, change }: Props) {
  const { t } = useLingui();
  const chosen = terms.map(bare_of);
  const set = (next: string[]) =>
    change([...next].sort((a, b) => Number(a) - Number(b)).map((bare) => ({ bare })));
  if (operator === "weekday") {
    return (
      <Checkbox.Group label={t`Weekdays`} value={chosen} onChange={set} className={classes.options}>
        {WEEKDAYS.map((day) => (
          <Checkbox key={day} value={day} label={weekday_text(Number(day))} />
        ))}
      </Checkbox.Group>
    );
  }
  return (
    <MultiSelect
      label={t`Hours of the day`}
      data={HOURS.map((hour) => ({ value: hour, label: hour_text(Number(hour)) }))}
      comboboxProps={{ withinPortal: false }}
      value={chosen}
      onChange={set}
    />
  );
}
