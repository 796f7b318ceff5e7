// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import {
  ago_text,
  date_text,
  initials_of,
  money_text,
  near_text,
  number_text,
  set_format_locale,
} from "./format";

const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("formats", () => {
  it("writes Danish", () => {
    set_format_locale("da", "Europe/Copenhagen");
    expect(number_text(1234567.5)).toBe("1.234.567,5");
    expect(plain(money_text({ amount: "1250.50", currency: "DKK" }))).toBe("1.250,50 DKK");
    expect(date_text("2026-11-23")).toBe("23. nov. 2026");
  });
  it("keeps a date on its day in every time zone", () => {
    for (const zone of ["Pacific/Auckland", "America/Los_Angeles"]) {
      set_format_locale("en", zone);
      expect(date_text("2026-03-01")).toBe("1 Mar 2026");
    }
  });
  it("leaves what it cannot read", () => {
    expect(date_text("soon")).toBe("soon");
    expect(money_text({ amount: "?", currency: "DKK" })).toBe("? DKK");
  });
  it("says how long ago", () => {
    set_format_locale("en", "UTC");
    const now = Date.parse("2026-11-23T12:00:00Z");
    expect(ago_text("2026-11-23T10:00:00Z", now)).toBe("2 hours ago");
    expect(ago_text("2026-11-26T12:00:00Z", now)).toBe("in 3 days");
  });
  it("names the day of what is not near", () => {
    set_format_locale("en", "UTC");
    const now = Date.parse("2026-11-23T12:00:00Z");
    expect(near_text("2026-11-26T12:00:00Z", now)).toBe("in 3 days");
    expect(near_text("2027-01-12T09:30:00Z", now)).toBe("12 Jan, 09:30");
    expect(near_text("2026-10-30T09:30:00Z", now)).toBe("30 Oct, 09:30");
  });
  it("takes initials from any script", () => {
    expect(initials_of("Åse Bæk Ågaard")).toBe("ÅÅ");
    expect(initials_of("Дмитро Шевченко")).toBe("ДШ");
    expect(initials_of("Ελένη")).toBe("Ε");
    expect(initials_of("  ")).toBe("");
  });
});
