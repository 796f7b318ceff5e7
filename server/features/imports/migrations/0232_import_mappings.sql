-- SPDX-License-Identifier: Apache-2.0
-- What was once said of the files of a source, to be said again: `definition` is JSON.
CREATE TABLE import_mappings (
  id {id},
  record_type {exact} NOT NULL,
  name TEXT NOT NULL,
  fingerprint {exact} NOT NULL,
  definition TEXT NOT NULL,
  created_by BIGINT NOT NULL,
  is_shared BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX import_mappings_name ON import_mappings (created_by, record_type, name);
CREATE INDEX import_mappings_shared ON import_mappings (is_shared, used_at);
