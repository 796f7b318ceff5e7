// SPDX-License-Identifier: Apache-2.0
// How an appointment repeats, in words; behind it stands a rule of RFC 5545.
import { useLingui } from "@lingui/react/macro";
import { NumberInput, SegmentedControl, Select } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useTranslate } from "../../records/use_translate";
import classes from "./dialog.module.css";
import { FREQUENCY_WORDS, nth_message, repeat_text, weekday_name } from "./repeat_text";
import {
  COUNT_MAX,
  DAY_CODES,
  FREQUENCIES,
  type Frequency,
  INTERVAL_MAX,
  new_repeat,
  nth_choice,
  parse_rule,
  type Repeat,
  render_rule,
} from "./rrule";

interface Props {
  rule: string;
  // The first one, which says on which weekday or date the others are.
  day: string;
  zone: string;
  on_change: (rule: string) => void;
  error?: string | undefined;
}

const OWN = "own";
const NEVER = "never";

export function RepeatField({ rule, day, zone, on_change, error }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const repeat = parse_rule(rule, zone);
  const set = (next: Repeat | null) => on_change(render_rule(next, zone));
  const choices = [
    { value: NEVER, label: t`Does not repeat` },
    ...FREQUENCIES.map((one) => ({ value: one, label: translate(FREQUENCY_WORDS[one]) })),
    ...(repeat === undefined ? [{ value: OWN, label: rule }] : []),
  ];
  return (
    <div className={classes.repeat}>
      <Select
        label={t`Repeats`}
        allowDeselect={false}
        data={choices}
        error={error}
        value={repeat === undefined ? OWN : (repeat?.frequency ?? NEVER)}
        onChange={(next) => {
          if (next === NEVER) set(null);
          else if (next && next !== OWN) set(new_repeat(next as Frequency, day));
        }}
      />
      {repeat && (
        <div className={classes.repeat_parts}>
          <Interval repeat={repeat} set={set} />
          {repeat.frequency === "WEEKLY" && <Weekdays repeat={repeat} set={set} />}
          {repeat.frequency === "MONTHLY" && <InMonth repeat={repeat} set={set} day={day} />}
          <Ends repeat={repeat} set={set} day={day} />
          <p className={classes.sentence} aria-live="polite">
            {repeat_text(repeat, translate)}
          </p>
        </div>
      )}
    </div>
  );
}

interface PartProps {
  repeat: Repeat;
  set: (repeat: Repeat) => void;
}

function Interval({ repeat, set }: PartProps) {
  const { t } = useLingui();
  const units: Record<Frequency, string> = {
    DAILY: t`days`,
    WEEKLY: t`weeks`,
    MONTHLY: t`months`,
    YEARLY: t`years`,
  };
  return (
    <div className="row">
      <span>{t`Repeat every`}</span>
      <NumberInput
        aria-label={t`How often`}
        w={64}
        min={1}
        max={INTERVAL_MAX}
        allowDecimal={false}
        value={repeat.interval}
        onChange={(next) => set({ ...repeat, interval: Math.max(1, Number(next) || 1) })}
      />
      <span>{units[repeat.frequency]}</span>
    </div>
  );
}

function Weekdays({ repeat, set }: PartProps) {
  const { t } = useLingui();
  const toggle = (code: string) => {
    const days = repeat.days.includes(code)
      ? repeat.days.filter((one) => one !== code)
      : [...repeat.days, code];
    // On no day at all it would not repeat.
    if (days.length) set({ ...repeat, days });
  };
  return (
    <div className={classes.weekdays} role="group" aria-label={t`On which days`}>
      {DAY_CODES.map((code) => (
        <button
          key={code}
          type="button"
          aria-pressed={repeat.days.includes(code)}
          onClick={() => toggle(code)}
        >
          <span className="visually_hidden">{weekday_name(code)}</span>
          <span aria-hidden>{weekday_name(code).slice(0, 2)}</span>
        </button>
      ))}
    </div>
  );
}

function InMonth({ repeat, set, day }: PartProps & { day: string }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const nth = repeat.nth ?? nth_choice(day);
  const date = Number(day.slice(8));
  return (
    <Select
      aria-label={t`On which day of the month`}
      allowDeselect={false}
      data={[
        { value: "date", label: t`on day ${date}` },
        { value: "nth", label: translate(nth_message(nth.week, weekday_name(nth.day))) },
      ]}
      value={repeat.nth ? "nth" : "date"}
      onChange={(next) => set({ ...repeat, nth: next === "nth" ? nth_choice(day) : null })}
    />
  );
}

const COUNT_START = 10;

function Ends({ repeat, set, day }: PartProps & { day: string }) {
  const { t } = useLingui();
  const kind = repeat.count ? "count" : repeat.until ? "until" : NEVER;
  const choose = (next: string) =>
    set({
      ...repeat,
      count: next === "count" ? COUNT_START : null,
      until: next === "until" ? `${Number(day.slice(0, 4)) + 1}${day.slice(4, 8)}01` : null,
    });
  return (
    <div className="row wrap">
      <span>{t`Ends`}</span>
      <SegmentedControl
        size="xs"
        aria-label={t`Ends`}
        value={kind}
        onChange={choose}
        data={[
          { value: NEVER, label: t`never` },
          { value: "until", label: t`on a day` },
          { value: "count", label: t`after` },
        ]}
      />
      {kind === "until" && (
        <DateInput
          aria-label={t`Last day`}
          w={130}
          valueFormat="D. MMM YYYY"
          minDate={day}
          value={repeat.until}
          onChange={(until) => until && set({ ...repeat, until })}
        />
      )}
      {kind === "count" && (
        <>
          <NumberInput
            aria-label={t`How many times`}
            w={64}
            min={1}
            max={COUNT_MAX}
            allowDecimal={false}
            value={repeat.count ?? COUNT_START}
            onChange={(next) => set({ ...repeat, count: Math.max(1, Number(next) || 1) })}
          />
          <span>{t`times`}</span>
        </>
      )}
    </div>
  );
}
