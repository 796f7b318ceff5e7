// SPDX-License-Identifier: Apache-2.0
// How the page of a record is laid out: the twin of server/features/layouts/layout_rules.cpp, and
// the moves of its editor. Nothing here changes what it is given.
import type { FieldMeta, Labels, TypeMeta } from "../../api/types";

export interface PlacedField {
  name: string;
  // A filter; empty: always shown.
  shown_if: string;
}

export interface PageSection {
  key: string;
  label: Labels;
  columns: 1 | 2;
  collapsed: boolean;
  shown_if: string;
  fields: PlacedField[];
}

export interface PageLayout {
  sections: PageSection[];
  hidden: string[];
}

// Where fields stand that nobody placed, when the layout is the standard.
export const OWN_SECTION = "custom";

const placed = (name: string): PlacedField => ({ name, shown_if: "" });

export function new_section(key: string, fields: string[] = [], label: Labels = {}): PageSection {
  return { key, label, columns: 1, collapsed: false, shown_if: "", fields: fields.map(placed) };
}

export function standard_layout(type: TypeMeta): PageLayout {
  const sections = type.layout?.sections ?? [];
  if (!sections.length) {
    const own = type.fields.filter((field) => !field.read_only && !field.hidden);
    return {
      sections: [
        new_section(
          "all",
          own.map((field) => field.name),
        ),
      ],
      hidden: [],
    };
  }
  return {
    sections: sections.map((section) => new_section(section.key, section.fields, section.label)),
    hidden: [],
  };
}

export function names_in(layout: PageLayout): string[] {
  return [
    ...layout.sections.flatMap((section) => section.fields.map((field) => field.name)),
    ...layout.hidden,
  ];
}

// Without fields that are gone, and with those that are placed nowhere though they are the
// administrators' own or on the standard page.
export function fill_layout(layout: PageLayout, type: TypeMeta, is_standard: boolean): PageLayout {
  const there = new Map(
    type.fields.filter((field) => !field.hidden).map((field) => [field.name, field]),
  );
  const sections = layout.sections.map((section) => ({
    ...section,
    fields: section.fields.filter((field) => there.has(field.name)),
  }));
  const hidden = layout.hidden.filter((name) => there.has(name));
  const known = new Set(names_in({ sections, hidden }));
  const usual = new Set(names_in(standard_layout(type)));
  const loose = [...there.values()].filter(
    (field) => (field.custom || usual.has(field.name)) && !known.has(field.name),
  );
  if (!loose.length) return { sections, hidden };
  const last = is_standard
    ? sections.findIndex((section) => section.key === OWN_SECTION)
    : sections.findLastIndex((section) => !section.shown_if);
  const more = loose.map((field) => placed(field.name));
  if (last < 0)
    return { sections: [...sections, { ...new_section(OWN_SECTION), fields: more }], hidden };
  const grown = sections.map((section, place) =>
    place === last ? { ...section, fields: [...section.fields, ...more] } : section,
  );
  return { sections: grown, hidden };
}

// Fields that could be on the page and are not.
export function unplaced_fields(layout: PageLayout, type: TypeMeta): FieldMeta[] {
  const on_page = new Set(
    layout.sections.flatMap((section) => section.fields.map((field) => field.name)),
  );
  return type.fields.filter(
    (field) => !field.hidden && !on_page.has(field.name) && field.name !== "id",
  );
}

export function has_rules(layout: PageLayout): boolean {
  return layout.sections.some(
    (section) => section.shown_if || section.fields.some((field) => field.shown_if),
  );
}

export interface Spot {
  section: number;
  place: number;
}

export function find_field(layout: PageLayout, name: string): Spot | null {
  for (const [section, one] of layout.sections.entries()) {
    const place = one.fields.findIndex((field) => field.name === name);
    if (place >= 0) return { section, place };
  }
  return null;
}

function without(layout: PageLayout, name: string): PageLayout {
  return {
    sections: layout.sections.map((section) => ({
      ...section,
      fields: section.fields.filter((field) => field.name !== name),
    })),
    hidden: layout.hidden.filter((one) => one !== name),
  };
}

// Puts a field before what stands at the spot, wherever it was; with the rule that it had.
export function place_field(layout: PageLayout, name: string, to: Spot): PageLayout {
  const from = find_field(layout, name);
  const field = from ? layout.sections[from.section]!.fields[from.place]! : { name, shown_if: "" };
  // What stood before it in the same section moves up.
  const shift = from && from.section === to.section && from.place < to.place ? 1 : 0;
  const rest = without(layout, name);
  return {
    ...rest,
    sections: rest.sections.map((section, index) => {
      if (index !== to.section) return section;
      const fields = [...section.fields];
      fields.splice(Math.max(0, to.place - shift), 0, field);
      return { ...section, fields };
    }),
  };
}

// One up or down; over the edge of a section into the next one.
export function step_field(layout: PageLayout, name: string, by: -1 | 1): PageLayout {
  const from = find_field(layout, name);
  if (!from) return layout;
  const { fields } = layout.sections[from.section]!;
  const place = from.place + by;
  if (place >= 0 && place < fields.length)
    return place_field(layout, name, {
      section: from.section,
      place: by > 0 ? place + 1 : place,
    });
  const section = from.section + by;
  const next = layout.sections[section];
  if (!next) return layout;
  return place_field(layout, name, { section, place: by > 0 ? 0 : next.fields.length });
}

export function hide_field(layout: PageLayout, name: string): PageLayout {
  const rest = without(layout, name);
  return { ...rest, hidden: [...rest.hidden, name] };
}

export function change_field(layout: PageLayout, name: string, shown_if: string): PageLayout {
  return {
    ...layout,
    sections: layout.sections.map((section) => ({
      ...section,
      fields: section.fields.map((field) => (field.name === name ? { name, shown_if } : field)),
    })),
  };
}

export function change_section(
  layout: PageLayout,
  index: number,
  change: Partial<PageSection>,
): PageLayout {
  return {
    ...layout,
    sections: layout.sections.map((section, place) =>
      place === index ? { ...section, ...change } : section,
    ),
  };
}

export function step_section(layout: PageLayout, index: number, by: -1 | 1): PageLayout {
  const to = index + by;
  if (to < 0 || to >= layout.sections.length) return layout;
  const sections = [...layout.sections];
  const [one] = sections.splice(index, 1);
  sections.splice(to, 0, one!);
  return { ...layout, sections };
}

export function add_section(layout: PageLayout, label: Labels = {}): PageLayout {
  const taken = new Set(layout.sections.map((section) => section.key));
  let number = layout.sections.length + 1;
  while (taken.has(`section_${number}`)) number += 1;
  return { ...layout, sections: [...layout.sections, new_section(`section_${number}`, [], label)] };
}

// Its fields go to the section before it, or after it; the last section stays.
export function remove_section(layout: PageLayout, index: number): PageLayout {
  if (layout.sections.length < 2) return layout;
  const gone = layout.sections[index];
  if (!gone) return layout;
  const heir = index > 0 ? index - 1 : 1;
  const sections = layout.sections.map((section, place) =>
    place === heir ? { ...section, fields: [...section.fields, ...gone.fields] } : section,
  );
  return { ...layout, sections: sections.filter((_, place) => place !== index) };
}
