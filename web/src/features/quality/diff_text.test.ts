// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { diff_text } from "./diff_text";

const written = (before: string, after: string) =>
  diff_text(before, after)
    .map(({ text, kind }) =>
      kind === "same" ? text : kind === "gone" ? `[-${text}]` : `{+${text}}`,
    )
    .join("");

it("marks what comes and leaves what stays", () => {
  expect(written("12345678", "+4512345678")).toBe("{++45}12345678");
  expect(written("mail@example,org", "mail@example.org")).toBe("mail@example[-,]{+.}org");
});

it("shows another text as another text", () => {
  expect(written("JENS", "Ole Hansen")).toBe("[-JENS]{+Ole Hansen}");
});

it("says nothing of what is as it was", () => {
  expect(diff_text("Aarhus", "Aarhus")).toEqual([{ text: "Aarhus", kind: "same" }]);
  expect(diff_text("", "Aarhus")).toEqual([{ text: "Aarhus", kind: "new" }]);
});

it("takes letters outside of the first plane as one", () => {
  expect(written("Ole 🙂 Holm", "Ole Holm")).toBe("Ole [-🙂 ]Holm");
});

it("does not compare long texts letter by letter", () => {
  const long = "a".repeat(500);
  expect(diff_text(long, `${long}b`)).toHaveLength(2);
});
