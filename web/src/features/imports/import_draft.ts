// SPDX-License-Identifier: Apache-2.0
// What is said of an import while its steps are walked through. Saved whenever a step is left.
import type { ImportState, ImportStep, TypeMeta } from "../../api/types";

export interface ImportDraft {
  mapping: Record<string, string>;
  match: string[];
  policy: Record<string, string>;
  transforms: Record<string, ImportStep[]>;
  constants: Record<string, string>;
  on_match: string;
  duplicates: string;
  date_order: string;
  decimal_mark: string;
  source: { name: string; legal_basis: string; obtained_at: string };
}

export const STEPS = ["file", "columns", "rules", "check", "outcome"] as const;
export type StepName = (typeof STEPS)[number];

export function start_draft(type: TypeMeta, state: ImportState): ImportDraft {
  const guessed = Object.fromEntries(
    state.columns.flatMap((column) => (column.guess ? [[column.guess, column.name]] : [])),
  );
  const mapping = state.mapping && Object.keys(state.mapping).length ? state.mapping : guessed;
  const key = ["org_number", "email", "name"].find((name) => name in mapping);
  const has_key = key && type.fields.some((field) => field.name === key);
  const { source } = state;
  return {
    mapping,
    match: state.match ?? (has_key ? [key] : []),
    policy: state.policy ?? {},
    transforms: state.transforms ?? {},
    constants: state.constants ?? {},
    on_match: state.on_match ?? "update",
    duplicates: state.duplicates ?? "ignore",
    date_order: state.date_order ?? "day_first",
    decimal_mark: state.decimal_mark ?? "comma",
    source: {
      name: source?.name || state.name || "",
      legal_basis: source?.legal_basis ?? "",
      obtained_at: source?.obtained_at || new Date().toISOString().slice(0, 10),
    },
  };
}

// The file is read another way: columns and guesses are others, but where it comes from and how its
// values are written stays true.
export function read_anew(type: TypeMeta, draft: ImportDraft, state: ImportState): ImportDraft {
  const { mapping, match, policy, transforms } = start_draft(type, state);
  return { ...draft, mapping, match, policy, transforms };
}

// A column may fill several fields, once it is divided; a field is filled from one column or from a
// fixed value.
export function with_field(draft: ImportDraft, column: string, field: string | null, old?: string) {
  const kept = Object.entries(draft.mapping).filter(([name]) => name !== field && name !== old);
  return only_filled({
    ...draft,
    mapping: Object.fromEntries(field ? [...kept, [field, column]] : kept),
    constants: without(draft.constants, field ?? ""),
  });
}

export function with_constant(draft: ImportDraft, field: string, value: string | null) {
  const constants = without(draft.constants, field);
  if (value !== null) constants[field] = value;
  return only_filled({
    ...draft,
    constants,
    mapping: value === null ? draft.mapping : without(draft.mapping, field),
  });
}

export function with_steps(draft: ImportDraft, field: string, steps: ImportStep[]): ImportDraft {
  const transforms = without(draft.transforms, field);
  if (steps.length) transforms[field] = steps;
  return { ...draft, transforms };
}

function without<T>(entries: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => name !== key));
}

function only_filled(draft: ImportDraft): ImportDraft {
  const is_filled = (field: string) => field in draft.mapping || field in draft.constants;
  const keep = <T>(entries: Record<string, T>) =>
    Object.fromEntries(Object.entries(entries).filter(([field]) => is_filled(field)));
  return {
    ...draft,
    match: draft.match.filter(is_filled),
    policy: keep(draft.policy),
    transforms: keep(draft.transforms),
  };
}

export const is_described = ({ source }: ImportDraft): boolean =>
  Boolean(source.name && source.legal_basis && source.obtained_at);

// What may still be said; a run that has begun is as it is.
export const is_open = (state: ImportState): boolean =>
  ["uploaded", "checked"].includes(state.status) || (state.status === "failed" && !state.batch);
export const is_at_work = (state: ImportState): boolean =>
  ["checking", "running", "reversing"].includes(state.status);

// Where somebody goes on who comes back.
export function first_step(state: ImportState): StepName {
  if (state.status === "uploaded") return "file";
  if (["checking", "checked"].includes(state.status)) return "check";
  return state.batch ? "outcome" : "file";
}

export function step_of(word: string | undefined, state: ImportState): StepName {
  if (!is_open(state)) return state.batch ? "outcome" : "check";
  return STEPS.find((step) => step === word) ?? first_step(state);
}

// The lines of a pasted table, as a file that divides its cells with tabulators.
export function pasted_file(text: string): File | null {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
  if (!lines) return null;
  return new File([`${lines}\n`], "clipboard.tsv", { type: "text/tab-separated-values" });
}
