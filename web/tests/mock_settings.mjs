// SPDX-License-Identifier: Apache-2.0
// Settings, exchange rates and base amounts of the mock.
const installation = {
  company_name: "Nordhavn Møbler A/S",
  base_currency: "DKK",
  default_language: "da",
  default_time_zone: "Europe/Copenhagen",
  first_day_of_week: 1,
  fiscal_year_start_month: 7,
  bin_days: 30,
};
const rates = [
  { id: 1, currency: "EUR", base: "DKK", valid_from: "2026-07-01", rate: "7.46120000" },
  { id: 2, currency: "EUR", base: "DKK", valid_from: "2026-01-01", rate: "7.45870000" },
  { id: 3, currency: "SEK", base: "DKK", valid_from: "2026-01-01", rate: "0.64900000" },
];
const changes = [];
let pending = true;

const note = (key, old, next) =>
  changes.unshift({
    id: changes.length + 1,
    at: new Date().toISOString(),
    actor: { id: 1, name: "Anna Lund" },
    key,
    old,
    new: next,
  });

function settings(meta, method, rest, body) {
  if (rest[0] === "history") return { items: changes, next: null };
  if (method === "PATCH") {
    for (const [key, value] of Object.entries(body)) {
      note(key, String(installation[key]), String(value));
      installation[key] = value;
      if (key === "base_currency") pending = true;
    }
    meta.base_currency = installation.base_currency;
    meta.installation = installation;
  }
  return {
    items: Object.entries(installation).map(([key, value]) => ({ key, kind: "text", value })),
    base_amounts_pending: pending,
  };
}

export function settings_routes({ meta }, method, [head, ...rest], body) {
  if (head === "settings") return settings(meta, method, rest, body);
  if (head === "exchange-rates" && method === "POST") {
    rates.unshift({ id: rates.length + 1, base: installation.base_currency, ...body });
    note(`rate ${body.currency}/${installation.base_currency} ${body.valid_from}`, null, body.rate);
    pending = true;
  }
  if (head === "exchange-rates")
    return method === "DELETE"
      ? [204, null]
      : { base_currency: installation.base_currency, items: rates };
  if (head === "base-amounts" && method === "POST") return [202, { job: 1 }];
  if (head === "base-amounts")
    return {
      base_currency: installation.base_currency,
      pending,
      amounts: 1240,
      changed: 87,
      without_rate: [{ currency: "USD", count: 3, earliest: "2024-02-11" }],
    };
  return undefined;
}
