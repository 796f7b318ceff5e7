// SPDX-License-Identifier: Apache-2.0
// Whether a rule holds for values that the server has not seen yet: those of a form, and those of a
// record until the server has answered. Only what can be said for sure: null for anything more.
import { is_empty } from "../fields/field_parts";
import { type Condition, parse_filter, type Term } from "../filter/filter_text";

type Values = Record<string, unknown>;

export function rule_holds(rule: string, values: Values, masked: string[] = []): boolean | null {
  if (!rule.trim()) return true;
  const conditions = parse_filter(rule);
  if (!conditions) return null;
  let answer: boolean | null = true;
  for (const condition of conditions) {
    const holds = masked.includes(condition.field) ? null : condition_holds(condition, values);
    if (holds === false) return false;
    if (holds === null) answer = null;
  }
  return answer;
}

function condition_holds(condition: Condition, values: Values): boolean | null {
  if (condition.field.includes(".")) return null;
  const holds = compare(condition, values[condition.field]);
  if (holds === null) return null;
  return condition.negated ? !holds : holds;
}

// Two-valued, as the server's: a comparison with an empty field is false.
function compare({ operator, terms }: Condition, value: unknown): boolean | null {
  if (operator === "empty") return is_empty(value);
  const literals = terms.map(literal_of);
  if (literals.some((literal) => literal === null)) return null;
  const wanted = literals as Literal[];
  if (is_empty(value)) return false;
  switch (operator) {
    case "eq":
    case "in":
      return any(wanted.map((one) => same(value, one)));
    case "has_any":
      return many(value) && wanted.some((one) => many(value)!.includes(String(one)));
    case "has_all":
      return many(value) && wanted.every((one) => many(value)!.includes(String(one)));
    case "ge":
      return ordered(value, wanted[0], (left, right) => left >= right);
    case "gt":
      return ordered(value, wanted[0], (left, right) => left > right);
    case "le":
      return ordered(value, wanted[0], (left, right) => left <= right);
    case "lt":
      return ordered(value, wanted[0], (left, right) => left < right);
    default:
      // Words are compared by the server's folding, which is not known here.
      return null;
  }
}

type Literal = string | number | boolean;

// null: a word like `me` or `this_quarter`.
function literal_of(term: Term): Literal | null {
  if ("text" in term) return term.text;
  if (term.bare === "true" || term.bare === "false") return term.bare === "true";
  if (/^-?\d+(\.\d+)?$/.test(term.bare)) return Number(term.bare);
  return /^\d{4}-\d{2}-\d{2}$/.test(term.bare) ? term.bare : null;
}

const KEY = /^[a-z0-9_-]+$/i;

function same(value: unknown, wanted: Literal): boolean | null {
  const own = plain(value);
  if (own === null) return null;
  if (typeof wanted === "number" || typeof own === "number") return Number(own) === Number(wanted);
  if (typeof wanted === "boolean" || typeof own === "boolean") return own === wanted;
  if (own === wanted) return true;
  // Keys of lists are the same or not; other texts may be the same when they are folded.
  return KEY.test(own) && KEY.test(wanted) && own.toLowerCase() !== wanted.toLowerCase()
    ? false
    : null;
}

function any(answers: (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function many(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

// A link counts by its number; amounts depend on their currency.
function plain(value: unknown): Literal | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (value && typeof value === "object" && "id" in value) return Number(value.id);
  return null;
}

function ordered(
  value: unknown,
  wanted: Literal | undefined,
  holds: (left: number | string, right: number | string) => boolean,
): boolean | null {
  if (typeof value === "number" && typeof wanted === "number") return holds(value, wanted);
  const is_day = (one: unknown): one is string =>
    typeof one === "string" && /^\d{4}-\d{2}-\d{2}$/.test(one);
  return is_day(value) && is_day(wanted) ? holds(value, wanted) : null;
}
