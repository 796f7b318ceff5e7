// SPDX-License-Identifier: Apache-2.0
// Numbers, money and time in the user's language and time zone. Formatters are kept: making one
// costs more than using it, and a grid uses thousands.
type Money = { amount: string; currency: string };

type Locale = { language: string; time_zone: string };
const state: Locale = { language: "en", time_zone: "UTC" };
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

// en means the European reading of dates: day before month.
const tag_of = (language: string) => (language === "en" ? "en-GB" : language);

export function set_format_locale(language: string, time_zone: string) {
  state.language = tag_of(language);
  state.time_zone = time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  numbers.clear();
  dates.clear();
}

// For formats of one screen: its language and time zone.
export const format_locale = (): Readonly<Locale> => state;

function number_format(key: string, options: Intl.NumberFormatOptions) {
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat(state.language, options);
    numbers.set(key, format);
  }
  return format;
}

function date_format(key: string, options: Intl.DateTimeFormatOptions) {
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(state.language, options);
    dates.set(key, format);
  }
  return format;
}

export function number_text(value: number, scale_max = 2): string {
  return number_format(`n${scale_max}`, { maximumFractionDigits: scale_max }).format(value);
}

// 1.2 M: for axes and places where the whole number would not fit.
export function compact_text(value: number): string {
  return number_format("compact", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

// The same of money: "DKK 2.6M", in Danish "2,6 mio. DKK".
export function compact_money_text(amount: number, currency: string): string {
  return number_format(`mc${currency}`, {
    style: "currency",
    currency,
    currencyDisplay: "code",
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(amount);
}

export function percent_text(share: number): string {
  return number_format("percent", { style: "percent", maximumFractionDigits: 1 }).format(share);
}

export function money_text(money: Money): string {
  const amount = Number(money.amount);
  if (!Number.isFinite(amount)) return `${money.amount} ${money.currency}`;
  const whole = Number.isInteger(amount);
  return number_format(`m${money.currency}${whole}`, {
    style: "currency",
    currency: money.currency || "EUR",
    currencyDisplay: "code",
    minimumFractionDigits: whole ? 0 : 2,
  }).format(amount);
}

// Digits behind the point: 2, but 0 for yen and 3 for dinars.
export function currency_scale(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

// A date has no time zone; noon UTC keeps the day wherever it is formatted.
export function date_text(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return date_format("d", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(at);
}

// "25 Nov", for axes; "2026-11" as "Nov 2026".
export function day_text(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return date_format("day", { day: "numeric", month: "short", timeZone: "UTC" }).format(at);
}

export function year_month_text(month: string): string {
  const at = new Date(`${month}-15T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return month;
  return date_format("ym", { month: "short", year: "numeric", timeZone: "UTC" }).format(at);
}

export function instant_text(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return date_format("i", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: state.time_zone,
  }).format(at);
}

export function time_text(instant: string): string {
  return date_format("t", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: state.time_zone,
  }).format(new Date(instant));
}

export function month_text(instant: string): string {
  return date_format("month", {
    month: "long",
    year: "numeric",
    timeZone: state.time_zone,
  }).format(new Date(instant));
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function ago_text(instant: string, now = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(state.language, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, "second");
}

const WEEK_MS = 604_800_000;

// In words while it is near; else the day, because "next month" does not say when.
export function near_text(instant: string, now = Date.now()): string {
  const at = new Date(instant);
  if (!(Math.abs(at.getTime() - now) >= WEEK_MS)) return ago_text(instant, now);
  return date_format("near", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: state.time_zone,
  }).format(at);
}

export function country_text(code: string): string {
  try {
    return new Intl.DisplayNames([state.language], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function language_text(code: string): string {
  try {
    return new Intl.DisplayNames([state.language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function initials_of(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

// 1 Monday … 7 Sunday.
export function weekday_text(day: number): string {
  // 1 January 2024 was a Monday.
  const moment = Date.UTC(2024, 0, day);
  return date_format("weekday", { weekday: "long", timeZone: "UTC" }).format(moment);
}

// The hour that begins at 14: "14:00–14:59".
export function hour_text(hour: number): string {
  const hours = String(hour).padStart(2, "0");
  return `${hours}:00–${hours}:59`;
}
