// SPDX-License-Identifier: Apache-2.0
// What is asked of the server to change a diary. One of a series goes through its occurrence.
import { ApiError, api } from "../../api/client";
import type { Row } from "../../api/types";
import type { Answer, Entry, Participant, Scope } from "./diary_types";

export type Values = Record<string, unknown>;

export interface Saved {
  activity?: Row;
  // Of a series: the change set.
  batch?: number;
}

export const is_occurrence = (entry: Entry) => entry.is_series && entry.occurrence_at !== null;

const path_of = (entry: Entry) =>
  `/activities/${entry.activity}/occurrences/${encodeURIComponent(entry.occurrence_at ?? "")}`;

export async function save_entry(entry: Entry, values: Values, scope?: Scope): Promise<Saved> {
  if (scope && is_occurrence(entry)) {
    return api.post<Saved>(path_of(entry), { scope, values }, { version: entry.version });
  }
  return { activity: await save_one(entry, values) };
}

// Somebody who changed other fields meanwhile is in nobody's way.
async function save_one(entry: Entry, values: Values): Promise<Row> {
  const path = `/activities/${entry.activity}`;
  try {
    return await api.patch<Row>(path, values, entry.version);
  } catch (error) {
    const current = error instanceof ApiError && error.status === 412 && error.body.current;
    if (!current || !is_untouched(current as Row, entry, values)) throw error;
    return api.patch<Row>(path, values, (current as Row).version);
  }
}

function is_untouched(current: Row, entry: Entry, values: Values): boolean {
  const time = (value: unknown) => (value ? new Date(String(value)).getTime() : null);
  return ["starts_at", "ends_at", "due_on"]
    .filter((name) => name in values)
    .every((name) => time(current[name]) === time(entry[name as "starts_at"]));
}

export async function remove_entry(entry: Entry, scope?: Scope): Promise<Saved> {
  if (!scope || !is_occurrence(entry)) {
    await api.remove(`/activities/${entry.activity}`);
    return {};
  }
  return api.remove<Saved>(`${path_of(entry)}?scope=${scope}`, undefined, entry.version);
}

export const restore_entry = (entry: Entry) =>
  api.post(`/activities/${entry.activity}/restoration`);

// A change of a series touches several records; it is taken back as the one change that it was.
export const undo_change = (batch: number) => api.remove(`/batches/${batch}`);

export const set_participants = (activity: number, users: number[]) =>
  api.put<{ participants: Participant[] }>(`/activities/${activity}/participants`, { users });

export const send_answer = (activity: number, answer: Exclude<Answer, "invited">) =>
  api.post(`/activities/${activity}/answer`, { answer });
