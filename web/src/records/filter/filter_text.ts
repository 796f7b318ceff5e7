// SPDX-License-Identifier: Apache-2.0
// The simple half of the filter language: conditions joined by "and", the ones that chips can show.
// Anything more is kept as text and edited as text.

export type Operator =
  | "eq"
  | "gt"
  | "ge"
  | "lt"
  | "le"
  | "in"
  | "between"
  | "contains"
  | "startswith"
  | "endswith"
  | "empty"
  | "has_any"
  | "has_all"
  | "weekday"
  | "hour";

// A value as it is written: 'text', 12, true, 2026-01-01, me, this_quarter, last(30 days).
export type Term = { text: string } | { bare: string };

export interface Condition {
  field: string;
  operator: Operator;
  negated: boolean;
  terms: Term[];
}

const OPERATORS = new Set<string>(
  "eq gt ge lt le in between contains startswith endswith empty has_any has_all weekday hour".split(
    " ",
  ),
);
const LIST_OPERATORS = new Set<string>(["in", "has_any", "has_all", "weekday", "hour"]);

export function term_text(term: Term): string {
  return "text" in term ? `'${term.text.replaceAll("'", "''")}'` : term.bare;
}

// A period is a set by itself: closed_on in this_quarter.
function is_period(term: Term): boolean {
  return "bare" in term && /^[a-z]/.test(term.bare);
}

export function condition_text(condition: Condition): string {
  const { field, operator, terms } = condition;
  const not = condition.negated ? "not " : "";
  if (operator === "empty") return `${not}${field} empty`;
  if (operator === "in" && terms.length === 1 && is_period(terms[0]!))
    return `${not}${field} in ${term_text(terms[0]!)}`;
  if (LIST_OPERATORS.has(operator))
    return `${not}${field} ${operator} (${terms.map(term_text).join(", ")})`;
  if (operator === "between") return `${not}${field} between ${terms.map(term_text).join(" and ")}`;
  return `${not}${field} ${operator} ${term_text(terms[0] ?? { text: "" })}`;
}

export function filter_text(conditions: Condition[]): string {
  return conditions.map(condition_text).join(" and ");
}

// null: the text says more than chips can show.
export function parse_filter(text: string): Condition[] | null {
  const tokens = tokens_of(text);
  if (!tokens) return null;
  const conditions: Condition[] = [];
  let place = 0;
  while (place < tokens.length) {
    if (conditions.length && tokens[place++] !== "and") return null;
    const parsed = parse_condition(tokens, place);
    if (!parsed) return null;
    conditions.push(parsed.condition);
    place = parsed.next;
  }
  return conditions;
}

// What is told of a field: source(address), notice(due_on).
const ORIGIN = "(?:source|source_name|batch|obtained_at|notice)\\([a-z][\\w.]*\\)";
const PATH = new RegExp(`^(?:[a-z][\\w.]*|${ORIGIN})$`);
const PERIOD = "(?:last|next)\\([^)]*\\)";
const TOKEN = new RegExp(`\\s*('(?:[^']|'')*'|${ORIGIN}|${PERIOD}|[(),]|[^\\s(),']+)`, "gy");

function tokens_of(text: string): string[] | null {
  const tokens: string[] = [];
  const trimmed = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) return null;
    tokens.push(match[1]!);
  }
  return tokens;
}

function term_of(token: string | undefined): Term | null {
  if (!token || /^[(),]$/.test(token)) return null;
  if (token.startsWith("'")) return { text: token.slice(1, -1).replaceAll("''", "'") };
  return { bare: token };
}

function parse_condition(tokens: string[], start: number) {
  let place = start;
  let negated = false;
  if (tokens[place] === "not") {
    negated = true;
    place += 1;
  }
  const field = tokens[place++];
  let operator = tokens[place++];
  if (operator === "ne") {
    negated = !negated;
    operator = "eq";
  }
  if (!field || !PATH.test(field) || !operator || !OPERATORS.has(operator)) return null;
  const read = parse_terms(tokens, place, operator);
  if (!read) return null;
  const condition: Condition = {
    field,
    operator: operator as Operator,
    negated,
    terms: read.terms,
  };
  return { condition, next: read.next };
}

function parse_terms(tokens: string[], start: number, operator: string) {
  if (operator === "empty") return { terms: [], next: start };
  if (operator === "between") {
    const low = term_of(tokens[start]);
    const high = term_of(tokens[start + 2]);
    if (!low || !high || tokens[start + 1] !== "and") return null;
    return { terms: [low, high], next: start + 3 };
  }
  if (operator === "in" && tokens[start] !== "(") {
    const term = term_of(tokens[start]);
    return term && { terms: [term], next: start + 1 };
  }
  if (!LIST_OPERATORS.has(operator)) {
    const term = term_of(tokens[start]);
    return term && { terms: [term], next: start + 1 };
  }
  const terms: Term[] = [];
  let place = start + 1;
  while (tokens[place] !== ")") {
    const term = term_of(tokens[place++]);
    if (!term) return null;
    terms.push(term);
    if (tokens[place] === ",") place += 1;
  }
  return { terms, next: place + 1 };
}

// Sorting as the address and the server write it: name,-created_at
export function parse_sort(text: string | undefined): { name: string; descending: boolean }[] {
  return (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) =>
      part.startsWith("-")
        ? { name: part.slice(1), descending: true }
        : { name: part, descending: false },
    );
}

export function sort_text(keys: { name: string; descending: boolean }[]): string | undefined {
  return keys.map((key) => (key.descending ? "-" : "") + key.name).join(",") || undefined;
}
