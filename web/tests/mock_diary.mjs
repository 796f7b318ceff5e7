// SPDX-License-Identifier: Apache-2.0
// The diary of the mock: appointments of this week for everybody, series that repeat by the day or
// the week, invitations, and the link for other programs.
const DAY = 86_400_000;
const ZONE = "Europe/Copenhagen";
const day_of = (ms) => new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date(ms));
const CODES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const SECRET = "mock0secret0mock0secret0mock0secret0mock0secret";
let feed = { is_on: false, made_at: null };
const DAV_BOOKS = {
  entries_max: 5000,
  books_max: 20,
  books: [
    { selection: null, name: "", type: "person", count: 48, is_too_large: false },
    { selection: null, name: "", type: "company", count: 21, is_too_large: false },
  ],
};
let is_planted = false;

// [day of the week, hour, hours, title, person, more]
const WEEK = [
  [0, 9, 1, "Ugemøde i salgsafdelingen", 0, { recurrence: "FREQ=WEEKLY", invited: [1, 2] }],
  [0, 10.5, 1.5, "Kontraktgennemgang med indkøb", 0, { location: "Mødelokale Øresund, 4. sal" }],
  [0, 11, 1, "Telefonkonference", 0, { kind: "call" }],
  [1, 8.5, 0.5, "Morgenopkald", 0, { kind: "call" }],
  [1, 10, 2, "Demo af løsningen", 0, { location: "Hos kunden" }],
  [1, 13, 1, "Budgetopfølgning", 1, { invited: [0] }],
  [2, 9, 3, "Kvartalsgennemgang", 0, {}],
  [2, 9.5, 1, "Interview: salgskonsulent", 0, {}],
  [2, 10, 1.5, "Leverandørmøde", 1, { invited: [0] }],
  [2, 14, 0.25, "Kort status", 0, {}],
  [3, 12, 1, "Frokost med Vestkyst Trælast", 0, { location: "Restaurant Kajen" }],
  [3, 15, 1, "Aflyst: prisforhandling", 0, { status: "cancelled" }],
  [4, 9, 1, "Introduktionsmøde", 0, {}],
  [4, 13, 2, "Arbejdsmarkedsuddannelsescentret: behovsafdækning", 0, {}],
  [4, 13.5, 1, "Forberedelse af tilbud", 2, {}],
  [4, 22, 4, "Natlig flytning af servere", 2, {}],
];

function plant({ tables }) {
  is_planted = true;
  const now = Date.now();
  const monday = now - ((new Date(now).getUTCDay() + 6) % 7) * DAY;
  const at = (day, hour) =>
    new Date(Date.parse(`${day_of(monday + day * DAY)}T00:00:00+01:00`) + hour * 3_600_000);
  const users = tables.users;
  const add = (person, values) =>
    tables.activities.push({
      id: 50_000 + tables.activities.length,
      version: 1,
      status: "planned",
      kind: "meeting",
      archived_at: null,
      created_at: new Date(now).toISOString(),
      owner: { id: users[person].id, name: users[person].name },
      ...values,
    });
  for (const row of tables.activities) if (row.starts_at > at(-1, 0).toISOString()) row.hidden = 1;
  for (const [day, hour, hours, name, person, { invited = [], ...more }] of WEEK)
    add(person, {
      name,
      starts_at: at(day, hour).toISOString(),
      ends_at: at(day, hour + hours).toISOString(),
      company: tables.companies[day * 7 + hour * 2]
        ? { id: tables.companies[3].id, name: tables.companies[3].name }
        : null,
      participants: invited.map((one) => ({
        user: users[one].id,
        name: users[one].name,
        answer: one === 2 ? "accepted" : "invited",
      })),
      ...more,
    });
  const whole = (from, days, name, person) =>
    add(person, {
      name,
      all_day: true,
      starts_at: at(from, 0).toISOString(),
      ends_at: at(from + days, 0).toISOString(),
    });
  whole(1, 3, "Messe i Herning", 0);
  whole(4, 1, "Fridag", 1);
  const task = (day, name) =>
    add(0, { name, kind: "task", due_on: day_of(monday + day * DAY), starts_at: at(day, 9) });
  task(0, "Send tilbud");
  task(3, "Opdater kontaktoplysninger");
  task(3, "Forbered oplæg");
}

function occurrences(row, from, to) {
  if (!row.recurrence) return [row.starts_at];
  const rule = Object.fromEntries(row.recurrence.split(";").map((part) => part.split("=")));
  const step = (rule.FREQ === "DAILY" ? 1 : 7) * Number(rule.INTERVAL ?? 1);
  const days = rule.FREQ === "WEEKLY" && rule.BYDAY?.split(",");
  const out = [];
  const start = Date.parse(row.starts_at);
  for (let count = 0, at = start; at < to && count < (rule.COUNT ?? 1000); at += DAY) {
    const fits = days
      ? days.includes(CODES[new Date(at).getUTCDay()])
      : Math.round((at - start) / DAY) % step === 0;
    if (!fits) continue;
    count += 1;
    if (at >= from) out.push(new Date(at).toISOString());
  }
  return out.filter((at) => !(row.recurrence_except ?? "").includes(at));
}

function entries_of({ me }, row, users, from, to) {
  const people = row.participants ?? [];
  const going = people.filter((one) => one.answer !== "declined").map((one) => one.user);
  const in_columns = users.filter((id) => id === row.owner?.id || going.includes(id));
  if (!in_columns.length || row.hidden || row.archived_at) return [];
  const length = row.ends_at ? Date.parse(row.ends_at) - Date.parse(row.starts_at) : 0;
  const title = (ref) => (ref ? { id: ref.id, title: ref.name } : null);
  return occurrences(row, from - DAY, to)
    .filter((at) => {
      const start = row.due_on ? Date.parse(row.due_on) : Date.parse(at);
      return start < to && start + Math.max(length, 1) > from;
    })
    .map((at) => ({
      activity: row.id,
      occurrence_at: row.recurrence ? at : null,
      kind: { key: row.kind },
      status: { key: row.status },
      name: row.name,
      starts_at: at,
      ends_at: length ? new Date(Date.parse(at) + length).toISOString() : null,
      all_day: !!row.all_day,
      due_on: row.due_on ?? null,
      location: row.location ?? null,
      users: in_columns,
      owner: row.owner?.id ?? null,
      company: title(row.company),
      person: title(row.person),
      sale: null,
      is_series: !!row.recurrence,
      recurrence_of: null,
      participants: people,
      my_answer: people.find((one) => one.user === me.id)?.answer ?? null,
      may_read: true,
      may_edit: row.owner?.id === me.id,
      version: row.version,
    }));
}

function get_diary(world, query) {
  const { tables, me } = world;
  const ids = query.getAll("user").map(Number);
  const groups = query.getAll("group").map(Number);
  const members = tables.users.filter((user) => groups.includes(user.primary_group?.id));
  const all = [...ids, ...members.map((user) => user.id)];
  const chosen = [...new Set(all.length ? all : [me.id])];
  const [from, to] = ["from", "to"].map((name) => Date.parse(`${query.get(name)}T00:00:00+01:00`));
  return {
    users: chosen.map((id) => {
      const user = tables.users.find((one) => one.id === id);
      return { id, name: user?.name ?? "", group: user?.primary_group?.id ?? null };
    }),
    entries: tables.activities.flatMap((row) => entries_of(world, row, chosen, from, to)),
    is_cut: false,
  };
}

// Only as much as the screens need: one moved out of its series, or all of it.
function change_occurrence({ tables, next }, row, at, method, scope, values) {
  if (scope === "this") {
    row.recurrence_except = `${row.recurrence_except ?? ""}${at}\n`;
    row.version += 1;
    if (method === "DELETE") return { activity: row };
    const length = Date.parse(row.ends_at) - Date.parse(row.starts_at);
    const made = {
      ...row,
      id: next(),
      recurrence: null,
      starts_at: at,
      ends_at: new Date(Date.parse(at) + length).toISOString(),
      ...values,
    };
    tables.activities.push(made);
    return { activity: made };
  }
  if (method === "DELETE") row.archived_at = new Date().toISOString();
  const by = values?.starts_at ? Date.parse(values.starts_at) - Date.parse(at) : 0;
  const moved = (instant) => new Date(Date.parse(instant) + by).toISOString();
  Object.assign(row, values ?? {}, {
    starts_at: moved(row.starts_at),
    ends_at: moved(row.ends_at),
    version: row.version + 1,
  });
  return { activity: row };
}

export function send_feed(path, response) {
  if (!feed.is_on || !path.includes(SECRET)) response.writeHead(404);
  response.end(feed.is_on ? "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" : "");
}

export function diary_routes(world, method, [head, id, what, name], query, body) {
  const { tables, me, Refusal } = world;
  if (!is_planted) plant(world);
  if (head === "diary") return get_diary(world, query);
  if (head === "me" && id === "dav")
    return { path: "/dav/", user_name: "mette@nordlys.example", ...DAV_BOOKS };
  if (head === "me" && id === "diary_feed") {
    if (method === "GET") return feed;
    feed = { is_on: method === "POST", made_at: new Date().toISOString() };
    return method === "POST" ? { url: `https://crm.nordlys.example/ical/${SECRET}.ics` } : [204, 0];
  }
  if (head !== "activities" || !["occurrences", "participants", "answer"].includes(what)) return;
  const row = tables.activities.find((one) => one.id === Number(id));
  if (!row) throw new Refusal(404, "records/not_found");
  if (what === "occurrences") {
    const scope = body?.scope ?? query.get("scope");
    return change_occurrence(world, row, decodeURIComponent(name), method, scope, body?.values);
  }
  if (what === "participants" && method === "PUT") {
    const old = row.participants ?? [];
    row.participants = body.users.map(
      (user) =>
        old.find((one) => one.user === user) ?? {
          user,
          name: tables.users.find((one) => one.id === user)?.name,
          answer: "invited",
        },
    );
  }
  if (what === "answer")
    for (const one of row.participants) if (one.user === me.id) one.answer = body.answer;
  return { participants: row.participants ?? [] };
}
