// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { filter_text, parse_filter, parse_sort, sort_text } from "./filter_text";

describe("filter text", () => {
  it.each([
    "country eq 'DK'",
    "category in ('customer', 'prospect') and not phone empty",
    "name contains 'O''Brien'",
    "closed_on in this_quarter",
    "starts_at in last(30 days) and owner eq me",
    "amount between 10 and 20 and stop eq true",
    "company.category eq 'customer'",
    "interests has_any ('golf', 'wine')",
    "source(company.address) in ('import') and not batch(phone) empty",
    "notice(due_on) le 2026-12-01",
  ])("is the same after reading and writing: %s", (text) => {
    const conditions = parse_filter(text);
    expect(conditions).not.toBeNull();
    expect(filter_text(conditions!)).toBe(text);
  });

  it("reads ne as a negated eq", () => {
    expect(filter_text(parse_filter("country ne 'DK'")!)).toBe("not country eq 'DK'");
  });

  it.each([
    "a eq 1 or b eq 2",
    "(a eq 1)",
    "any(sales: status eq 'open')",
    "name eq",
    "name like 'x'",
    "name eq 'open",
    "category in ('a'",
    "source() eq 'import'",
    "origin(phone) eq 'import'",
  ])("leaves to the text mode: %s", (text) => expect(parse_filter(text)).toBeNull());

  it("is empty for empty text", () => expect(parse_filter("  ")).toEqual([]));

  it("writes sorting as the server reads it", () => {
    expect(sort_text(parse_sort("name,-created_at"))).toBe("name,-created_at");
    expect(sort_text([])).toBeUndefined();
  });
});
