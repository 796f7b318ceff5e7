// SPDX-License-Identifier: Apache-2.0
// The shapes of /merge and /merges.
import type { Ref } from "../../api/types";

export interface FieldValue {
  id: number;
  value: unknown;
  display: string;
  source?: string;
  changed_at?: string;
}

export interface MergeField {
  field: string;
  values: FieldValue[];
  differs: boolean;
  suggested: number;
  // The strictest of the values wins, whatever is chosen.
  strict?: boolean;
}

export interface MergePreview {
  keep: number;
  records: { id: number; label: string; version: number; created_at?: string }[];
  fields: MergeField[];
  contact_points?: unknown[];
  moves: { what: string; field?: string; label: string; count: number }[];
  warnings: { code: string; text: string }[];
}

export interface MergeDone {
  merge: number;
  record: { id: number; name?: string };
  undo_until: string;
}

export interface Labelled {
  id: number;
  label: string | null;
}

export interface MergeEntry {
  merge: number;
  type: string;
  kept: Labelled;
  merged: Labelled[];
  by: Ref;
  at: string;
  undo_until: string;
  state: "done" | "undone";
  undoable: boolean;
}

export interface UndoConflict {
  record: { type: string; id: number };
  field: string;
  masked?: boolean;
  now: unknown;
  restored: unknown;
}

export interface Undone {
  restored: number[];
  conflicts: UndoConflict[];
}

export interface BulkPreview {
  groups: { keep: number; merge: number[]; label: string }[];
  count: number;
  left_out: { reason: string; count: number }[];
}
