// SPDX-License-Identifier: Apache-2.0
// A rule while it is being written, and what of it may be sent. Pure.
import type { FieldMeta, Labels, TypeMeta } from "../../api/types";
import type { Check, Fix, Rule, Severity } from "./types";

export interface RuleDraft {
  type: string;
  // Which of the two the editor shows; the other one is kept until the rule is saved.
  by: "check" | "filter";
  check: string;
  filter: string;
  field: string;
  params: Record<string, unknown>;
  severity: Severity;
  weight: number;
  fix: Fix;
  fix_value: unknown;
  message: Labels;
  is_on: boolean;
}

const WEIGHT = 10;

export const fresh_draft = (type: string): RuleDraft => ({
  type,
  by: "filter",
  check: "",
  filter: "",
  field: "",
  params: {},
  severity: "warning",
  weight: WEIGHT,
  fix: "none",
  fix_value: null,
  message: {},
  is_on: true,
});

export const draft_of = (rule: Rule): RuleDraft => ({
  type: rule.type,
  by: rule.check ? "check" : "filter",
  check: rule.check ?? "",
  filter: rule.filter ?? "",
  field: rule.field ?? "",
  params: rule.params ?? {},
  severity: rule.severity,
  weight: rule.weight,
  fix: rule.fix,
  fix_value: rule.fix_value ?? null,
  message: rule.message,
  is_on: rule.is_on,
});

// What a change of the rule takes: everything but its type.
export function wire_of(draft: RuleDraft) {
  const by_check = draft.by === "check";
  return {
    check: by_check ? draft.check || null : null,
    filter: by_check ? null : draft.filter.trim() || null,
    field: draft.field || null,
    params: by_check ? draft.params : {},
    severity: draft.severity,
    weight: draft.weight,
    fix: draft.fix,
    fix_value: draft.fix === "set" ? draft.fix_value : null,
    message: draft.message,
    is_on: draft.is_on,
  };
}

const says_what = (draft: RuleDraft) =>
  !!(draft.by === "check" ? draft.check : draft.filter.trim());

function has_whole_fix(draft: RuleDraft): boolean {
  const needs_field = draft.fix !== "none" && draft.fix !== "suggestion";
  const needs_value = draft.fix === "set" && draft.fix_value === null;
  return !(needs_field && !draft.field) && !needs_value;
}

export const is_complete = (draft: RuleDraft): boolean =>
  says_what(draft) && has_whole_fix(draft) && has_message(draft);

// What is asked before it is kept, also while it is half written; null: it says nothing yet.
export function preview_form(draft: RuleDraft) {
  if (!says_what(draft)) return null;
  const wire = wire_of(draft);
  return {
    type: draft.type,
    ...wire,
    ...(has_whole_fix(draft) ? {} : { fix: "none", fix_value: null }),
    // Every rule says something; what, makes no difference to what it finds.
    message: { en: draft.type },
  };
}

const has_message = ({ message }: RuleDraft) => Object.values(message).some((text) => text.trim());

// Fields that a check can look at; without a check, all that can be written.
export function fields_for(type: TypeMeta, check: Check | undefined): FieldMeta[] {
  const kinds = check?.kinds ?? [];
  return type.fields
    .filter((field) => !field.hidden && !field.computed && !field.read_only)
    .filter((field) => !kinds.length || kinds.includes(field.kind));
}

const OF_TEXT: Fix[] = ["trim", "proper_case", "lower_case", "upper_case"];
const TEXT_KINDS = ["text", "long_text", "email", "url"];

// What can be done about it by itself.
export function fixes_for(field: FieldMeta | undefined, check: Check | undefined): Fix[] {
  const of_field: Fix[] = field
    ? [...(TEXT_KINDS.includes(field.kind) ? OF_TEXT : []), ...(field.required ? [] : CLEAR), "set"]
    : [];
  return ["none", ...(check?.suggests ? SUGGESTION : []), ...of_field];
}

const CLEAR: Fix[] = ["clear"];
const SUGGESTION: Fix[] = ["suggestion"];
