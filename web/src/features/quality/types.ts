// SPDX-License-Identifier: Apache-2.0
// The shapes of /quality.
import type { Labels, Ref } from "../../api/types";

export type Severity = "error" | "warning" | "advice";
export const SEVERITIES: Severity[] = ["error", "warning", "advice"];

export const FIXES = [
  "none",
  "suggestion",
  "trim",
  "proper_case",
  "lower_case",
  "upper_case",
  "clear",
  "set",
] as const;
export type Fix = (typeof FIXES)[number];

export interface Rule {
  key: string;
  type: string;
  is_shipped: boolean;
  is_changed: boolean;
  is_on: boolean;
  version: number;
  severity: Severity;
  weight: number;
  // Exactly one of them: a named check of a field, or a filter that finds the wrong records.
  check: string | null;
  filter: string | null;
  field: string | null;
  params: Record<string, unknown>;
  fix: Fix;
  fix_value: unknown;
  message: Labels;
  // The message in the reader's language.
  text: string;
  // Findings that the reader may see; only where they were asked for.
  open?: number;
}

export interface CheckParam {
  name: string;
  kind: "integer" | "text" | "fields";
  default?: unknown;
}

export interface Check {
  name: string;
  label: string;
  // Of fields; none: any.
  kinds: string[];
  params: CheckParam[];
  suggests: boolean;
}

export interface Suggestion {
  // What a change of the record takes.
  changes: Record<string, unknown>;
  // As it is shown; null: the field becomes empty.
  value: string | null;
}

// What a look at values that are not stored yet finds.
export interface Remark {
  rule: string;
  severity: Severity;
  weight: number;
  field: string | null;
  text: string;
  value: string | null;
  suggestion: Suggestion | null;
}

export interface Finding extends Remark {
  id: number;
  type: string;
  record: {
    id: number;
    name: string | null;
    version: number;
    owner: Ref | null;
    quality_score: number | null;
  };
  can_fix: boolean;
  found_at: string;
  dismissed: { at: string; by: Ref | null; reason: string } | null;
}

export interface Improvement {
  finding: number;
  rule: string;
  field: string | null;
  text: string;
  points: number;
}

export interface RecordQuality {
  type: string;
  id: number;
  score: number | null;
  findings: Finding[];
  improvements: Improvement[];
}

export interface CountGroup {
  key: string | number | null;
  label: string | null;
  count: number;
  records: number;
}

export interface Counts {
  total: number;
  records: number;
  groups: CountGroup[];
}

export interface FixSample {
  finding: number;
  id: number;
  name: string | null;
  rule: string;
  field: string | null;
  value: string | null;
  suggestion: Suggestion;
}

export interface FixPreview {
  count: number;
  not_fixable: number;
  not_allowed: number;
  capped?: boolean;
  rules: { rule: string; count: number }[];
  sample: FixSample[];
}

// Of a rule that is not kept yet.
export interface RuleFindings {
  count: number;
  capped: boolean;
  sample: {
    id: number;
    name: string | null;
    field: string | null;
    value: string | null;
    suggestion: Suggestion | null;
  }[];
}

export interface TypeStatus {
  type: string;
  label: string;
  records: number | null;
  scanned_at: string | null;
  job: number | null;
  done: number;
  total: number;
  // Records that were changed and not looked at yet.
  waiting: number;
}

export interface ScoreGroup {
  key: string | number | null;
  label: string | null;
  records: number;
  score: number | null;
  perfect: number;
  findings: number;
  errors: number;
}

export interface ScorePoint {
  day: string;
  records: number;
  score: number | null;
  findings: number;
  errors: number;
}
