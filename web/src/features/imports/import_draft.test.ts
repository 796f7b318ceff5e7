// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { ImportState, TypeMeta } from "../../api/types";
import {
  first_step,
  pasted_file,
  read_anew,
  start_draft,
  step_of,
  with_constant,
  with_field,
  with_steps,
} from "./import_draft";

const type = { name: "person", fields: [{ name: "email" }, { name: "name" }] } as TypeMeta;
const state = (more: Partial<ImportState> = {}) =>
  ({
    id: 1,
    type: "person",
    name: "a.csv",
    status: "uploaded",
    columns: [
      { name: "Navn", sample: [], guess: "name" },
      { name: "Mail", sample: [], guess: "email" },
      { name: "Andet", sample: [], guess: null },
    ],
    ...more,
  }) as unknown as ImportState;

describe("the draft of an import", () => {
  it("begins with what was guessed", () => {
    const draft = start_draft(type, state());
    expect(draft.mapping).toEqual({ name: "Navn", email: "Mail" });
    expect(draft.match).toEqual(["email"]);
    expect(draft.source.name).toBe("a.csv");
  });

  it("keeps what was said, an empty list of keys too", () => {
    const draft = start_draft(type, state({ mapping: { name: "Navn" }, match: [] }));
    expect(draft.mapping).toEqual({ name: "Navn" });
    expect(draft.match).toEqual([]);
  });

  it("forgets what was said of a field that nothing fills", () => {
    let draft = start_draft(type, state());
    draft = with_steps(draft, "email", [{ op: "lower" }]);
    draft = { ...draft, policy: { email: "never" } };
    draft = with_field(draft, "Mail", null, "email");
    expect(draft.mapping).toEqual({ name: "Navn" });
    expect(draft.match).toEqual([]);
    expect(draft.policy).toEqual({});
    expect(draft.transforms).toEqual({});
  });

  it("fills two fields from one column, and one field once", () => {
    let draft = start_draft(type, state());
    draft = with_field(draft, "Navn", "email");
    expect(draft.mapping).toEqual({ name: "Navn", email: "Navn" });
    draft = with_constant(draft, "email", "a@b.example");
    expect(draft.mapping).toEqual({ name: "Navn" });
    expect(draft.constants).toEqual({ email: "a@b.example" });
    draft = with_field(draft, "Mail", "email");
    expect(draft.constants).toEqual({});
  });

  it("keeps the source when the file is read another way", () => {
    const before = { ...start_draft(type, state()), decimal_mark: "point" };
    before.source.legal_basis = "contract";
    const after = read_anew(type, before, state({ columns: [] }));
    expect(after.mapping).toEqual({});
    expect(after.source.legal_basis).toBe("contract");
    expect(after.decimal_mark).toBe("point");
  });
});

describe("the steps", () => {
  it("go on where somebody was", () => {
    expect(first_step(state())).toBe("file");
    expect(first_step(state({ status: "checked" }))).toBe("check");
    expect(first_step(state({ status: "running", batch: 4 }))).toBe("outcome");
    expect(step_of("rules", state())).toBe("rules");
    expect(step_of("unheard", state())).toBe("file");
    expect(step_of("rules", state({ status: "done", batch: 4 }))).toBe("outcome");
    expect(step_of("rules", state({ status: "checking" }))).toBe("check");
  });
});

describe("a pasted table", () => {
  it("becomes a file", async () => {
    const file = pasted_file("\r\nNavn\tBy\r\nA\tB\r\n\r\n");
    expect(await file?.text()).toBe("Navn\tBy\nA\tB\n");
    expect(pasted_file(" \n".trim())).toBeNull();
  });
});
