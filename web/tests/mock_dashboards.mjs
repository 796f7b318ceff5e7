// SPDX-License-Identifier: Apache-2.0
// The dashboards of the mock: pages in memory, and tiles counted over the mock's own records.
import { fits } from "./mock_filter.mjs";

const TILES = [
  tile("sale/in_numbers", "Mit salg i tal", "number", "sale", {
    measures: [
      { kind: "count", label: "Salg" },
      { kind: "sum", field: "amount" },
    ],
    comparison: "previous_year",
  }),
  tile("sale/by_stage", "Pipeline efter fase", "column", "sale", {
    measures: [{ kind: "sum", field: "amount" }],
    group_by: ["stage"],
  }),
  tile("sale/by_status", "Salg efter status", "donut", "sale", { group_by: ["status"] }),
  tile("sale/stage_and_status", "Fase og status", "stacked", "sale", {
    group_by: ["stage", "status"],
  }),
  tile("company/by_category", "Firmaer efter kategori", "bar", "company", {
    group_by: ["category"],
  }),
  tile("sale/share", "Lukkerate", "gauge", "sale", {
    measures: [{ kind: "ratio", filter: "status eq 'sold'", over: { kind: "count" } }],
    target: 0.5,
  }),
  tile("sale/funnel", "Tragt", "funnel", "sale", { group_by: ["stage"] }),
  tile("activity/next", "Næste aktiviteter", "list", "activity", {
    columns: ["name", "kind", "company"],
  }),
  tile("sale/empty", "Intet her", "pie", "sale", {
    filter: "name eq 'zzz'",
    group_by: ["status"],
  }),
];

function tile(key, title, presentation, record_type, more) {
  const definition = { title, presentation, record_type, ...more };
  return {
    key,
    category: key.split("/")[0],
    title,
    description: "",
    is_changed: false,
    definition,
  };
}

const PLACES = [
  [0, 0, 6, 2],
  [0, 2, 4, 5],
  [4, 2, 4, 5],
  [8, 2, 4, 5],
  [0, 7, 5, 5],
  [6, 0, 3, 2],
  [5, 7, 3, 5],
  [8, 7, 4, 5],
  [9, 0, 3, 2],
];
const page_of = (id, name, tiles) => ({
  id,
  version: 1,
  name,
  labels: null,
  description: "Alt på et sted",
  owner: null,
  visible_for: "everyone",
  groups: [],
  pinned: {},
  standard: id === 1 ? "sales" : null,
  editable: true,
  is_pinned: id === 1,
  favourite: false,
  filters: {},
  tiles,
});
const placed = (found, id, [x, y, w, h]) => ({
  id,
  standard: found.key,
  is_own: false,
  definition: found.definition,
  title: found.title,
  x,
  y,
  w,
  h,
});
const pages = [
  page_of(
    1,
    "Salg",
    TILES.map((one, index) => placed(one, index + 1, PLACES[index])),
  ),
];
const versions = new Map();

function number_of(row, measure) {
  const value = row[measure.field];
  return Number(value?.amount ?? value ?? 0);
}

function measured(rows, measure, me) {
  const kept = measure.filter ? rows.filter((row) => fits(row, measure.filter, me)) : rows;
  if (measure.kind === "ratio") return rows.length ? kept.length / rows.length : null;
  if (measure.kind === "count") return kept.length;
  return kept.reduce((sum, row) => sum + number_of(row, measure), 0);
}

const key_of = (row, path) => {
  const value = row[path];
  return value && typeof value === "object" ? (value.name ?? null) : (value ?? null);
};

export function answer_of({ meta, tables, me }, definition, filters) {
  const type = meta.types.find((one) => one.name === definition.record_type);
  const head = {
    presentation: definition.presentation,
    title: definition.title,
    record_type: type.name,
    plural: type.plural,
    filter: definition.filter ?? "",
    as_of: new Date().toISOString(),
    applied: Object.keys(filters),
    depends_on: [type.name],
    cached: false,
  };
  const rows = tables[type.plural].filter(
    (row) => !row.archived_at && (!definition.filter || fits(row, definition.filter, me)),
  );
  if (definition.presentation === "list") {
    const items = rows.slice(0, 8);
    const count = { value: rows.length, at_least: false };
    return { ...head, kind: "list", sort: "", columns: definition.columns, items, count };
  }
  const measures = definition.measures ?? [{ kind: "count" }];
  const groups = (definition.group_by ?? []).map((one) => one.field ?? one);
  const cells = (some, filter) =>
    measures.map((measure) => {
      const number = measured(some, measure, me);
      const value =
        measure.kind === "sum" ? { amount: number.toFixed(2), currency: "DKK" } : number;
      return { value, number, count: some.length, filter };
    });
  const sets = new Map();
  for (const row of groups.length ? rows : []) {
    const key = JSON.stringify(groups.map((path) => key_of(row, path)));
    sets.set(key, [...(sets.get(key) ?? []), row]);
  }
  const label_of = (path, value) => {
    const list = type.fields.find((field) => field.name === path)?.list;
    return meta.lists[list]?.find((item) => item.key === value)?.label.da ?? value;
  };
  return {
    ...head,
    kind: "chart",
    ...(definition.target ? { target: definition.target } : {}),
    measures: measures.map((measure) => ({
      kind: measure.kind,
      field: measure.field ?? null,
      field_label: measure.field ?? null,
      label: measure.label ?? null,
      unit: measure.kind === "sum" ? "money" : "whole",
      currency: measure.kind === "sum" ? "DKK" : null,
    })),
    group_by: groups.map((field) => ({
      field,
      label: field,
      kind: "choice",
      by: null,
      list: null,
    })),
    groups: [...sets].map(([key, some]) => {
      const values = JSON.parse(key);
      const filter = groups
        .map((path, index) =>
          values[index] === null ? `${path} empty` : `${path} eq '${values[index]}'`,
        )
        .join(" and ");
      const keys = values.map((value, index) => ({ value, label: label_of(groups[index], value) }));
      return { keys, cells: cells(some, filter) };
    }),
    others: null,
    total: {
      cells: cells(rows, head.filter),
      ...(definition.comparison ? { before: cells(rows.slice(3), "") } : {}),
    },
    comparison: definition.comparison
      ? { kind: definition.comparison, from: "2025-01-01", to: "2025-12-31" }
      : null,
    truncated: false,
  };
}

function save(page, body) {
  versions.set(page.id, [...(versions.get(page.id) ?? []), structuredClone(page)]);
  if (body.tiles) {
    let next = Math.max(0, ...page.tiles.map((one) => one.id)) + 1;
    page.tiles = body.tiles.map((one) => {
      const old = page.tiles.find((other) => other.id === one.id);
      const standard = TILES.find((other) => other.key === (one.standard ?? old?.standard));
      const definition = one.definition ?? standard?.definition ?? old?.definition;
      return {
        ...old,
        ...one,
        id: old?.id ?? next++,
        standard: standard?.key ?? null,
        is_own: !!one.definition,
        definition,
        title: definition.title,
      };
    });
  }
  const { tiles, ...rest } = body;
  Object.assign(page, rest, { version: page.version + 1 });
  return page;
}

export function dashboard_routes(world, method, [head, ...rest], query, body) {
  if (head === "panel_hosts") return { items: [] };
  if (head === "me" && rest[0] === "alerts") return { items: [], next: null };
  if (head === "tiles") {
    if (rest[0] === "preview") return answer_of(world, body.definition, body.filters ?? {});
    if (!rest.length) return { items: TILES, next: null };
    const found = TILES.find((one) => one.key === `${rest[0]}/${rest[1]}`);
    return rest[2] === "data" ? answer_of(world, found.definition, {}) : found;
  }
  if (head !== "dashboards") return undefined;
  if (!rest.length && method === "GET") return { items: pages, next: null };
  if (!rest.length) {
    const from = pages.find((one) => one.id === body.copy_of);
    const made = page_of(world.next(), body.name, structuredClone(from?.tiles ?? []));
    pages.push(made);
    return [201, made];
  }
  const page = pages.find((one) => one.id === Number(rest[0]));
  if (!page) throw new world.Refusal(404, "dashboards/not_found");
  if (rest[1] === "tiles") {
    const found = page.tiles.find((one) => one.id === Number(rest[2]));
    return answer_of(world, found.definition, Object.fromEntries(query));
  }
  if (rest[1] === "favourite") {
    page.favourite = method === "PUT";
    return [204, null];
  }
  if (rest[1] === "undo") {
    const before = versions.get(page.id)?.pop();
    if (!before) throw new world.Refusal(409, "dashboards/nothing_to_undo");
    return Object.assign(page, before);
  }
  if (method === "PATCH") return save(page, body);
  if (method === "DELETE") {
    pages.splice(pages.indexOf(page), 1);
    return [204, null];
  }
  return page;
}
