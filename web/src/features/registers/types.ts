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
