// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { rule_holds } from "./rule_holds";

const sale = {
  status: "lost",
  stage: "offer",
  probability: 40,
  expected_on: "2026-05-01",
  company: { id: 17, name: "Nordhavn" },
  interests: ["golf", "wine"],
  name: "Borde",
  urgent: true,
  reason: null,
};

describe("a rule", () => {
  it.each([
    ["", true],
    ["status eq 'lost'", true],
    ["status ne 'lost'", false],
    ["status in ('open', 'sold')", false],
    ["not status in ('open', 'sold')", true],
    ["reason empty", true],
    ["not reason empty", false],
    ["reason eq 'price'", false],
    ["not reason eq 'price'", true],
    ["probability ge 40 and probability lt 50", true],
    ["expected_on le 2026-04-30", false],
    ["company eq 17", true],
    ["company eq 18", false],
    ["interests has_any ('golf', 'tennis')", true],
    ["interests has_all ('golf', 'tennis')", false],
    ["urgent eq true", true],
    ["missing empty", true],
  ])("%s: %s", (rule, holds) => {
    expect(rule_holds(rule, sale)).toBe(holds);
  });

  it.each([
    "owner eq me",
    "expected_on in this_quarter",
    "name contains 'bor'",
    "name eq 'Børde'",
    "company.country eq 'DK'",
    "status eq 'lost' or stage eq 'won'",
    "none(activities: status eq 'planned')",
  ])("is left to the server: %s", (rule) => {
    expect(rule_holds(rule, sale)).toBeNull();
  });

  it("does not hold when a part surely does not, and is open when a part is masked", () => {
    expect(rule_holds("owner eq me and status eq 'open'", sale)).toBe(false);
    expect(rule_holds("status eq 'open'", sale, ["status"])).toBeNull();
  });
});
