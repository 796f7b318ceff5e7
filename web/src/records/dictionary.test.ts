// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { Me, Meta } from "../api/types";
import { make_dictionary } from "./dictionary";

const meta = { types: [], lists: {} } as unknown as Meta;
const with_functions = (...functions: string[]) =>
  make_dictionary(meta, { functions, types: {} } as unknown as Me, "en");

it("allows each function by its own name only, as the server does", () => {
  const administrator = with_functions("administer");
  expect(administrator.may("administer")).toBe(true);
  for (const other of ["import", "bulk_edit", "read_access_log", "operate"])
    expect(administrator.may(other)).toBe(false);
  expect(with_functions("import").may("import")).toBe(true);
});
