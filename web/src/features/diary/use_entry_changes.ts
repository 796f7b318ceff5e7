// SPDX-License-Identifier: Apache-2.0
// Appointments that are being changed: shown at once as they will be, put back when the server says
// no, and taken back with one click afterwards. One of a series asks first which ones are meant.
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { query_client, refresh_record } from "../../api/queries";
import { toast_error, toast_undo } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { DIARY_KEY } from "./diary_query";
import { type Answer, type Entry, entry_key, type Scope } from "./diary_types";
import { is_changed, type Times, times_before } from "./drag";
import {
  is_occurrence,
  remove_entry,
  restore_entry,
  type Saved,
  save_entry,
  send_answer,
  undo_change,
} from "./entry_calls";

interface Change {
  entry: Entry;
  // As it will look; null when it will be gone.
  after: Partial<Entry> | null;
  send: (scope?: Scope) => Promise<Saved>;
  // Says what was done, and how it is taken back.
  done: (saved: Saved) => { text: string; undo: () => void } | null;
}

type Begin = (change: Change) => void;

export function useEntryChanges() {
  const error_text = useErrorText();
  const { t } = useLingui();
  const [changing, set_changing] = useState<Change[]>([]);
  const [asked, set_asked] = useState<Change | null>(null);
  const run = useMutation({
    mutationFn: ({ change, scope }: { change: Change; scope?: Scope | undefined }) =>
      change.send(scope),
    onSuccess: (saved, { change }) => {
      const said = change.done(saved);
      if (said) toast_undo(said.text, t`Undo`, said.undo);
    },
    onError: (error) => toast_error(error_text(error)),
    onSettled: async (_saved, _error, { change }) => {
      refresh_record("activities", change.entry.activity);
      await query_client.refetchQueries({ queryKey: DIARY_KEY, type: "active" });
      set_changing((old) => old.filter((one) => one !== change));
    },
  });
  const start = (change: Change, scope?: Scope) => {
    set_changing((old) => [...old, change]);
    run.mutate({ change, scope });
  };
  const begin = (change: Change) => {
    const key = entry_key(change.entry);
    // What is on its way has no version yet that another change could be of.
    if (changing.some((one) => entry_key(one.entry) === key)) return;
    if (is_occurrence(change.entry)) set_asked(change);
    else start(change);
  };
  const actions = useActions(begin, start);
  return {
    ...actions,
    shown: (entries: Entry[]) => with_changes(entries, asked ? [...changing, asked] : changing),
    asked: asked && { entry: asked.entry, is_removal: asked.after === null },
    choose: (scope: Scope | null) => {
      set_asked(null);
      if (asked && scope) start(asked, scope);
    },
  };
}

export type EntryChanges = ReturnType<typeof useEntryChanges>;

function with_changes(entries: Entry[], changes: Change[]): Entry[] {
  const by_key = new Map(changes.map((change) => [entry_key(change.entry), change]));
  return entries.flatMap((entry) => {
    const change = by_key.get(entry_key(entry));
    if (!change) return [entry];
    return change.after ? [{ ...entry, ...change.after }] : [];
  });
}

function useActions(begin: Begin, start: Begin) {
  const { t } = useLingui();
  const undo = useUndo();
  const set_times = useMoves(begin, start);
  const tick = (entry: Entry, done: boolean) => {
    const key = done ? "done" : "planned";
    const values = { status: key, done_at: done ? new Date().toISOString() : null };
    begin({
      entry,
      after: { status: { key } },
      send: (scope) => save_entry(entry, values, scope),
      done: () => null,
    });
  };
  const remove = (entry: Entry) => {
    const name = entry.name;
    begin({
      entry,
      after: null,
      send: (scope) => remove_entry(entry, scope),
      done: ({ batch }) => ({
        text: t`${name} is in the bin`,
        undo: () => undo(batch ? undo_change(batch) : restore_entry(entry)),
      }),
    });
  };
  const answer = (entry: Entry, said: Exclude<Answer, "invited">) =>
    // An answer is to all of a series.
    start({
      entry,
      after: { my_answer: said },
      send: async () => {
        await send_answer(entry.activity, said);
        return {};
      },
      done: () => null,
    });
  return { set_times, tick, remove, answer };
}

function useMoves(begin: Begin, start: Begin) {
  const { t } = useLingui();
  const undo = useUndo();
  const move_back = (entry: Entry, times: Times, version: number) => {
    const before = times_before(entry, times);
    const moved = { ...entry, ...times, version };
    start({
      entry: moved,
      after: before,
      send: () => save_entry(moved, { ...before }),
      done: () => null,
    });
  };
  return (entry: Entry, times: Times) => {
    if (!is_changed(entry, times)) return;
    const name = entry.name;
    begin({
      entry,
      after: times,
      send: (scope) => save_entry(entry, { ...times }, scope),
      done: ({ activity, batch }) => ({
        text: t`${name} is moved`,
        undo: () =>
          batch
            ? undo(undo_change(batch))
            : move_back(entry, times, activity?.version ?? entry.version),
      }),
    });
  };
}

function useUndo() {
  const { t } = useLingui();
  const error_text = useErrorText();
  return async (asked: Promise<unknown>) => {
    try {
      await asked;
      refresh_record("activities");
    } catch (error) {
      const reason = error_text(error);
      toast_error(t`It could not be taken back: ${reason}`);
    }
  };
}
