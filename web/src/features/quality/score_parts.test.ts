// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { gains_of, trend_of } from "./score_parts";
import type { CountGroup, Rule, ScorePoint } from "./types";

const point = (day: string, score: number | null, findings = 0): ScorePoint => ({
  day,
  records: 100,
  score,
  findings,
  errors: 0,
});
const group = (key: string, count: number): CountGroup => ({
  key,
  label: key,
  count,
  records: count,
});
const rule = (key: string, weight: number) => ({ key, weight }) as Rule;

it("compares with a week ago", () => {
  const trend = trend_of([
    point("2026-11-19", 80, 50),
    point("2026-11-20", 81, 48),
    point("2026-11-25", 84, 40),
    point("2026-11-27", 86, 30),
  ]);
  expect(trend.score).toBe(5);
  expect(trend.findings).toBe(-18);
});

it("has one point a week, the last of it", () => {
  const trend = trend_of([
    point("2026-11-13", 70),
    point("2026-11-14", 71),
    point("2026-11-20", 72),
    point("2026-11-21", 73),
    point("2026-11-27", 74),
  ]);
  expect(trend.weeks.map(({ day }) => day)).toEqual(["2026-11-13", "2026-11-20", "2026-11-27"]);
});

it("says nothing of a week in which nobody looked", () => {
  expect(trend_of([])).toEqual({ weeks: [], score: null, findings: null });
  expect(trend_of([point("2026-11-27", 74)]).score).toBeNull();
  expect(trend_of([point("2026-11-20", null), point("2026-11-27", 74)]).score).toBeNull();
});

it("puts first what would raise the mean most", () => {
  const gains = gains_of(
    [group("many", 100), group("heavy", 50), group("free", 500)],
    [rule("many", 2), rule("heavy", 20), rule("free", 0)],
    200,
  );
  expect(gains.map((gain) => [gain.rule, gain.points])).toEqual([
    ["heavy", 5],
    ["many", 1],
  ]);
});
