-- SPDX-License-Identifier: Apache-2.0
-- What an administrator sets once for the whole installation; what is not here has its default.
CREATE TABLE settings (
  key {exact} PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by BIGINT
);

-- Every change of a setting or an exchange rate. Values are texts; null: there was or is none.
CREATE TABLE settings_history (
  id {id},
  at BIGINT NOT NULL,
  actor BIGINT,
  actor_kind {exact} NOT NULL,
  key {exact} NOT NULL,
  old_value TEXT,
  new_value TEXT
);

-- Units of `base` for one unit of `currency` from that day on, scaled by 10^8.
CREATE TABLE exchange_rates (
  id {id},
  currency {exact} NOT NULL,
  base {exact} NOT NULL,
  valid_from {exact} NOT NULL,
  rate BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by BIGINT
);
CREATE UNIQUE INDEX exchange_rates_day ON exchange_rates(currency, base, valid_from);
