// SPDX-License-Identifier: Apache-2.0
// Which days the diary shows, and how.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Popover, SegmentedControl, Select } from "@mantine/core";
import {
  IconCalendarMonth,
  IconChevronLeft,
  IconChevronRight,
  IconPlus,
  IconUsers,
} from "@tabler/icons-react";
import { useState } from "react";
import { day_title, days_title, month_title, week_number } from "../../records/list/calendar_text";
import { type DiaryState, step_day } from "./diary_state";
import type { View } from "./diary_types";
import { MiniMonth } from "./mini_month";
import classes from "./page.module.css";

interface Props {
  state: DiaryState;
  create: (() => void) | undefined;
  open_people: () => void;
  busy: boolean;
}

export function DiaryHead({ state, create, open_people, busy }: Props) {
  const { t } = useLingui();
  const { view, day, days, today, go, phone } = state;
  const shows_today =
    view === "month"
      ? day.slice(0, 7) === today.slice(0, 7)
      : days[0]! <= today && days.includes(today);
  return (
    <header className={classes.head} aria-busy={busy}>
      <h1 className={classes.title} aria-live="polite">
        <Title state={state} />
      </h1>
      <div className={classes.steps}>
        <Button
          variant="default"
          size="xs"
          disabled={shows_today && (view !== "agenda" || day === today)}
          onClick={() => go({ day: today })}
        >
          {t`Today`}
        </Button>
        <ActionIcon aria-label={t`Earlier`} onClick={() => go({ day: step_day(view, day, -1) })}>
          <IconChevronLeft size={17} stroke={1.7} />
        </ActionIcon>
        <ActionIcon aria-label={t`Later`} onClick={() => go({ day: step_day(view, day, 1) })}>
          <IconChevronRight size={17} stroke={1.7} />
        </ActionIcon>
      </div>
      {phone && (
        <div className={classes.extras}>
          <MonthPopover state={state} />
          <ActionIcon aria-label={t`People`} onClick={open_people}>
            <IconUsers size={17} stroke={1.7} />
          </ActionIcon>
        </div>
      )}
      <div className={classes.tools}>
        {view === "week" && (
          <Select
            size="xs"
            w={104}
            aria-label={t`Days of the week`}
            allowDeselect={false}
            data={[
              { value: "5", label: t`5 days` },
              { value: "7", label: t`7 days` },
            ]}
            value={String(state.week_days)}
            onChange={(next) => state.set_week_days(next === "7" ? 7 : 5)}
          />
        )}
        <ViewSwitch state={state} />
        {create && !phone && (
          <Button leftSection={<IconPlus size={15} />} onClick={create}>
            {t`New`}
          </Button>
        )}
        {create && phone && (
          <ActionIcon variant="filled" color="ink" aria-label={t`New`} onClick={create}>
            <IconPlus size={17} />
          </ActionIcon>
        )}
      </div>
    </header>
  );
}

function Title({ state }: { state: DiaryState }) {
  const { t } = useLingui();
  const { view, day, days } = state;
  if (view === "month") return month_title(day);
  if (view === "day") return day_title(day);
  const week = week_number(days[0]!);
  return (
    <>
      {days_title(days[0]!, days.at(-1)!)}
      {view === "week" && <span className={classes.week}>{t`Week ${week}`}</span>}
    </>
  );
}

function ViewSwitch({ state }: { state: DiaryState }) {
  const { t } = useLingui();
  const names: Record<View, string> = {
    day: t`Day`,
    week: t`Week`,
    month: t`Month`,
    agenda: t`Agenda`,
  };
  const shown: View[] = state.phone ? ["day", "agenda"] : ["day", "week", "month", "agenda"];
  return (
    <SegmentedControl
      size="xs"
      aria-label={t`Shown at once`}
      value={state.view}
      data={shown.map((value) => ({ value, label: names[value] }))}
      onChange={(view) => state.go({ view: view as View })}
    />
  );
}

function MonthPopover({ state }: { state: DiaryState }) {
  const { t } = useLingui();
  const [open, set_open] = useState(false);
  return (
    <Popover opened={open} onChange={set_open} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon aria-label={t`Choose a day`} onClick={() => set_open(!open)}>
          <IconCalendarMonth size={17} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Choose a day`} p={8}>
        <MiniMonth
          state={state}
          chosen={(day) => {
            set_open(false);
            state.go({ day });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
