-- SPDX-License-Identifier: Apache-2.0
-- What an administrator has set of a connector; one that nobody touched has no row, and is off.
-- hosts and fields: JSON. secrets: JSON, encrypted with a key that is not in the database.
CREATE TABLE connectors (
  name {exact} PRIMARY KEY,
  is_on BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 0,
  base_url TEXT NOT NULL DEFAULT '',
  hosts TEXT NOT NULL DEFAULT '[]',
  fields TEXT NOT NULL DEFAULT '{}',
  secrets TEXT NOT NULL DEFAULT '',
  switched_at BIGINT,
  switched_by BIGINT,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);

-- Every call that left the machine or was about to. Only ever added to.
CREATE TABLE egress_log (
  id {id},
  at BIGINT NOT NULL,
  connector {exact} NOT NULL,
  method {exact} NOT NULL,
  host {exact} NOT NULL,
  path TEXT NOT NULL,
  status BIGINT NOT NULL,
  error {exact} NOT NULL,
  bytes_out BIGINT NOT NULL,
  bytes_in BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  job BIGINT NOT NULL,
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  persons BIGINT NOT NULL
);
CREATE INDEX egress_log_connector ON egress_log (connector, id);
CREATE INDEX egress_log_at ON egress_log (at);
