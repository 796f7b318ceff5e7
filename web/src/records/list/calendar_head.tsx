// SPDX-License-Identifier: Apache-2.0
// Which days a calendar shows: going on and back, to today, from month to week; what has no date.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useDictionary } from "../dictionary";
import type { CalendarParts } from "./calendar";
import classes from "./calendar.module.css";
import { step_by } from "./calendar_days";
import { days_title, month_title, week_number } from "./calendar_text";
import { path_label } from "./list_columns";
import { useUndated } from "./use_calendar";

interface Props {
  parts: CalendarParts;
  shown: string;
  days: string[];
}

export function CalendarHead({ parts, shown, days }: Props) {
  const { t } = useLingui();
  const { state, span, today } = parts;
  const show = (day: string) => state.change({ day: day === today ? "" : day });
  const month = span === "month";
  const week = week_number(days[0]!);
  return (
    <header className={classes.head}>
      <div className={classes.steps}>
        <Button
          variant="default"
          size="xs"
          disabled={days.includes(today) && shown.slice(0, 7) === today.slice(0, 7)}
          onClick={() => show(today)}
        >
          {t`Today`}
        </Button>
        <ActionIcon
          aria-label={month ? t`Previous month` : t`Previous week`}
          onClick={() => show(step_by(shown, span, -1))}
        >
          <IconChevronLeft size={17} stroke={1.7} />
        </ActionIcon>
        <ActionIcon
          aria-label={month ? t`Next month` : t`Next week`}
          onClick={() => show(step_by(shown, span, 1))}
        >
          <IconChevronRight size={17} stroke={1.7} />
        </ActionIcon>
      </div>
      <h2 className={classes.title} aria-live="polite">
        {month ? month_title(shown) : days_title(days[0]!, days.at(-1)!)}
        {!month && <span className={classes.week}>{t`Week ${week}`}</span>}
      </h2>
      <Undated parts={parts} />
      <SegmentedControl
        size="xs"
        aria-label={t`Shown at once`}
        value={span}
        data={[
          { value: "month", label: t`Month` },
          { value: "week", label: t`Week` },
        ]}
        onChange={(next) =>
          state.change({ presentation: next as "month" | "week", day: parts.active })
        }
      />
    </header>
  );
}

function Undated({ parts }: { parts: CalendarParts }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const { type, state } = parts;
  const undated = useUndated(type, state, state.group_by);
  const date = path_label(dictionary, type, state.group_by);
  if (!undated.count) return <span className={classes.date_name}>{date}</span>;
  const count = undated.count;
  return (
    <span className={classes.date_name}>
      {date}
      <button
        type="button"
        className={classes.undated}
        onClick={() =>
          state.change({ presentation: "table", group_by: "", filter: undated.filter, day: "" })
        }
      >
        {t`${count} without a date`}
      </button>
    </span>
  );
}
