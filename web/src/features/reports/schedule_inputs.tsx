// SPDX-License-Identifier: Apache-2.0
// How often, on which days and at what time; and the next times that come of it.
import { useLingui } from "@lingui/react/macro";
import { Chip, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { format_locale, weekday_text } from "../../base/format";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { preview_query } from "./queries";
import classes from "./reports.module.css";
import { FREQUENCIES, type Frequency, LAST_DAY, type Schedule } from "./types";
import { FREQUENCY_WORDS } from "./words";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const MONTH_DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

interface Props {
  schedule: Schedule;
  change: (changes: Partial<Schedule>) => void;
}

const FIRST_DAYS: Record<Frequency, number[]> = {
  daily: [],
  weekdays: [],
  weekly: [1],
  monthly: [1],
};

export function ScheduleInputs({ schedule, change }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  return (
    <>
      <div className={classes.pair}>
        <Select
          label={t`How often`}
          allowDeselect={false}
          value={schedule.frequency}
          data={FREQUENCIES.map((value) => ({ value, label: translate(FREQUENCY_WORDS[value]) }))}
          onChange={(value) => {
            const frequency = value as Frequency;
            change({ frequency, days: FIRST_DAYS[frequency] });
          }}
        />
        <TextInput
          type="time"
          label={t`Time`}
          required
          value={schedule.time}
          onChange={(event) => change({ time: event.currentTarget.value.slice(0, 5) })}
        />
      </div>
      {schedule.frequency === "weekly" && (
        <fieldset className={classes.days}>
          <legend>{t`On these days`}</legend>
          <Chip.Group
            multiple
            value={schedule.days.map(String)}
            onChange={(days) => days.length && change({ days: days.map(Number).sort() })}
          >
            {WEEKDAYS.map((day) => (
              <Chip key={day} value={String(day)} size="xs">
                {weekday_text(day)}
              </Chip>
            ))}
          </Chip.Group>
        </fieldset>
      )}
      {schedule.frequency === "monthly" && (
        <Select
          label={t`On day`}
          description={t`A shorter month has it on its last day.`}
          allowDeselect={false}
          value={String(schedule.days[0] ?? 1)}
          data={[
            ...MONTH_DAYS.map((day) => ({ value: String(day), label: String(day) })),
            { value: String(LAST_DAY), label: t`Last day of the month` },
          ]}
          onChange={(value) => change({ days: [Number(value)] })}
        />
      )}
      <Select
        label={t`Time zone`}
        searchable
        allowDeselect={false}
        value={schedule.zone}
        data={[...new Set([schedule.zone, ...Intl.supportedValuesOf("timeZone")])]}
        onChange={(value) => value && change({ zone: value })}
      />
      <NextTimes schedule={schedule} />
    </>
  );
}

// On the clock of the place, which need not be that of whoever looks.
function moment_text(at: string, zone: string): string {
  return new Intl.DateTimeFormat(format_locale().language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(at));
}

function NextTimes({ schedule }: { schedule: Schedule }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { frequency, days, time, zone } = schedule;
  const preview = useQuery({
    ...preview_query({ frequency, days, time, zone }),
    enabled: time !== "",
  });
  return (
    <div className={classes.times} role="status">
      <span className={classes.times_title}>{t`The next three times`}</span>
      {preview.isError ? (
        <span>{error_text(preview.error)}</span>
      ) : (
        <ul>
          {(preview.data?.times ?? []).map((at) => (
            <li key={at}>{moment_text(at, zone)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
