// SPDX-License-Identifier: Apache-2.0
// Saving the form: a new appointment, or what was changed of one that is there.
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { Row } from "../../api/types";
import type { Entry, Scope } from "./diary_types";
import { is_occurrence, save_entry, set_participants, type Values } from "./entry_calls";
import { changed_values, type Draft, filled_values, same_people } from "./entry_draft";

interface Saving {
  draft: Draft;
  scope?: Scope | undefined;
}

interface Options {
  // What is changed, and how it was before.
  entry: Entry | null;
  before: Draft;
  owner: number | undefined;
  zone: string;
  saved: (draft: Draft) => void;
}

export function useSaveEntry({ entry, before, owner, zone, saved }: Options) {
  const create = async (draft: Draft): Promise<Row> => {
    const values: Values = filled_values(draft, zone);
    return api.post<Row>("/activities", owner ? { ...values, owner } : values);
  };
  const change = async (old: Entry, { draft, scope }: Saving): Promise<number> => {
    const values = changed_values(before, draft, zone);
    if (!Object.keys(values).length) return old.activity;
    const { activity } = await save_entry(old, values, scope);
    return activity?.id ?? old.activity;
  };
  return useMutation({
    mutationFn: async (saving: Saving) => {
      const { draft } = saving;
      const activity = entry ? await change(entry, saving) : (await create(draft)).id;
      if (!same_people(before.participants, draft.participants)) {
        await set_participants(
          activity,
          draft.participants.map((one) => one.id),
        );
      }
      return activity;
    },
    onSuccess: (activity, { draft }) => {
      refresh_record("activities", activity);
      saved(draft);
    },
  });
}

// A new rule is for all that follow; the other changes ask.
export const must_ask = (entry: Entry | null) => entry !== null && is_occurrence(entry);
