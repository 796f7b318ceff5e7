// SPDX-License-Identifier: Apache-2.0
// An in-memory server with the API's shapes, for working on the screens and for their tests only.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { admin_routes } from "./mock_admin.mjs";
import { dashboard_routes } from "./mock_dashboards.mjs";
import { diary_routes, send_feed } from "./mock_diary.mjs";
import * as files from "./mock_files.mjs";
import { fits } from "./mock_filter.mjs";
import { aggregate } from "./mock_numbers.mjs";
import { serve_file } from "./mock_static.mjs";
import { defaults_of, make_world } from "./mock_world.mjs";

const port = Number(process.env.PORT ?? 8181);
const { meta, tables } = make_world();
const user = tables.users[0];
const rights = { read: true, create: true, update: true, archive: true, export: true };
const me = {
  id: user.id,
  name: user.name,
  email: user.email,
  language: process.env.MOCK_LANGUAGE ?? "da",
  theme: "system",
  density: "comfortable",
  time_zone: "Europe/Copenhagen",
  primary_group: user.primary_group,
  groups: [],
  roles: [{ id: 1, name: "Administrator" }],
  functions: ["administer", "import", "bulk_edit", "read_access_log", "reveal_masked", "operate"],
  types: Object.fromEntries(meta.types.map((type) => [type.name, rights])),
};
const history = new Map();
const relations = [];
const jobs = [];
const sockets = new Set();
let next_id = 100000;
let event_id = 0;
let signed_in = false;

export class Refusal extends Error {
  constructor(status, code, more = {}) {
    super(code);
    this.status = status;
    this.body = { status, code, errors: [], params: {}, call: "c0ffee", ...more };
  }
}

function send_event(event) {
  const text = Buffer.from(JSON.stringify({ id: ++event_id, ...event }));
  const head =
    text.length < 126
      ? Buffer.from([0x81, text.length])
      : Buffer.from([0x81, 126, text.length >> 8, text.length & 255]);
  for (const socket of sockets) socket.write(Buffer.concat([head, text]));
}

export function start_job(kind, work = () => ({}), about = {}) {
  const job = {
    id: ++next_id,
    kind,
    status: "running",
    progress: { done: 0, total: 400 },
    created_at: new Date().toISOString(),
    result: null,
    about,
    created_by: me.id,
  };
  jobs.unshift(job);
  const timer = setInterval(() => {
    job.progress.done = Math.min(400, job.progress.done + 130);
    if (job.progress.done >= 400) {
      clearInterval(timer);
      job.status = "done";
      job.result = work();
    }
    send_event({ kind: "job", job });
  }, 250);
  return job;
}

const value_text = (value) =>
  value && typeof value === "object"
    ? String(value.amount ?? value.name ?? "")
    : String(value ?? "");

function sorted(rows, sort) {
  const keys = (sort || "name")
    .split(",")
    .map((key) => [key.replace("-", ""), key.startsWith("-") ? -1 : 1]);
  const collator = new Intl.Collator("da", { numeric: true });
  return [...rows].sort((a, b) => {
    for (const [key, turn] of keys) {
      const order = collator.compare(value_text(a[key]), value_text(b[key]));
      if (order) return order * turn;
    }
    return a.id - b.id;
  });
}

function page(rows, query, type) {
  const limit = Number(query.get("limit") || 50);
  const start = Number(query.get("cursor") || 0) + Number(query.get("skip") || 0);
  const q = (query.get("q") ?? "").toLowerCase();
  const bin = query.get("bin") === "true";
  const filter = query.get("filter");
  const found = sorted(
    rows.filter(
      (row) =>
        (bin ? row.archived_at : !row.archived_at) &&
        (!q || value_text(row.name).toLowerCase().includes(q)) &&
        (!filter || fits(row, filter, me, type)),
    ),
    query.get("sort"),
  );
  const answer = {
    items: found.slice(start, start + limit).map(shown),
    next: start + limit < found.length ? String(start + limit) : null,
  };
  if ((query.get("count") ?? "none") !== "none")
    answer.count = { value: Math.min(1000, found.length), at_least: found.length > 1000 };
  return answer;
}

const shown = (row) => ({ ...row, rights: { update: true, archive: true }, masked: [] });

function link_names(type, values) {
  const out = {};
  for (const [name, value] of Object.entries(values)) {
    const field = type.fields.find((entry) => entry.name === name);
    const target =
      field && ["link", "user", "group"].includes(field.kind)
        ? meta.types.find((entry) => entry.name === (field.target ?? field.kind))
        : null;
    const row = target && tables[target.plural].find((entry) => entry.id === (value?.id ?? value));
    out[name] = row ? { id: row.id, name: row.name } : value;
  }
  return out;
}

function check(type, values, whole) {
  const errors = [];
  for (const field of type.fields) {
    if (
      field.required &&
      (whole ? !values[field.name] : field.name in values && !values[field.name])
    )
      errors.push({ field: field.name, code: "records/required" });
    if (field.kind === "email" && values[field.name] && !/.@./.test(values[field.name]))
      errors.push({ field: field.name, code: "records/bad_email" });
  }
  if (errors.length) throw new Refusal(422, "records/invalid", { errors });
}

function note_change(type, row, action, changes, source) {
  const key = `${type.plural}/${row.id}`;
  const list = history.get(key) ?? [];
  list.unshift({
    id: ++next_id,
    at: new Date().toISOString(),
    actor: { id: me.id, name: me.name },
    action,
    batch: null,
    source: source ?? { kind: "user" },
    changes,
  });
  history.set(key, list);
  send_event({
    kind: action === "create" ? "created" : "changed",
    type: type.name,
    record: row.id,
    version: row.version,
    by: me.id,
  });
}

const is_file = (type, name) => type.fields.find((field) => field.name === name)?.kind === "file";

function with_files(type, id, values) {
  const by = { id: me.id, name: me.name };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      is_file(type, name) ? files.put_file(type.plural, id, value, by) : value,
    ]),
  );
}

function save(type, row, values, action = "update") {
  const next = with_files(type, row.id, link_names(type, values));
  const changes = Object.entries(next).map(([field, value]) => ({
    field,
    old: row[field] ?? null,
    new: value,
  }));
  Object.assign(row, next, {
    version: row.version + 1,
    updated_at: new Date().toISOString(),
    updated_by: { id: me.id, name: me.name },
  });
  if (type.name === "person") row.name = `${row.first_name ?? ""} ${row.last_name ?? ""}`.trim();
  note_change(type, row, action, changes);
  return row;
}

function timeline(type, row, query) {
  const about = (entry) => entry[type.name]?.id === row.id && !entry.archived_at;
  const items = [
    ...tables.activities.filter(about).map((entry) => ({
      kind: "activity",
      at: entry.starts_at ?? entry.created_at,
      type: "activity",
      id: entry.id,
      name: entry.name,
      record: entry,
      by: entry.owner,
    })),
    ...tables.sales.filter(about).map((entry) => ({
      kind: "sale",
      at: entry.created_at,
      type: "sale",
      id: entry.id,
      name: entry.name,
      record: entry,
      by: entry.owner,
    })),
  ];
  const kinds = (query.get("kinds") ?? "").split(",").filter(Boolean);
  const q = (query.get("q") ?? "").toLowerCase();
  const fits = (item) =>
    (!kinds.length || kinds.includes(item.kind)) && item.name.toLowerCase().includes(q);
  const found = items.filter(fits).sort((a, b) => b.at.localeCompare(a.at));
  return { items: found.slice(0, 60), next: null };
}

function create(type, body) {
  const values = { ...defaults_of(type), ...body };
  if (type.name === "person")
    values.name = `${body.first_name ?? ""} ${body.last_name ?? ""}`.trim();
  check(type, values, true);
  const owner = { id: me.id, name: me.name };
  const id = ++next_id;
  const row = {
    id,
    version: 1,
    created_at: new Date().toISOString(),
    updated_at: new Date().toISOString(),
    created_by: owner,
    updated_by: owner,
    owner,
    archived_at: null,
    contact_points: [],
    ...with_files(type, id, link_names(type, values)),
  };
  tables[type.plural].push(row);
  note_change(
    type,
    row,
    "create",
    Object.entries(values).map(([field, value]) => ({ field, old: null, new: value })),
  );
  return row;
}

function record_route(type, method, rest, query, body, headers) {
  const rows = tables[type.plural];
  const [id, what, name] = rest;
  if (!id) return method === "POST" ? [201, shown(create(type, body))] : page(rows, query, type);
  if (id === "export") return "name\n";
  if (id === "bulk-edits") return bulk(type, body);
  if (id === "aggregate") {
    const found = rows.filter(
      (row) => !row.archived_at && (!body.filter || fits(row, body.filter, me)),
    );
    return aggregate(found, body);
  }
  const row = rows.find((entry) => entry.id === Number(id));
  if (!row) throw new Refusal(404, "records/not_found");
  if (what === "timeline") return timeline(type, row, query);
  if (what === "history")
    return {
      items: history.get(`${type.plural}/${id}`) ?? [
        {
          id: 1,
          at: row.created_at,
          actor: row.created_by,
          action: "import",
          batch: 12,
          source: { kind: "import", name: "kunder.csv" },
          changes: [{ field: "name", old: null, new: row.name }],
        },
      ],
      next: null,
    };
  if (what === "relations" && method === "POST") return [201, add_relation(type, row, body)];
  if (what === "relations")
    return { items: relations.filter((entry) => entry.from === `${type.plural}/${id}`) };
  if (what === "files" && method === "POST") {
    const file = files.file_of_version(type.plural, id, Number(rest[4]));
    return shown(save(type, row, { [name]: file }));
  }
  if (what === "files") return files.list_versions(type.plural, row);
  if (what === "restoration") return save(type, row, { archived_at: null }, "restore");
  if (what === "related") {
    const link = type.backlinks.find((entry) => entry.name === name);
    const other = meta.types.find((entry) => entry.name === link.type);
    return page(
      tables[other.plural].filter((entry) => entry[link.field]?.id === row.id),
      query,
      other,
    );
  }
  if (method === "DELETE")
    return [204, save(type, row, { archived_at: new Date().toISOString() }, "archive")];
  if (method === "PATCH") {
    const wanted = headers["if-match"]?.replace(/\D/g, "");
    if (wanted && Number(wanted) !== row.version)
      throw new Refusal(412, "records/stale", {
        params: { current_version: row.version },
        current: shown(row),
      });
    check(type, body, false);
    return shown(save(type, row, body));
  }
  return shown(row);
}

function add_relation(type, row, body) {
  const target = meta.types.find((entry) => entry.name === body.type);
  const other = tables[target.plural].find((entry) => entry.id === body.id);
  const item = meta.lists.relation_kind.find((entry) => entry.key === body.kind);
  const relation = {
    id: ++next_id,
    from: `${type.plural}/${row.id}`,
    kind: { key: item.key, label: item.label.da },
    sentence: item.label.da,
    record: { type: body.type, id: other.id, name: other.name },
    note: body.note,
  };
  relations.push(relation);
  return relation;
}

function bulk(type, body) {
  const chosen = (row) =>
    body.ids
      ? body.ids.includes(row.id)
      : !row.archived_at &&
        (!body.filter || fits(row, body.filter, me)) &&
        !body.except?.includes(row.id);
  const rows = tables[type.plural].filter(chosen);
  const changes_of = (row) =>
    Object.entries(link_names(type, body.changes)).map(([field, value]) => ({
      field,
      old: row[field],
      new: value,
    }));
  if (body.preview)
    return {
      count: rows.length,
      sample: rows
        .slice(0, 5)
        .map((row) => ({ id: row.id, name: row.name, changes: changes_of(row) })),
    };
  const before = rows.map((row) => [
    row,
    Object.fromEntries(Object.keys(body.changes).map((name) => [name, row[name]])),
  ]);
  batches.set(++next_id, [type, before]);
  const batch = next_id;
  return [
    202,
    {
      batch,
      job: start_job(
        "bulk_edit",
        () => {
          for (const row of rows) save(type, row, body.changes, "bulk_edit");
          return { changed: rows.length };
        },
        { type: type.name, batch, action: "edit" },
      ).id,
    },
  ];
}
const batches = new Map();

function search(q) {
  const text = q.toLowerCase();
  const groups = ["company", "person", "sale", "project"].map((name) => {
    const type = meta.types.find((entry) => entry.name === name);
    const hits = tables[type.plural]
      .filter((row) => !row.archived_at && row.name.toLowerCase().includes(text))
      .slice(0, 5);
    return {
      type: name,
      items: hits.map((row) => ({
        id: row.id,
        name: row.name,
        subtitle: row.company?.name ?? row.address?.city ?? "",
      })),
    };
  });
  return { groups: groups.filter((group) => group.items.length) };
}

function route(method, path, query, body, headers) {
  const [head, ...rest] = path.split("/");
  if (head === "setup") return method === "POST" ? [201, {}] : { needed: false };
  if (head === "sign-in") {
    if (body.password === "wrong") throw new Refusal(401, "access/wrong_credentials");
    if (body.email?.startsWith("totp") && !body.totp)
      throw new Refusal(401, "access/totp_required");
    signed_in = true;
    return { user: { id: me.id, name: me.name } };
  }
  if (!signed_in && process.env.MOCK_OPEN !== "1") throw new Refusal(401, "access/signed_out");
  if (head === "session") {
    signed_in = false;
    return [204, null];
  }
  if (head === "me" && !rest.length) return method === "PATCH" ? Object.assign(me, body) : me;
  if (head === "meta" && !rest.length) return meta;
  if (head === "search") return search(query.get("q") ?? "");
  if (head === "relations")
    return [
      204,
      relations.splice(
        relations.findIndex((entry) => entry.id === Number(rest[0])),
        1,
      ),
    ];
  if (head === "views") return { items: [] };
  if (head === "jobs" && !rest.length) return { items: jobs, next: null };
  if (head === "jobs") return jobs.find((job) => job.id === Number(rest[0]));
  if (head === "batches" && method === "GET")
    return { items: [...batches.keys()].map((id) => ({ id, undone_at: null })) };
  if (head === "batches" && method === "DELETE") {
    const [type, before] = batches.get(Number(rest[0]));
    return [
      202,
      {
        job: start_job("undo", () => {
          for (const [row, old] of before) save(type, row, old, "undo");
          return { undone: before.length, conflicts: 0 };
        }).id,
      },
    ];
  }
  const world = { meta, tables, me, start_job, next: () => ++next_id, Refusal, jobs };
  for (const routes of [diary_routes, dashboard_routes, admin_routes]) {
    const answer = routes(world, method, [head, ...rest], query, body);
    if (answer !== undefined) return answer;
  }
  const type = meta.types.find((entry) => entry.plural === head);
  if (!type) throw new Refusal(404, "net/no_such_route");
  return record_route(type, method, rest, query, body, headers);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/healthz") return response.end("ok");
  if (url.pathname.startsWith("/ical/")) return send_feed(url.pathname, response);
  if (!url.pathname.startsWith("/api/v1/")) return serve_file(url.pathname, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = url.pathname.slice(8);
  if (request.method === "GET" && files.send_file(path, response)) return;
  if (path === "files") {
    response.writeHead(201, { "Content-Type": "application/json" });
    const stored = (bytes) => files.store_upload(++next_id, url.searchParams.get("name"), bytes);
    return response.end(JSON.stringify(stored(Buffer.concat(chunks))));
  }
  const text = Buffer.concat(chunks).toString();
  try {
    const json =
      request.headers["content-type"]?.includes("json") && text ? JSON.parse(text) : text;
    const answer = route(request.method, path, url.searchParams, json, request.headers);
    const [status, out] = Array.isArray(answer) ? answer : [200, answer];
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(status === 204 ? undefined : typeof out === "string" ? out : JSON.stringify(out));
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    response.writeHead(error.status ?? 500, { "Content-Type": "application/problem+json" });
    response.end(
      JSON.stringify(error.body ?? { status: 500, code: "net/internal", call: "c0ffee" }),
    );
  }
});

server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  sockets.add(socket);
  for (const end of ["close", "error", "end"]) socket.on(end, () => sockets.delete(socket));
});
server.listen(port, "127.0.0.1", () => console.log(`mock server on http://127.0.0.1:${port}`));
