-- SPDX-License-Identifier: Apache-2.0
-- Local copies of public registers. On SQLite they are used in a file of their own (register.db),
-- so that a load of millions of rows holds up nobody's save and stays out of the backups.

-- One row per file that was loaded. The one that is `ready` is what look-ups read.
CREATE TABLE register_loads (
  id {id},
  provider {exact} NOT NULL,
  status {exact} NOT NULL,
  name TEXT NOT NULL,
  file {exact} NOT NULL,
  size_bytes BIGINT NOT NULL,
  obtained_on {exact} NOT NULL,
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  job BIGINT NOT NULL DEFAULT 0,
  next_offset BIGINT NOT NULL DEFAULT 0,
  next_row BIGINT NOT NULL DEFAULT 1,
  row_count BIGINT NOT NULL DEFAULT 0,
  bad_rows BIGINT NOT NULL DEFAULT 0,
  problems TEXT NOT NULL DEFAULT '{}',
  error {exact} NOT NULL DEFAULT ''
);
CREATE INDEX register_loads_provider ON register_loads (provider, id);

-- The id is load * 2^32 + number of the row, so that a load is one range of ids. The indexes on
-- number, name and words are made for each load when its rows are there (register_index.cpp).
CREATE TABLE register_entries (
  {only sqlite} id INTEGER PRIMARY KEY, {end}
  {only postgres} id BIGINT PRIMARY KEY, {end}
  load BIGINT NOT NULL,
  number {exact} NOT NULL,
  name TEXT NOT NULL,
  name_f {exact} NOT NULL,
  country {exact} NOT NULL,
  city TEXT NOT NULL,
  status {exact} NOT NULL,
  details TEXT NOT NULL,
  words {exact} NOT NULL
);
