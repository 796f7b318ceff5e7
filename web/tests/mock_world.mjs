// SPDX-License-Identifier: Apache-2.0
// A small believable Danish world, the same on every run except for the day it ends on.
import { readdirSync, readFileSync } from "node:fs";

const model = new URL("../../model/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, model), "utf8"));

let seed = 20170913;
const random = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const between = (low, high) => low + Math.floor(random() * (high - low + 1));
const DAY = 86_400_000;
const now = Date.now();
const instant = (days) => new Date(now + days * DAY + between(-4, 4) * 3_600_000).toISOString();
const day = (days) => instant(days).slice(0, 10);

const system_fields = (type) => [
  { name: "id", kind: "integer", label: { en: "No.", da: "Nr." }, read_only: true },
  {
    name: "created_at",
    kind: "instant",
    label: { en: "Created", da: "Oprettet" },
    read_only: true,
  },
  {
    name: "created_by",
    kind: "user",
    label: { en: "Created by", da: "Oprettet af" },
    read_only: true,
  },
  { name: "updated_at", kind: "instant", label: { en: "Changed", da: "Ændret" }, read_only: true },
  {
    name: "updated_by",
    kind: "user",
    label: { en: "Changed by", da: "Ændret af" },
    read_only: true,
  },
  {
    name: "archived_at",
    kind: "instant",
    label: { en: "Archived", da: "Arkiveret" },
    read_only: true,
  },
  ...(type.owned
    ? [
        { name: "owner", kind: "user", label: { en: "Owner", da: "Ansvarlig" } },
        {
          name: "owner_group",
          kind: "group",
          label: { en: "Group", da: "Gruppe" },
          read_only: true,
        },
      ]
    : []),
];

function make_meta() {
  const order = ["company", "person", "activity", "sale", "project", "document", "product"];
  const types = readdirSync(model)
    .filter((name) => name.endsWith(".json") && name !== "lists.json")
    .map(read)
    .filter((type) => type.name)
    .map((type) => ({ ...type, fields: [...type.fields, ...system_fields(type)], backlinks: [] }))
    .sort((a, b) => ((order.indexOf(a.name) + 99) % 99) - ((order.indexOf(b.name) + 99) % 99));
  for (const type of types) {
    for (const field of type.fields) {
      if (field.kind !== "link") continue;
      const target = types.find((entry) => entry.name === field.target);
      if (target && !target.backlinks.some((link) => link.name === type.plural)) {
        target.backlinks.push({ name: type.plural, type: type.name, field: field.name });
      }
    }
  }
  return { revision: 1, base_currency: "DKK", types, lists: read("lists.json") };
}

const FIRST =
  "Mette Søren Åse Anders Karen Jørgen Lærke Mikkel Sofie Rasmus Ida Frederik Emma Lars Birgitte Niels Camilla Thomas Hanne Peter Katrine Ole Line Jens".split(
    " ",
  );
const LAST =
  "Jensen Nielsen Hansen Østergaard Ågaard Møller Kjær Bæk Sørensen Lindqvist Holm Friis Dahl Bruun Krogh Thygesen Skov Winther Juhl Vestergaard".split(
    " ",
  );
const FOREIGN = [
  ["Анна", "Кузнецова"],
  ["Дмитро", "Шевченко"],
  ["Ελένη", "Παπαδοπούλου"],
  ["Νίκος", "Γεωργίου"],
  ["Олена", "Бондаренко"],
];
const STEM =
  "Nordlys Havgaard Vestkyst Fjordby Bøgeskov Kronborg Limfjord Solrød Ærø Mølleå Granhøj Tangmose Skagerrak Kobbersmed Lyngby Himmerland Odinsbro Rugmark Birkelund Strandvej".split(
    " ",
  );
const TRADE =
  "Energi|Byg|Transport|Fødevarer|Teknik|Logistik|Papir|Software|Ejendomme|Møbler|Marine|Rådgivning|Trælast|Ventilation|Medico".split(
    "|",
  );
const FORM = ["A/S", "ApS", "A/S", "I/S"];
const CITY = [
  ["8000", "Aarhus C"],
  ["2100", "København Ø"],
  ["5000", "Odense C"],
  ["9000", "Aalborg"],
  ["6700", "Esbjerg"],
  ["7100", "Vejle"],
  ["4000", "Roskilde"],
  ["3000", "Helsingør"],
];
const TITLE = [
  "Direktør",
  "Indkøbschef",
  "Økonomichef",
  "IT-chef",
  "Salgschef",
  "Driftsleder",
  "Projektleder",
  "Marketingansvarlig",
];
const SUBJECT = {
  meeting: ["Statusmøde", "Demo af løsningen", "Kontraktgennemgang", "Introduktionsmøde"],
  call: ["Opfølgning på tilbud", "Ringede om levering", "Spørgsmål til faktura"],
  task: ["Send tilbud", "Opdater kontaktoplysninger", "Forbered oplæg"],
  note: ["Ønsker besøg efter sommerferien", "Skifter leverandør i Q2", "Ny kontaktperson fra maj"],
};
const DEAL = [
  "Serviceaftale",
  "Udvidelse af licens",
  "Nyt lagersystem",
  "Vedligehold",
  "Rammeaftale",
  "Pilotprojekt",
  "Udskiftning af ventilation",
];

export function defaults_of(type) {
  const fields = type.fields.filter((field) => field.default !== undefined);
  const value_of = ({ default: value }) => (value === "now" ? new Date().toISOString() : value);
  return Object.fromEntries(fields.map((field) => [field.name, value_of(field)]));
}

export function make_world() {
  const meta = make_meta();
  const tables = Object.fromEntries(meta.types.map((type) => [type.plural, []]));
  const add = (plural, row) => {
    const list = tables[plural];
    const created = instant(-between(1, 700));
    const full = {
      id: list.length + 1,
      version: 1,
      created_at: created,
      updated_at: instant(-between(0, 60)),
      archived_at: null,
      ...row,
    };
    list.push(full);
    return full;
  };
  const ref = (row) => row && { id: row.id, name: row.name };
  const item = (list) => pick(meta.lists[list]).key;
  const groups = ["Salg Øst", "Salg Vest", "Service", "Marketing"].map((name) =>
    add("groups", { name }),
  );
  const users = [
    "Kirsten Holm",
    "Bo Lindegaard",
    "Signe Ravn",
    "Oleg Petrenko",
    "Maja Thorup",
    "Henrik Bisgaard",
  ].map((name) =>
    add("users", {
      name,
      email: `${name.split(" ")[0].toLowerCase()}@nordlys.example`,
      primary_group: ref(pick(groups)),
      active: true,
      language: "da",
      job_title: pick(TITLE),
      roles: [1],
      groups: [],
    }),
  );
  const owned = () => {
    const owner = pick(users);
    return {
      owner: ref(owner),
      owner_group: owner.primary_group,
      created_by: ref(pick(users)),
      updated_by: ref(pick(users)),
    };
  };
  for (let i = 0; i < 340; i++) {
    const name = `${STEM[i % STEM.length]} ${TRADE[(i * 7) % TRADE.length]} ${pick(FORM)}`;
    const [postcode, city] = pick(CITY);
    const site = name
      .toLowerCase()
      .replace(/ (a\/s|aps|i\/s)$/, "")
      .replaceAll("æ", "ae")
      .replaceAll("ø", "oe")
      .replaceAll("å", "aa")
      .replace(/\W+/g, "");
    const phone = `+45${between(20000000, 99999999)}`;
    add("companies", {
      name,
      category: item("company_category"),
      business: item("business"),
      org_number: String(between(10000000, 45000000)),
      phone,
      email: `info@${site}.example`,
      website: `https://${site}.example`,
      address: { street: `${pick(LAST)}svej ${between(1, 180)}`, postcode, city, country: "DK" },
      country: random() < 0.9 ? "DK" : pick(["SE", "NO", "DE"]),
      employees: between(3, 900),
      stop: random() < 0.03,
      description:
        random() < 0.3 ? "God kunde siden 2017.\nKontakt altid indkøb før levering." : null,
      contact_points: [
        { id: 1, kind: "phone", label: "Hovednummer", value: phone, primary: true },
        { id: 2, kind: "email", label: "Faktura", value: `faktura@${site}.example`, primary: true },
      ],
      ...owned(),
    });
  }
  for (let i = 0; i < 900; i++) {
    const [first_name, last_name] = i % 60 === 7 ? pick(FOREIGN) : [pick(FIRST), pick(LAST)];
    const company = pick(tables.companies);
    const name = `${first_name} ${last_name}`;
    add("persons", {
      first_name,
      last_name,
      name,
      company: ref(company),
      job_title: pick(TITLE),
      position: item("position"),
      phone: `+45${between(20000000, 99999999)}`,
      email: `p${i}@${company.website.slice(8)}`,
      country: "DK",
      language: "da",
      interests: random() < 0.4 ? [item("interest")] : [],
      contact_points: [],
      ...owned(),
    });
  }
  for (let i = 0; i < 260; i++) {
    const company = pick(tables.companies);
    const status = pick(["open", "open", "sold", "lost", "stalled"]);
    add("sales", {
      name: `${pick(DEAL)}, ${company.name.split(" ")[0]}`,
      company: ref(company),
      person: ref(tables.persons.find((person) => person.company.id === company.id)),
      amount: { amount: `${between(8, 900) * 1000}.00`, currency: "DKK" },
      status,
      stage: item("sale_stage"),
      probability: pick([10, 25, 50, 75, 90]),
      expected_on: day(between(-60, 120)),
      closed_on: status === "sold" ? day(-between(1, 200)) : null,
      source: item("sale_source"),
      ...owned(),
    });
  }
  for (let i = 0; i < 1600; i++) {
    const person = pick(tables.persons);
    const kind = pick(["meeting", "call", "task", "note"]);
    const at = between(-500, 30);
    add("activities", {
      name: pick(SUBJECT[kind]),
      kind,
      status: at < 0 ? "done" : "planned",
      starts_at: instant(at),
      due_on: kind === "task" ? day(at) : null,
      company: person.company,
      person: ref(person),
      sale: null,
      project: null,
      description:
        random() < 0.2 ? "Aftalt at vende tilbage i næste uge med et opdateret tilbud." : null,
      ...owned(),
    });
  }
  for (let i = 0; i < 24; i++)
    add("projects", {
      name: `${pick(["Udrulning", "Messe", "Migrering", "Kampagne"])} ${2025 + (i % 2)} – ${pick(STEM)}`,
      kind: item("project_kind"),
      status: item("project_status"),
      company: ref(pick(tables.companies)),
      starts_on: day(-between(10, 300)),
      ends_on: day(between(10, 200)),
      next_milestone_on: day(between(1, 60)),
      ...owned(),
    });
  for (let i = 0; i < 40; i++)
    add("documents", {
      name: `${pick(["Tilbud", "Kontrakt", "Referat"])} ${1000 + i}`,
      kind: item("document_kind"),
      company: ref(pick(tables.companies)),
      ...owned(),
    });
  for (const name of ["Basislicens", "Udvidet licens", "Opsætning", "Kursusdag", "Support, timer"])
    add("products", {
      name,
      code: `P-${between(100, 999)}`,
      family: item("product_family"),
      price: { amount: `${between(4, 90) * 100}.00`, currency: "DKK" },
    });
  return { meta, tables };
}
