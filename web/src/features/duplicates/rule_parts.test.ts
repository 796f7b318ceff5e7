// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { fresh_comparison, fresh_rules, is_in_order, span_of } from "./rule_parts";

it("takes thresholds that fall from certain to possible", () => {
  const rules = fresh_rules("company");
  expect(is_in_order(rules)).toBe(true);
  expect(is_in_order({ ...rules, warn_at: 95 })).toBe(true);
  expect(is_in_order({ ...rules, warn_at: 96 })).toBe(false);
  expect(is_in_order({ ...rules, possible_at: 60 })).toBe(false);
});
it("says what a comparison is worth with its weight", () => {
  const comparison = { ...fresh_comparison("text", ["name"]), weight: 2 };
  expect(span_of(comparison)).toEqual({ most: 18, least: -4 });
});
