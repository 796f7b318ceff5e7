// SPDX-License-Identifier: Apache-2.0

export interface RegisterLoad {
  id: number;
  status: "loading" | "ready" | "retired" | "removed" | "failed";
  name: string;
  size_bytes: number;
  obtained_on: string;
  created_at: string;
  ended_at: string | null;
  job: number;
  rows: number;
  bad_rows: number;
  problems: Record<string, { count: number; rows: number[] }>;
  error?: string;
}

export interface RegisterProvider {
  name: string;
  title: string;
  country: string;
  licence: string;
  licence_text: string;
  licence_url: string;
  source_url: string;
  note: string;
  current: RegisterLoad | null;
  latest: RegisterLoad | null;
  online?: RegisterOnline | null;
}

// What can be asked of the provider itself.
export interface RegisterOnline {
  lookup: boolean;
  search: boolean;
  feed: boolean;
  is_on: boolean;
  sends: Record<string, string>;
}

export type Policy = "always" | "if_empty" | "propose" | "never";
export const POLICIES: Policy[] = ["always", "if_empty", "propose", "never"];

// How companies are kept up to date from one register.
export interface UpdateSettings {
  provider: string;
  title: string;
  version: number;
  is_nightly: boolean;
  source: "auto" | "local" | "online";
  otherwise: Policy;
  typed: Policy;
  policies: Record<string, Policy>;
  tasks: string[];
  fields: string[];
  can_online: boolean;
  has_local: boolean;
  feed_cursor: string | null;
  last_run_at: string | null;
  last_run: Record<string, number> | null;
}

export interface RegisterFound {
  provider: string;
  title: string;
  licence: string;
  obtained_on: string;
  entry: Record<string, string>;
  values: Record<string, unknown>;
  company: number | null;
}

export interface RegisterAnswer {
  companies: { id: number; name: string }[];
  entries: RegisterFound[];
}
