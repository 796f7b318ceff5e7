// SPDX-License-Identifier: Apache-2.0
// What new rules and comparisons begin with, and what is wrong with those that are being edited.
import type { Comparison, Rules } from "./types";

// Bits before anything is compared: of many records, hardly any is the same as this one.
const PRIOR = -12;

export const fresh_rules = (type: string): Rules => ({
  type,
  version: 0,
  is_shipped: false,
  prior: PRIOR,
  certain_at: 95,
  warn_at: 70,
  keep_at: 55,
  possible_at: 30,
  ask_on_create: true,
  comparisons: [],
  keys: [],
});

export const fresh_comparison = (kind: string, fields: string[]): Comparison => ({
  kind,
  fields,
  levels: [
    { from: 0.95, points: 9 },
    { from: 0.8, points: 4 },
  ],
  differ: -2,
  weight: 1,
});

// From the highest to the lowest; each may be as high as the one before, no higher.
export const THRESHOLDS = ["certain_at", "warn_at", "keep_at", "possible_at"] as const;
export type Threshold = (typeof THRESHOLDS)[number];

export function is_in_order(rules: Rules): boolean {
  return THRESHOLDS.every(
    (name, place) => place === 0 || rules[name] <= rules[THRESHOLDS[place - 1]!],
  );
}

// What agreement is worth at most, and a difference, with the weight.
export function span_of(comparison: Comparison): { most: number; least: number } {
  const weight = comparison.weight ?? 1;
  const points = [...comparison.levels.map((level) => level.points), comparison.differ];
  return { most: weight * Math.max(...points), least: weight * Math.min(...points) };
}
