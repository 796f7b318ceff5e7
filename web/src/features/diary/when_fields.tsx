// SPDX-License-Identifier: Apache-2.0
// From when until when; of a task, the day it is due.
import { useLingui } from "@lingui/react/macro";
import { DateInput } from "@mantine/dates";
import { format_locale } from "../../base/format";
import classes from "./dialog.module.css";
import { type Draft, has_wrong_end, is_task_draft, with_start } from "./entry_draft";
import { TimeField } from "./time_field";

interface Props {
  draft: Draft;
  set_draft: (change: (old: Draft) => Draft) => void;
  errors: Record<string, string>;
}

const FORMAT = "ddd D. MMM YYYY";
const own_zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function WhenFields({ draft, set_draft, errors }: Props) {
  const { t } = useLingui();
  const is_wrong = has_wrong_end(draft);
  const { time_zone } = format_locale();
  const set = (next: Partial<Draft>) => set_draft((old) => ({ ...old, ...next }));
  const start = (next: Partial<Draft>) => set_draft((old) => with_start(old, next));
  if (is_task_draft(draft)) {
    return (
      <DateInput
        label={t`Due`}
        valueFormat={FORMAT}
        value={draft.day}
        error={errors.due_on}
        onChange={(day) => day && start({ day })}
      />
    );
  }
  return (
    <fieldset className={classes.when}>
      <legend>{t`When`}</legend>
      <div className={classes.moment}>
        <DateInput
          aria-label={t`First day`}
          valueFormat={FORMAT}
          value={draft.day}
          error={!!errors.starts_at}
          onChange={(day) => day && start({ day })}
        />
        {!draft.all_day && (
          <TimeField
            label={t`Begins at`}
            minutes={draft.from}
            on_change={(from) => start({ from })}
          />
        )}
      </div>
      <span className={classes.dash} aria-hidden>
        –
      </span>
      <div className={classes.moment}>
        <DateInput
          aria-label={t`Last day`}
          valueFormat={FORMAT}
          minDate={draft.day}
          value={draft.end_day}
          error={is_wrong}
          onChange={(end_day) => end_day && set({ end_day })}
        />
        {!draft.all_day && (
          <TimeField
            label={t`Ends at`}
            minutes={draft.to}
            on_change={(to) => set({ to })}
            error={is_wrong}
          />
        )}
      </div>
      {is_wrong && <p role="alert" className={classes.error}>{t`It ends before it begins.`}</p>}
      {(errors.starts_at ?? errors.ends_at) && (
        <p role="alert" className={classes.error}>
          {errors.starts_at ?? errors.ends_at}
        </p>
      )}
      {own_zone() !== time_zone && <p className={classes.zone}>{t`Time zone: ${time_zone}`}</p>}
    </fieldset>
  );
}
