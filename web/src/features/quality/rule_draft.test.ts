// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { FieldMeta, TypeMeta } from "../../api/types";
import {
  draft_of,
  fields_for,
  fixes_for,
  fresh_draft,
  is_complete,
  preview_form,
  wire_of,
} from "./rule_draft";
import type { Check, Rule } from "./types";

const field = (
  name: string,
  kind: FieldMeta["kind"],
  more: Partial<FieldMeta> = {},
): FieldMeta => ({
  name,
  kind,
  label: {},
  ...more,
});
const person = {
  name: "person",
  fields: [
    field("last_name", "text", { required: true }),
    field("phone", "phone"),
    field("email", "email"),
    field("created_at", "instant", { read_only: true }),
  ],
} as unknown as TypeMeta;
const phones: Check = {
  name: "phone",
  label: "Phone",
  kinds: ["phone"],
  params: [],
  suggests: true,
};

it("sends the check or the filter, never both", () => {
  const draft = { ...fresh_draft("person"), check: "phone", filter: "owner empty" };
  expect(wire_of({ ...draft, by: "check" })).toMatchObject({ check: "phone", filter: null });
  expect(wire_of({ ...draft, by: "filter" })).toMatchObject({ check: null, filter: "owner empty" });
  expect(wire_of(draft)).not.toHaveProperty("type");
});

it("comes back as it was stored", () => {
  const rule = {
    key: "person_phone",
    type: "person",
    check: "phone",
    filter: null,
    field: "phone",
    params: { country: "DK" },
    severity: "error",
    weight: 20,
    fix: "suggestion",
    fix_value: null,
    message: { en: "Not a phone number" },
    is_on: false,
  } as unknown as Rule;
  const { key, type, ...rest } = rule;
  expect(wire_of(draft_of(rule))).toEqual(rest);
  expect([key, type]).toEqual(["person_phone", "person"]);
});

it("is complete when it says what is wrong, in words, and what the fix needs", () => {
  const draft = fresh_draft("person");
  expect(is_complete(draft)).toBe(false);
  const said = { ...draft, filter: "owner empty", message: { en: "Nobody's" } };
  expect(is_complete(said)).toBe(true);
  expect(is_complete({ ...said, fix: "set", field: "owner" })).toBe(false);
  expect(is_complete({ ...said, fix: "set", field: "owner", fix_value: 5 })).toBe(true);
  expect(is_complete({ ...said, fix: "trim" })).toBe(false);
  expect(is_complete({ ...said, message: { en: "  " } })).toBe(false);
});

it("asks what it finds also while it is half written", () => {
  const draft = fresh_draft("person");
  expect(preview_form(draft)).toBeNull();
  expect(preview_form({ ...draft, filter: "owner empty", fix: "set" })).toMatchObject({
    type: "person",
    filter: "owner empty",
    fix: "none",
  });
});

it("offers the fields that a check is for", () => {
  expect(fields_for(person, phones).map(({ name }) => name)).toEqual(["phone"]);
  expect(fields_for(person, undefined).map(({ name }) => name)).toEqual([
    "last_name",
    "phone",
    "email",
  ]);
});

it("empties no field that must be filled in", () => {
  expect(fixes_for(person.fields[0], undefined)).not.toContain("clear");
  expect(fixes_for(person.fields[2], undefined)).toContain("clear");
  expect(fixes_for(person.fields[1], phones)).toEqual(["none", "suggestion", "clear", "set"]);
  expect(fixes_for(undefined, undefined)).toEqual(["none"]);
});
