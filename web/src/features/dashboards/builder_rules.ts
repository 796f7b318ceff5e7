// SPDX-License-Identifier: Apache-2.0
// Which fields can be what in a tile, and what becomes of a definition when its look changes. Pure.
import type { FieldKind, FieldMeta, TypeMeta } from "../../api/types";
import type { Definition, GroupBy, Measure, MeasureKind, Presentation } from "./types";

const NOT_GROUPED: FieldKind[] = [
  "long_text",
  "rich_text",
  "money",
  "choices",
  "links",
  "address",
  "file",
  "phone",
  "email",
  "url",
  "registration_number",
];
const NUMBERS: FieldKind[] = ["integer", "decimal", "money"];
const TIMES: FieldKind[] = ["date", "instant"];

const shown = (type: TypeMeta) =>
  type.fields.filter((field) => !field.hidden && !["id", "archived_at"].includes(field.name));

export const time_fields = (type: TypeMeta) =>
  shown(type).filter((field) => TIMES.includes(field.kind));
export const group_fields = (type: TypeMeta) =>
  shown(type).filter((field) => !NOT_GROUPED.includes(field.kind) && field.name !== "name");
export const is_time = (field: FieldMeta | undefined) => !!field && TIMES.includes(field.kind);

export function measured_fields(type: TypeMeta, kind: MeasureKind): FieldMeta[] {
  const fields = shown(type);
  if (kind === "distinct") return group_fields(type);
  if (kind === "weighted") return fields.filter((field) => field.kind === "money");
  if (kind === "minimum" || kind === "maximum")
    return fields.filter((field) => NUMBERS.includes(field.kind) || TIMES.includes(field.kind));
  return fields.filter((field) => NUMBERS.includes(field.kind));
}

export const needs_field = (kind: MeasureKind) => kind !== "count" && kind !== "ratio";

const group_name = (group: GroupBy) => (typeof group === "string" ? group : group.field);

function first_group(type: TypeMeta, presentation: Presentation): GroupBy[] {
  const time = ["line", "area"].includes(presentation) ? time_fields(type)[0] : undefined;
  if (time) return [{ field: time.name, by: "month" }];
  const field = group_fields(type).find((one) => one.kind === "choice") ?? group_fields(type)[0];
  return field ? [field.name] : [];
}

// Whether a measure is an amount of money, so that its currency matters.
export const measures_money = (type: TypeMeta, draft: Definition) =>
  (draft.measures ?? []).some(
    ({ kind, field }) =>
      needs_field(kind) &&
      kind !== "distinct" &&
      type.fields.some((one) => one.name === field && one.kind === "money"),
  );

// Without what only a number can show.
function without_number_only(definition: Definition) {
  if (typeof definition.comparison === "object") delete definition.comparison;
  if (definition.currency === "own") delete definition.currency;
}

// Keeps as much of the definition as the new look can show.
export function fit_presentation(
  old: Definition,
  presentation: Presentation,
  type: TypeMeta,
): Definition {
  const next: Definition = { ...old, presentation };
  if (presentation !== "number") without_number_only(next);
  if (presentation === "list") {
    for (const name of ["measures", "group_by", "order", "others", "comparison", "target"] as const)
      delete next[name];
    delete next.currency;
    next.columns = old.columns ?? type.list_columns?.slice(0, 4) ?? ["name"];
    next.limit = Math.min(old.limit ?? 8, 50);
    return next;
  }
  delete next.columns;
  delete next.sort;
  const measures: Measure[] = old.measures?.length ? old.measures : [{ kind: "count" }];
  const groups = old.group_by ?? [];
  if (presentation === "number" || presentation === "gauge") {
    delete next.group_by;
    delete next.others;
    delete next.limit;
    next.measures = presentation === "gauge" ? measures.slice(0, 1) : measures;
    return next;
  }
  delete next.target;
  const wanted = groups.length ? groups : first_group(type, presentation);
  next.group_by = wanted.slice(
    0,
    ["pie", "donut", "funnel", "column_line"].includes(presentation) ? 1 : 2,
  );
  if (presentation.startsWith("stacked") && next.group_by.length < 2) {
    const other = group_fields(type).find(
      (field) => field.kind === "choice" && field.name !== group_name(next.group_by![0]!),
    );
    if (other) next.group_by = [...next.group_by, other.name];
  }
  if (next.group_by.length > 1) delete next.comparison;
  if (presentation === "column_line")
    next.measures = measures.length === 2 ? measures : [measures[0]!, { kind: "count" }];
  else next.measures = next.group_by.length > 1 ? measures.slice(0, 1) : measures;
  if (["pie", "donut", "funnel"].includes(presentation)) next.measures = measures.slice(0, 1);
  return next;
}
