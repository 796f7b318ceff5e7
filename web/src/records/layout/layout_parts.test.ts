// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { FieldMeta, TypeMeta } from "../../api/types";
import {
  add_section,
  change_field,
  fill_layout,
  has_rules,
  hide_field,
  new_section,
  type PageLayout,
  place_field,
  remove_section,
  standard_layout,
  step_field,
  step_section,
  unplaced_fields,
} from "./layout_parts";

const field = (name: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  name,
  kind: "text",
  label: { en: name },
  ...more,
});
const type: TypeMeta = {
  name: "sale",
  plural: "sales",
  label: { en: "Sale" },
  label_plural: { en: "Sales" },
  fields: [
    field("name"),
    field("amount"),
    field("stage"),
    field("reason"),
    field("inner"),
    field("x_lift", { custom: true }),
    field("x_old", { custom: true, hidden: true }),
  ],
  layout: {
    sections: [
      { key: "main", label: { en: "Sale" }, fields: ["name", "amount", "stage"] },
      { key: "more", fields: ["reason"] },
    ],
  },
};
const standard = fill_layout(standard_layout(type), type, true);

// "main: name amount | more: reason"
const places = (layout: PageLayout) =>
  layout.sections
    .map((section) => `${section.key}: ${section.fields.map((one) => one.name).join(" ")}`)
    .join(" | ");

describe("what a layout shows", () => {
  it("is the standard with own fields in a section of theirs", () => {
    expect(places(standard)).toBe("main: name amount stage | more: reason | custom: x_lift");
  });

  it("is what can be written when the type says nothing", () => {
    const plain = { ...type, layout: {} };
    expect(places(fill_layout(standard_layout(plain), plain, true))).toBe(
      "all: name amount stage reason inner x_lift",
    );
  });

  it("has what nobody placed in its last section without a rule, and nothing gone", () => {
    const own: PageLayout = {
      sections: [
        new_section("top", ["amount", "x_gone"]),
        { ...new_section("lost", ["reason"]), shown_if: "stage eq 'lost'" },
      ],
      hidden: ["name", "x_old"],
    };
    const filled = fill_layout(own, type, false);
    expect(places(filled)).toBe("top: amount stage x_lift | lost: reason");
    expect(filled.hidden).toEqual(["name"]);
    expect(unplaced_fields(filled, type).map((one) => one.name)).toEqual(["name", "inner"]);
  });

  it("has a section for them when all others have rules", () => {
    const ruled = { ...new_section("top", ["name"]), shown_if: "stage empty" };
    expect(places(fill_layout({ sections: [ruled], hidden: [] }, type, false))).toBe(
      "top: name | custom: amount stage reason x_lift",
    );
  });
});

describe("moves in a layout", () => {
  it("go up and down, and over the edge of a section", () => {
    expect(places(step_field(standard, "amount", -1))).toMatch(/^main: amount name stage/);
    expect(places(step_field(standard, "amount", 1))).toMatch(/^main: name stage amount/);
    expect(places(step_field(standard, "stage", 1))).toMatch(/^main: name amount \| more: stage/);
    expect(places(step_field(standard, "reason", -1))).toMatch(
      /^main: name amount stage reason \| more: {2}\|/,
    );
    expect(step_field(standard, "name", -1)).toBe(standard);
    expect(step_field(standard, "x_lift", 1)).toBe(standard);
  });

  it("put a field before another one, in its own section too", () => {
    const to = (section: number, place: number) => ({ section, place });
    expect(places(place_field(standard, "name", to(0, 3)))).toMatch(/^main: amount stage name/);
    expect(places(place_field(standard, "stage", to(0, 0)))).toMatch(/^main: stage name amount/);
    expect(places(place_field(standard, "name", to(1, 0)))).toMatch(/more: name reason/);
    expect(places(place_field(standard, "inner", to(1, 1)))).toMatch(/more: reason inner/);
  });

  it("take the rule of a field along, and lose it with the page", () => {
    const ruled = change_field(standard, "reason", "stage eq 'lost'");
    expect(has_rules(standard)).toBe(false);
    expect(has_rules(ruled)).toBe(true);
    const moved = place_field(ruled, "reason", { section: 0, place: 0 });
    expect(moved.sections[0]?.fields[0]).toEqual({ name: "reason", shown_if: "stage eq 'lost'" });
    const hidden = hide_field(moved, "reason");
    expect(hidden.hidden).toEqual(["reason"]);
    const back = place_field(hidden, "reason", { section: 0, place: 0 });
    expect(back.hidden).toEqual([]);
    expect(has_rules(back)).toBe(false);
  });

  it("keep the fields of a section that goes, and the last section", () => {
    expect(places(remove_section(standard, 0))).toBe(
      "more: reason name amount stage | custom: x_lift",
    );
    expect(places(remove_section(standard, 2))).toBe(
      "main: name amount stage | more: reason x_lift",
    );
    const one = { sections: [new_section("only")], hidden: [] };
    expect(remove_section(one, 0)).toBe(one);
    expect(places(step_section(standard, 0, 1))).toMatch(/^more: reason \| main/);
    expect(step_section(standard, 0, -1)).toBe(standard);
    const grown = add_section(add_section(one));
    expect(new Set(grown.sections.map((section) => section.key)).size).toBe(3);
  });
});
