// SPDX-License-Identifier: Apache-2.0
// Which comparisons a field kind offers, and how they are said.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { FieldKind } from "../../api/types";
import type { Condition, Operator } from "./filter_text";

export interface Choice {
  key: string;
  label: MessageDescriptor;
  operator: Operator;
  negated: boolean;
}

const choice = (operator: Operator, label: MessageDescriptor, negated = false): Choice => ({
  key: (negated ? "not_" : "") + operator,
  label,
  operator,
  negated,
});

const EMPTY = [choice("empty", msg`is empty`), choice("empty", msg`is filled in`, true)];
const TEXT = [
  choice("contains", msg`contains`),
  choice("contains", msg`does not contain`, true),
  choice("eq", msg`is`),
  choice("startswith", msg`starts with`),
  ...EMPTY,
];
const ONE_OF = [choice("in", msg`is one of`), choice("in", msg`is none of`, true), ...EMPTY];
const NUMBER = [
  choice("eq", msg`equals`),
  choice("ge", msg`at least`),
  choice("le", msg`at most`),
  choice("between", msg`between`),
  ...EMPTY,
];
const TIME = [
  choice("in", msg`within`),
  choice("ge", msg`from`),
  choice("le", msg`until`),
  choice("between", msg`between`),
  ...EMPTY,
];
const DATE = [...TIME, choice("weekday", msg`on weekday`)];
const INSTANT = [...DATE, choice("hour", msg`in the hour`)];
const LINK = [choice("eq", msg`is`), choice("eq", msg`is not`, true), ...EMPTY];
const MANY = [choice("has_any", msg`has any of`), choice("has_all", msg`has all of`), ...EMPTY];
const YES_NO = [choice("eq", msg`is`)];

const BY_KIND: Partial<Record<FieldKind, Choice[]>> = {
  integer: NUMBER,
  decimal: NUMBER,
  money: NUMBER,
  boolean: YES_NO,
  date: DATE,
  instant: INSTANT,
  choice: ONE_OF,
  choices: MANY,
  link: LINK,
  user: LINK,
  group: LINK,
  country: ONE_OF,
  language: ONE_OF,
  links: EMPTY,
  file: EMPTY,
};

export function choices_for(kind: FieldKind): Choice[] {
  return BY_KIND[kind] ?? TEXT;
}

export function choice_of(condition: Condition, kind: FieldKind): Choice | undefined {
  const key = (condition.negated ? "not_" : "") + condition.operator;
  return choices_for(kind).find((entry) => entry.key === key);
}

export const PERIODS: { value: string; label: MessageDescriptor }[] = [
  { value: "today", label: msg`today` },
  { value: "this_week", label: msg`this week` },
  { value: "this_month", label: msg`this month` },
  { value: "this_quarter", label: msg`this quarter` },
  { value: "this_year", label: msg`this year` },
  { value: "this_fiscal_year", label: msg`this fiscal year` },
  { value: "last_fiscal_year", label: msg`last fiscal year` },
  { value: "this_fiscal_quarter", label: msg`this fiscal quarter` },
  { value: "last_fiscal_quarter", label: msg`last fiscal quarter` },
  { value: "last(7 days)", label: msg`last 7 days` },
  { value: "last(30 days)", label: msg`last 30 days` },
  { value: "last(90 days)", label: msg`last 90 days` },
  { value: "last(12 months)", label: msg`last 12 months` },
  { value: "next(7 days)", label: msg`next 7 days` },
  { value: "next(30 days)", label: msg`next 30 days` },
  { value: "next(90 days)", label: msg`next 90 days` },
];
