// SPDX-License-Identifier: Apache-2.0
// What is read out of the days of a score, and of what rules find. Pure.
import type { CountGroup, Rule, ScorePoint } from "./types";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

export interface Trend {
  // The last of each week that ends with the last day, oldest first.
  weeks: ScorePoint[];
  // Since a week before the last day; null when nothing was measured then.
  score: number | null;
  findings: number | null;
}

const day_number = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

export function trend_of(points: ScorePoint[]): Trend {
  const last = points.at(-1);
  if (!last) return { weeks: [], score: null, findings: null };
  const end = day_number(last.day);
  const weeks = new Map<number, ScorePoint>();
  // Later days of the same week take the place of earlier ones.
  for (const point of points)
    weeks.set(Math.floor((end - day_number(point.day)) / WEEK_DAYS), point);
  const before = points.filter((point) => end - day_number(point.day) >= WEEK_DAYS).at(-1);
  return {
    weeks: [...weeks].sort(([a], [b]) => b - a).map(([, point]) => point),
    score:
      before && before.score !== null && last.score !== null ? last.score - before.score : null,
    findings: before ? last.findings - before.findings : null,
  };
}

export interface Gain {
  rule: string;
  text: string;
  count: number;
  // By so much the mean score would rise if nothing of it were left.
  points: number;
}

export function gains_of(groups: CountGroup[], rules: Rule[], records: number): Gain[] {
  const weights = new Map(rules.map((rule) => [rule.key, rule.weight]));
  return groups
    .map(({ key, label, count }) => ({
      rule: String(key),
      text: label ?? String(key),
      count,
      points: records ? ((weights.get(String(key)) ?? 0) * count) / records : 0,
    }))
    .filter((gain) => gain.points > 0)
    .sort((a, b) => b.points - a.points);
}
