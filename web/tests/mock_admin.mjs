// SPDX-License-Identifier: Apache-2.0
// The administrator's half of the mock: imports, roles, types, lists, sessions.
import { settings_routes } from "./mock_settings.mjs";

const at = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
const all = {
  read: ["all"],
  create: ["all"],
  update: ["all"],
  archive: ["all"],
  export: ["all"],
};
const some = { read: ["all"], create: ["mine"], update: ["mine", "primary_group"] };
const imports = [];
const sessions = [
  {
    id: 1,
    created_at: at(2),
    last_seen_at: at(0),
    user_agent: "Chrome, Linux",
    remote: "127.0.0.1",
    current: true,
  },
  {
    id: 2,
    created_at: at(90),
    last_seen_at: at(30),
    user_agent: "Safari, iPhone",
    remote: "10.0.0.12",
  },
];
const keys = [
  {
    id: 1,
    name: "Webshop",
    scope: "read",
    created_at: at(900),
    expires_at: at(-4000),
    last_used_at: at(3),
  },
];
let roles;

function role_routes({ meta, next }, method, rest, body) {
  roles ??= [
    {
      id: 1,
      key: "administrator",
      name: "Administrator",
      definition: {
        types: Object.fromEntries(meta.types.map((type) => [type.name, all])),
        functions: ["administer", "import"],
        field_classes: [],
      },
    },
    {
      id: 2,
      key: "sales",
      name: "Sælger",
      definition: {
        types: { company: some, person: some, sale: some, activity: all },
        functions: ["import"],
        field_classes: [],
      },
    },
  ];
  if (method === "GET") return { items: roles };
  if (method === "POST") return [201, roles[roles.push({ id: next(), ...body }) - 1]];
  return Object.assign(
    roles.find((role) => role.id === Number(rest[0])),
    body,
  );
}

// What is shown of an import beside itself.
function import_rows(state, what) {
  if (what === "questions") return { items: [], next: null, open: 0, decided: 0 };
  if (what === "values") return { values: [], is_whole: true };
  return { items: what === "diff" ? (state.sample ?? []) : [], next: null };
}

function import_routes(world, method, [id, what], query, body) {
  if (!id && method === "GET") return { items: imports, next: null };
  if (!id) {
    const [head = "", ...lines] = String(body).split(/\r?\n/).filter(Boolean);
    const cut = (line) => line.split(/[;,]/);
    const type = world.meta.types.find((entry) => entry.name === query.get("type"));
    const guess = (name) =>
      type.fields.find((field) =>
        Object.values(field.label)
          .concat(field.name)
          .some((label) => label.toLowerCase() === name.toLowerCase()),
      )?.name ?? null;
    const columns = cut(head).map((name, place) => ({
      name,
      sample: lines.slice(0, 3).map((line) => cut(line)[place] ?? ""),
      guess: guess(name),
    }));
    const state = {
      id: world.next(),
      type: type.name,
      name: query.get("name"),
      status: "uploaded",
      columns,
      delimiter: ";",
      encoding: "UTF-8",
      rows_estimate: lines.length,
      created_at: at(0),
    };
    imports.unshift(state);
    return [201, state];
  }
  const state = imports.find((entry) => entry.id === Number(id));
  if (!state) throw new world.Refusal(404, "imports/not_found");
  const rows = state.rows_estimate;
  if (["preview", "diff", "questions", "values"].includes(what)) return import_rows(state, what);
  if (method === "PATCH") return Object.assign(state, body);
  if (what === "dry-run") {
    const job = world.start_job("import_dry_run", () =>
      Object.assign(state, {
        status: "checked",
        counts: { rows, created: Math.max(0, rows - 2), updated: 1, unchanged: 0, failed: 1 },
        sample: [
          {
            row: 2,
            action: "create",
            name: "Ny Kunde A/S",
            changes: [{ field: "name", old: null, new: "Ny Kunde A/S" }],
          },
          {
            row: 3,
            action: "update",
            name: "Nordlys Energi A/S",
            changes: [{ field: "phone", old: "+4511111111", new: "+4522222222" }],
          },
        ],
        errors: [{ row: 4, code: "records/bad_email", field: "email" }],
      }),
    );
    Object.assign(state, { status: "checking", job: job.id });
    return [202, { job: job.id }];
  }
  if (what === "run") {
    state.batch = world.next();
    state.job = world.start_job("import", () => Object.assign(state, { status: "done" })).id;
    state.status = "running";
    return [202, { batch: state.batch, job: state.job }];
  }
  if (what === "reversal") {
    const end = () => Object.assign(state, { status: "reversed" });
    Object.assign(state, {
      job: world.start_job("import_reversal", end).id,
      status: "reversing",
    });
    return [202, { job: state.job }];
  }
  return state;
}

function meta_routes({ meta, tables }, method, [what, name, part], body) {
  if (what === "types" && part === "fields" && method === "POST") {
    meta.types.find((type) => type.name === name).fields.push({ ...body, custom: true });
  } else if (what === "types" && method === "POST") {
    const fields = [
      { name: "name", kind: "text", label: { en: "Name", da: "Navn" }, required: true },
    ];
    meta.types.push({
      custom: true,
      timeline: true,
      fields,
      backlinks: [],
      layout: {},
      list_columns: ["name"],
      ...body,
    });
    tables[body.plural] = [];
  } else if (what === "lists" && method === "POST") meta.lists[name].push(body);
  else if (what === "lists")
    Object.assign(
      meta.lists[name].find(
        (item) => item.key === decodeURIComponent(part === "items" ? "" : part),
      ) ?? {},
      body,
    );
  meta.revision += 1;
  return [201, body];
}

export function admin_routes(world, method, [head, ...rest], query, body) {
  const settings = settings_routes(world, method, [head, ...rest], body);
  if (settings !== undefined) return settings;
  if (head === "roles") return role_routes(world, method, rest, body);
  if (head === "import-mappings") return { items: [], next: null };
  if (head === "imports") return import_routes(world, method, rest, query, body);
  if (head === "meta") return meta_routes(world, method, rest, body);
  if (head === "users" && rest[1] === "roles")
    return Object.assign(
      world.tables.users.find((row) => row.id === Number(rest[0])),
      body,
    );
  if (head === "users" && rest[1] === "groups")
    return Object.assign(
      world.tables.users.find((row) => row.id === Number(rest[0])),
      body,
    );
  if (head === "users" && rest[1] === "access")
    return { roles: [{ id: 1, name: "Administrator" }], groups: [] };
  if (head === "users" && rest[1] === "password-link") return { path: "/password#k3J9fQ2" };
  if (head === "access-log")
    return {
      items: [1, 2, 3, 4].map((id) => ({
        id,
        at: at(id),
        user: 1,
        action: "read",
        record_type: "person",
        count: id * 3,
        route: "GET /persons",
      })),
      next: null,
    };
  if (head !== "me") return undefined;
  if (rest[0] === "sessions") return method === "GET" ? { items: sessions } : [204, null];
  if (rest[0] === "keys")
    return method === "GET"
      ? { items: keys }
      : method === "POST"
        ? [201, { id: 9, token: "fk_live_8f3a", ...body }]
        : [204, null];
  if (rest[0] === "totp")
    return method === "POST"
      ? { secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/Fokus" }
      : [204, null];
  return [204, null];
}
