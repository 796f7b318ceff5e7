// SPDX-License-Identifier: Apache-2.0
// What the server says about a diary, and how an appointment is named on this screen.

export type Answer = "invited" | "accepted" | "declined" | "tentative";
export type View = "day" | "week" | "month" | "agenda";
export type Scope = "this" | "following" | "all";

export interface Participant {
  user: number;
  name: string;
  answer: Answer;
}

export interface DiaryUser {
  id: number;
  name: string;
  group?: number | null;
}

interface Linked {
  id: number;
  title: string;
}

export interface Entry {
  activity: number;
  // Which one of a series.
  occurrence_at: string | null;
  kind: { key: string } | null;
  status: { key: string } | null;
  name: string;
  starts_at: string | null;
  ends_at: string | null;
  all_day: boolean;
  due_on: string | null;
  location: string | null;
  // In whose columns it stands.
  users: number[];
  owner: number | null;
  company: Linked | null;
  person: Linked | null;
  sale: Linked | null;
  is_series: boolean;
  participants: Participant[];
  my_answer: Answer | null;
  // Whoever is only invited sees the appointment, but not its record.
  may_read: boolean;
  may_edit: boolean;
  version: number;
}

export interface DiaryAnswer {
  users: DiaryUser[];
  entries: Entry[];
  // There are more than the server hands out at once.
  is_cut: boolean;
}

export const entry_key = (entry: Pick<Entry, "activity" | "occurrence_at">) =>
  `${entry.activity}/${entry.occurrence_at ?? ""}`;

export const is_task = (entry: Entry) => entry.kind?.key === "task";
export const is_done = (entry: Entry) => entry.status?.key === "done";
export const is_cancelled = (entry: Entry) => entry.status?.key === "cancelled";
