// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { country_codes } from "./codes";

describe("country codes", () => {
  const codes = country_codes();
  it.each(["DK", "GL", "FO", "SE", "DE", "UA"])("has %s", (code) => expect(codes).toContain(code));
  it.each(["DD", "SU", "EU", "ZZ"])("leaves out %s", (code) => expect(codes).not.toContain(code));
});
