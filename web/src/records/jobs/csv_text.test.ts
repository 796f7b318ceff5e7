// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { csv_text } from "./csv_text";

it("quotes what would break a row, and disarms formulas", () => {
  expect(
    csv_text([
      ["id", 'A "B", C'],
      ["1", "=cmd()"],
    ]),
  ).toBe('\uFEFFid,"A ""B"", C"\r\n1,\'=cmd()\r\n');
});
