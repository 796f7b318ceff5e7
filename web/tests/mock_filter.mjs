// SPDX-License-Identifier: Apache-2.0
// Just enough of the filter language for the screens: conditions joined by "and".
const CONDITION =
  /^(not )?([\w.]+) (eq|ne|gt|ge|lt|le|in|contains|startswith|between|has_any|has_all|empty)\s*(.*)$/s;

const plain = (value) => {
  if (value && typeof value === "object")
    return value.amount !== undefined ? Number(value.amount) : value.id;
  return value;
};
const unquote = (text) => text.trim().replace(/^'|'$/g, "").replaceAll("''", "'");

function holds(row, operator, field, text, me) {
  const value = plain(row[field]);
  const wanted = text.trim() === "me" ? String(me.id) : unquote(text);
  const list = text
    .replace(/^\(|\)$/g, "")
    .split(",")
    .map(unquote);
  const lower = String(value ?? "").toLowerCase();
  if (operator === "empty") return value === null || value === undefined || value === "";
  if (operator === "contains") return lower.includes(wanted.toLowerCase());
  if (operator === "startswith") return lower.startsWith(wanted.toLowerCase());
  if (operator === "in" && text.startsWith("(")) return list.includes(String(value));
  if (operator === "in") return within(value, wanted);
  if (operator === "has_any") return list.some((key) => value?.includes?.(key));
  if (operator === "ge") return compare(value, wanted) >= 0;
  if (operator === "le") return compare(value, wanted) <= 0;
  if (operator === "gt") return compare(value, wanted) > 0;
  if (operator === "lt") return compare(value, wanted) < 0;
  if (operator === "eq") return lower === wanted.toLowerCase();
  return true;
}

const compare = (value, wanted) =>
  typeof value === "number" ? value - Number(wanted) : String(value ?? "").localeCompare(wanted);

function within(value, period) {
  if (!value) return false;
  const days = (new Date(value).getTime() - Date.now()) / 86_400_000;
  const match = /(last|next)\((\d+) (\w+)\)/.exec(period);
  if (!match) return Math.abs(days) < 45;
  const span = Number(match[2]) * (match[3].startsWith("month") ? 30 : 1);
  return match[1] === "last" ? days <= 0 && days > -span : days >= 0 && days < span;
}

export function fits(row, filter, me) {
  return filter.split(/ and (?![\d'-])/).every((part) => {
    const match = CONDITION.exec(part.trim());
    if (!match) return true;
    const [, not, field, operator, text] = match;
    const answer =
      operator === "ne"
        ? !holds(row, "eq", field, text, me)
        : holds(row, operator, field, text, me);
    return not ? !answer : answer;
  });
}
