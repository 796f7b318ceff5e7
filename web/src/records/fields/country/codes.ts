// SPDX-License-Identifier: Apache-2.0
// The browser names the regions of the world but does not list them; the pairs that it has a name
// for are the list.
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const NOT_COUNTRIES = new Set("EU EZ UN QO ZZ XA XB AC CP DG EA IC TA CQ".split(" "));

export function country_codes(): string[] {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const codes: string[] = [];
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const code = first + second;
      if (!NOT_COUNTRIES.has(code) && names.of(code) && is_current(code)) codes.push(code);
    }
  }
  return codes;
}

// Codes of former states canonicalise to their successor (DD becomes DE).
function is_current(code: string): boolean {
  try {
    return (
      new Intl.Locale(`und-${code}`).region === code &&
      Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`
    );
  } catch {
    return false;
  }
}
