-- SPDX-License-Identifier: Apache-2.0
-- How companies are kept up to date from registers. A provider without a row is not asked at night.
CREATE TABLE register_update_settings (
  provider {exact} PRIMARY KEY,
  version BIGINT NOT NULL,
  is_nightly BIGINT NOT NULL,
  content TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT
);

-- How far each provider was read. `cursor` is that of its list of changes.
CREATE TABLE register_update_runs (
  provider {exact} PRIMARY KEY,
  feed_cursor {exact} NOT NULL DEFAULT '',
  last_run_at BIGINT,
  last_run TEXT NOT NULL DEFAULT '{}'
);

-- What a provider said of a company when it was asked last. `digest` is of all that a further look
-- would depend on: while it is the same, there is nothing to do.
CREATE TABLE register_checks (
  company BIGINT NOT NULL,
  provider {exact} NOT NULL,
  number {exact} NOT NULL,
  name TEXT NOT NULL,
  status {exact} NOT NULL,
  address TEXT NOT NULL,
  digest {exact} NOT NULL,
  obtained_on {exact} NOT NULL,
  checked_at BIGINT NOT NULL,
  PRIMARY KEY (company, provider)
);

-- Values of a register that somebody is to decide about. One is open for each field and provider;
-- a rejected one stays, so that the value is not proposed again.
CREATE TABLE register_proposals (
  id {id},
  company BIGINT NOT NULL,
  field {exact} NOT NULL,
  provider {exact} NOT NULL,
  present TEXT NOT NULL,
  offered TEXT NOT NULL,
  reason {exact} NOT NULL,
  state {exact} NOT NULL,
  obtained_on {exact} NOT NULL,
  found_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BIGINT,
  batch BIGINT
);
CREATE INDEX register_proposals_state ON register_proposals (state, id);
CREATE INDEX register_proposals_company ON register_proposals (company, provider, field);
CREATE UNIQUE INDEX register_proposals_open ON register_proposals (company, provider, field)
  WHERE state = 'open';

-- What registers said had happened to a company.
CREATE TABLE register_events (
  id {id},
  company BIGINT NOT NULL,
  provider {exact} NOT NULL,
  kind {exact} NOT NULL,
  before_text TEXT NOT NULL,
  after_text TEXT NOT NULL,
  happened_on {exact} NOT NULL,
  found_at BIGINT NOT NULL,
  task BIGINT
);
CREATE INDEX register_events_company ON register_events (company, id);
