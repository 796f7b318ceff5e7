// SPDX-License-Identifier: Apache-2.0
// What the server says of what one was told.
import type { Ref } from "../../api/types";

export const KINDS = [
  "reminder",
  "task_due",
  "invited",
  "answered",
  "moved",
  "cancelled",
  "assigned",
  "changed",
  "job_done",
  "job_failed",
  "alert",
  "quality_weekly",
] as const;
export type Kind = (typeof KINDS)[number];

export interface When {
  starts_at?: string;
  on?: string;
  all_day?: boolean;
  is_series?: boolean;
}

export interface Params extends When {
  minutes?: number;
  answer?: "accepted" | "declined" | "tentative";
  from?: When;
  to?: When;
  count?: number;
  change?: "changed" | "archived" | "restored";
  fields?: string[];
  job?: number;
  job_kind?: string;
  type?: string;
  // Of a number on a dashboard.
  dashboard?: number;
  tile?: number;
  title?: string;
  condition?: "above" | "below" | "changes";
  value?: number;
  number?: number;
  currency?: string;
  // How good the records are, and since a week ago.
  findings?: string;
  score?: string;
  score_change?: string;
}

export interface ToldRecord {
  type: string;
  plural: string;
  id: number;
  title: string | null;
  may_read: boolean;
  is_archived: boolean;
}

export interface Told {
  id: number;
  kind: Kind;
  at: string;
  read_at: string | null;
  record: ToldRecord | null;
  by: Ref | null;
  params: Params;
}

export interface ToldPage {
  items: Told[];
  next: string | null;
  unread: number;
}

export interface Watched {
  record: Omit<ToldRecord, "may_read">;
  since: string;
}

export interface WatchedPage {
  items: Watched[];
  next: string | null;
}

export interface Choice {
  kind: Kind;
  in_app: boolean;
}
