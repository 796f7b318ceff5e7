// SPDX-License-Identifier: Apache-2.0
// The diary: one's own, colleagues' and groups' appointments, by day, week, month or as a list.
import { useLingui } from "@lingui/react/macro";
import { Button, Drawer } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { EmptyState, ErrorState, LoadingState } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { DiaryHead } from "./diary_head";
import type { DiaryParts, NewStart } from "./diary_parts";
import { useDiary } from "./diary_query";
import { type DiaryState, useDiaryState } from "./diary_state";
import { type Entry, entry_key } from "./diary_types";
import { MiniMonth } from "./mini_month";
import classes from "./page.module.css";
import { PeopleList } from "./people_list";
import { TimeGrid } from "./time_grid";
import { useDiaryKeys } from "./use_diary_keys";
import { useEntryChanges } from "./use_entry_changes";
import { useSwipe } from "./use_swipe";

const MonthView = lazy(() => import("./month_view"));
const AgendaView = lazy(() => import("./agenda_view"));
const EntryPanel = lazy(() => import("./entry_panel"));
const EntryDialog = lazy(() => import("./entry_dialog"));
const ScopeDialog = lazy(() => import("./scope_dialog"));

const WORK_BEGINS = 9 * 60;
const HOUR = 60;

export function DiaryPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const state = useDiaryState();
  const diary = useDiary(state);
  const changes = useEntryChanges();
  const [selected, set_selected] = useState<string | null>(null);
  const [start, set_start] = useState<NewStart | null>(null);
  const [edited, set_edited] = useState<Entry | null>(null);
  const [people_open, set_people_open] = useState(false);
  const entries = changes.shown(diary.entries);
  const may_create = dictionary.can("activity", "create");
  const create_now = () => set_start({ day: state.day, span: next_hour(state) });
  const parts: DiaryParts = {
    state,
    entries,
    persons: diary.persons,
    selected,
    open: (entry) => set_selected(entry_key(entry)),
    create: may_create ? set_start : undefined,
    set_times: changes.set_times,
    tick: changes.tick,
    remove: changes.remove,
  };
  const chosen = entries.find((entry) => entry_key(entry) === selected);
  useDiaryKeys(state, may_create ? create_now : undefined);
  return (
    <div className={classes.page} data-type="activity">
      <DiaryHead
        state={state}
        create={may_create ? create_now : undefined}
        open_people={() => set_people_open(true)}
        busy={diary.answer.isFetching}
      />
      <div className={classes.body}>
        {!state.phone && (
          <div className={classes.side}>
            <MiniMonth state={state} chosen={(day) => state.go({ day })} />
            <PeopleList state={state} persons={diary.persons} />
          </div>
        )}
        <div className={classes.main} data-stale={diary.answer.isPlaceholderData || undefined}>
          {diary.answer.data?.is_cut && (
            <p className={classes.cut} role="status">
              {t`There are more appointments than can be shown. Choose fewer people or days.`}
            </p>
          )}
          <Shown parts={parts} diary={diary} open_people={() => set_people_open(true)} />
        </div>
        <Suspense>
          {chosen && (
            <EntryPanel
              key={entry_key(chosen)}
              parts={parts}
              entry={chosen}
              edit={() => set_edited(chosen)}
              answer={changes.answer}
              close={() => set_selected(null)}
            />
          )}
        </Suspense>
      </div>
      <Suspense>
        {(start || edited) && (
          <EntryDialog
            start={start}
            entry={edited}
            zone={state.zone}
            close={() => {
              set_start(null);
              set_edited(null);
            }}
          />
        )}
        {changes.asked && (
          <ScopeDialog is_removal={changes.asked.is_removal} choose={changes.choose} />
        )}
      </Suspense>
      <Drawer
        opened={people_open}
        onClose={() => set_people_open(false)}
        position={state.phone ? "bottom" : "left"}
        size={state.phone ? "75%" : 320}
        title={t`Whose diary?`}
        closeButtonProps={{ "aria-label": t`Close` }}
      >
        <PeopleList state={state} persons={diary.persons} />
      </Drawer>
    </div>
  );
}

interface ShownProps {
  parts: DiaryParts;
  diary: ReturnType<typeof useDiary>;
  open_people: () => void;
}

function Shown({ parts, diary, open_people }: ShownProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { state } = parts;
  const swipe = useSwipe(state);
  if (diary.nobody) {
    return (
      <EmptyState
        icon={<IconUsers size={22} />}
        title={t`Nobody is chosen`}
        action={
          state.phone && (
            <Button variant="default" onClick={open_people}>
              {t`Choose people`}
            </Button>
          )
        }
      >
        {t`Choose whose diary you want to see.`}
      </EmptyState>
    );
  }
  if (diary.answer.error && !diary.answer.data) {
    return (
      <ErrorState
        title={t`The diary could not be shown`}
        detail={error_text(diary.answer.error)}
        retry={() => void diary.answer.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (diary.answer.isPending) return <LoadingState label={t`The diary is being loaded`} />;
  return (
    <Suspense fallback={<LoadingState label={t`The diary is being loaded`} />}>
      {state.view === "month" && <MonthView parts={parts} />}
      {state.view === "agenda" && <AgendaView parts={parts} />}
      {(state.view === "day" || state.view === "week") && (
        <div className={classes.grid} {...swipe}>
          <TimeGrid key={state.view} parts={parts} />
        </div>
      )}
    </Suspense>
  );
}

// Today the hour that comes, on other days the beginning of work.
function next_hour({ day, today, zone }: DiaryState) {
  if (day !== today) return { from: WORK_BEGINS, to: WORK_BEGINS + HOUR };
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "numeric", timeZone: zone });
  const from = Math.min(22, Number(clock.format(new Date())) + 1) * HOUR;
  return { from, to: from + HOUR };
}
