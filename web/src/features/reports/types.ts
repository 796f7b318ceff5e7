// SPDX-License-Identifier: Apache-2.0
// What the server says of what is sent regularly.
import type { Ref } from "../../api/types";

export const FREQUENCIES = ["daily", "weekdays", "weekly", "monthly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const LAST_DAY = 0;

export interface Schedule {
  frequency: Frequency;
  // Of weekly: 1 = Monday … 7; of monthly: one of 1 … 31, or LAST_DAY.
  days: number[];
  time: string;
  zone: string;
}

export interface Receiver {
  id: number;
  name: string;
  unsubscribed: boolean;
  is_active: boolean;
}

export interface Report extends Schedule {
  id: number;
  version: number;
  dashboard: { id: number; name: string | null };
  tile: number | null;
  filters: Record<string, string>;
  paper: "portrait" | "landscape";
  subject: string;
  message: string;
  is_on: boolean;
  next_at: string | null;
  owner: Ref;
  editable: boolean;
  is_receiver: boolean;
  unsubscribed: boolean;
  receivers?: Receiver[];
  last: { state: State; occasion: string; error: string | null } | null;
}

export type State = "waiting" | "preparing" | "handing" | "sent" | "failed" | "skipped" | "unsure";

export interface Delivery {
  id: number;
  user: Ref;
  occasion: string;
  state: State;
  attempts: number;
  error: string | null;
  next_try_at: string | null;
  ended_at: string | null;
}

// What the form has, and the server takes.
export interface Draft extends Schedule {
  receivers: number[];
  paper: Report["paper"];
  subject: string;
  message: string;
  is_on: boolean;
}
