// SPDX-License-Identifier: Apache-2.0
// What every field kind supplies: a view for one value and an input for one value.
import type { FieldMeta } from "../../api/types";

export interface ViewProps {
  field: FieldMeta;
  value: unknown;
  // A cell of a grid: one line, no interactive parts.
  dense?: boolean | undefined;
  // The record that the value belongs to, where it is known: for values that are fetched from it.
  record?: { plural: string; id: number } | undefined;
}

export interface InputProps {
  field: FieldMeta;
  value: unknown;
  on_change: (value: unknown) => void;
  // Choosing from a list is also done with choosing; typing is done with Enter or leaving.
  on_done?: ((value: unknown) => void) | undefined;
  label?: string | undefined;
  error?: string | undefined;
  autofocus?: boolean | undefined;
  required?: boolean | undefined;
}

export function input_frame(props: InputProps) {
  return {
    label: props.label,
    "aria-label": props.label ? undefined : props.field.name,
    error: props.error,
    required: props.required,
    withAsterisk: props.required,
    "data-autofocus": props.autofocus || undefined,
    autoFocus: props.autofocus,
  };
}

export function is_empty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object") return false;
  return Object.values(value).every((part) => part === null || part === undefined || part === "");
}

export function same_value(left: unknown, right: unknown): boolean {
  if (is_empty(left) && is_empty(right)) return true;
  return JSON.stringify(left) === JSON.stringify(right);
}

// Records travel as {id, name} and are written by id.
export function to_wire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(to_wire);
  if (value && typeof value === "object" && "id" in value && "name" in value) return value.id;
  return value === "" ? null : value;
}
