// SPDX-License-Identifier: Apache-2.0
// The shapes of /duplicates and /duplicates/rules.
import type { Row } from "../../api/types";

export type Certainty = "certain" | "likely" | "possible";
export const CERTAINTIES: Certainty[] = ["certain", "likely", "possible"];

export interface Reason {
  kind: string;
  field: string;
  // A sentence in the caller's language.
  text: string;
  mine: string;
  theirs: string;
  points: number;
}

export interface Candidate {
  id: number;
  type: string;
  label: string;
  score: number;
  certainty: Certainty;
  reasons: Reason[];
  record: Partial<Row>;
}

export interface Side {
  id: number;
  label: string;
  record: Partial<Row>;
}

export interface Pair {
  pair: number;
  score: number;
  certainty: Certainty;
  left: Side;
  right: Side;
  reasons: Reason[];
  found_at: string;
}

export type Counts = Record<Certainty, number>;

export interface PairPage {
  pairs: Pair[];
  counts: Counts;
  next: string | null;
}

export interface ScanKey {
  key: string;
  blocks: number;
  pairs: number;
  largest: number;
  skipped: number;
}

export interface Scan {
  scan: number;
  type: string;
  job: number;
  status: string;
  started_at: string | null;
  ended_at: string | null;
  compared: number;
  found: number;
  keys: ScanKey[];
  block_max: number;
  counts: Counts | null;
}

export interface Level {
  from: number;
  points: number;
}

export interface Comparison {
  kind: string;
  fields: string[];
  levels: Level[];
  differ: number;
  weight?: number;
}

export interface Rules {
  type: string;
  version: number;
  is_shipped: boolean;
  prior: number;
  certain_at: number;
  warn_at: number;
  keep_at: number;
  possible_at: number;
  ask_on_create: boolean;
  comparisons: Comparison[];
  keys: string[];
}

export interface RulesAnswer {
  rules: Rules[];
  kinds: { kind: string; label: string }[];
}
