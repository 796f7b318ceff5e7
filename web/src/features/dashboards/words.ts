// SPDX-License-Identifier: Apache-2.0
// Numbers and groups of an answer as text, in the user's language.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  compact_text,
  country_text,
  date_text,
  day_text,
  instant_text,
  language_text,
  money_text,
  number_text,
  percent_text,
  year_month_text,
} from "../../base/format";
import type {
  AnswerGroup,
  AnswerMeasure,
  Cell,
  ChartAnswer,
  Key,
  MeasureKind,
  Presentation,
} from "./types";

export type Translate = (message: MessageDescriptor) => string;

export const NOTHING = "–";

export function cell_text(cell: Cell | undefined, measure: AnswerMeasure): string {
  const value = cell?.value;
  if (value === null || value === undefined) return NOTHING;
  if (measure.kind === "ratio") return percent_text(Number(value));
  if (typeof value === "object") return money_text(value);
  if (measure.unit === "date") return date_text(String(value));
  if (measure.unit === "instant") return instant_text(String(value));
  return typeof value === "number" ? number_text(value) : value;
}

// For axes and big numbers: 1.2 M.
export function short_text(number: number, measure: AnswerMeasure | undefined): string {
  if (measure?.kind === "ratio") return percent_text(number);
  return compact_text(number);
}

export function key_text(key: Key | undefined, by: AnswerGroup | undefined, _: Translate): string {
  const value = key?.value ?? null;
  if (value === null) return _(msg`(empty)`);
  // Of these the server says the code, and the browser knows the name in every language.
  if (by?.kind === "country") return country_text(String(value));
  if (by?.kind === "language") return language_text(String(value));
  if (key?.label) return key.label;
  if (by?.by) return bucket_text(value, by, _);
  if (typeof value === "boolean") return value ? _(msg`Yes`) : _(msg`No`);
  return typeof value === "number" ? number_text(value) : value;
}

const WEEKDAYS = [
  msg`Monday`,
  msg`Tuesday`,
  msg`Wednesday`,
  msg`Thursday`,
  msg`Friday`,
  msg`Saturday`,
  msg`Sunday`,
];

function bucket_text(value: string | number | boolean, by: AnswerGroup, _: Translate): string {
  const text = String(value);
  if (by.by === "month" && /^\d{4}-\d\d$/.test(text)) return year_month_text(text);
  if (by.by === "day" || by.by === "week") return day_text(text);
  if (by.by === "quarter") return text.replace(/^(\d+)-Q(\d)$/, `${_(msg`Q`)}$2 $1`);
  if (by.by === "fiscal_quarter") return text.replace(/^(.+)-Q(\d)$/, `${_(msg`Q`)}$2 $1`);
  if (by.by === "weekday") return _(WEEKDAYS[Number(value) - 1] ?? msg`(empty)`);
  if (by.by === "hour") return `${text.padStart(2, "0")}:00`;
  return text;
}

export const MEASURES: Record<MeasureKind, MessageDescriptor> = {
  count: msg`Count`,
  distinct: msg`Count of different`,
  sum: msg`Sum`,
  average: msg`Average`,
  minimum: msg`Smallest`,
  maximum: msg`Largest`,
  median: msg`Median`,
  weighted: msg`Weighted sum`,
  ratio: msg`Proportion`,
  external: msg`Value`,
};

export function measure_text(measure: AnswerMeasure, _: Translate): string {
  if (measure.label) return measure.label;
  const kind = _(MEASURES[measure.kind]);
  return measure.field_label ? `${kind}: ${measure.field_label}` : kind;
}

// With its currency, where each has a figure of its own.
export function figure_text(answer: ChartAnswer, measure: AnswerMeasure, _: Translate): string {
  const text = measure_text(measure, _);
  return answer.currency?.rule === "own" ? `${text} · ${measure.currency}` : text;
}

export const PRESENTATIONS: { value: Presentation; label: MessageDescriptor }[] = [
  { value: "number", label: msg`Number` },
  { value: "column", label: msg`Columns` },
  { value: "bar", label: msg`Bars` },
  { value: "line", label: msg`Line` },
  { value: "area", label: msg`Area` },
  { value: "stacked", label: msg`Stacked` },
  { value: "stacked_100", label: msg`Stacked to 100 %` },
  { value: "column_line", label: msg`Columns and line` },
  { value: "donut", label: msg`Donut` },
  { value: "pie", label: msg`Pie` },
  { value: "funnel", label: msg`Funnel` },
  { value: "gauge", label: msg`Gauge` },
  { value: "list", label: msg`List` },
];

export const TILE_CATEGORIES: { value: string; label: MessageDescriptor }[] = [
  { value: "company", label: msg`Company` },
  { value: "person", label: msg`Person` },
  { value: "project", label: msg`Project` },
  { value: "sale", label: msg`Sale` },
  { value: "product", label: msg`Product` },
  { value: "activity", label: msg`Activity` },
  { value: "quality", label: msg`Data quality` },
  { value: "web", label: msg`Web panel` },
];

export const TILE_PERIODS: { value: string; label: MessageDescriptor }[] = [
  { value: "today", label: msg`Today` },
  { value: "this_week", label: msg`This week` },
  { value: "this_month", label: msg`This month` },
  { value: "last_month", label: msg`Last month` },
  { value: "this_quarter", label: msg`This quarter` },
  { value: "this_year", label: msg`This year` },
  { value: "year_to_date", label: msg`Year to date` },
  { value: "last_year", label: msg`Last year` },
  { value: "this_fiscal_year", label: msg`This fiscal year` },
  { value: "fiscal_year_to_date", label: msg`Fiscal year to date` },
  { value: "last_fiscal_year", label: msg`Last fiscal year` },
  { value: "last(30 days)", label: msg`Last 30 days` },
  { value: "last(90 days)", label: msg`Last 90 days` },
  { value: "last(12 months)", label: msg`Last 12 months` },
  { value: "next(30 days)", label: msg`Next 30 days` },
  { value: "next(6 months)", label: msg`Next 6 months` },
];

export const UNITS = [
  { value: "day", label: msg`by day` },
  { value: "week", label: msg`by week` },
  { value: "month", label: msg`by month` },
  { value: "quarter", label: msg`by quarter` },
  { value: "year", label: msg`by year` },
  { value: "fiscal_quarter", label: msg`by fiscal quarter` },
  { value: "fiscal_year", label: msg`by fiscal year` },
  { value: "weekday", label: msg`by weekday` },
  { value: "hour", label: msg`by hour of the day` },
] as const;
