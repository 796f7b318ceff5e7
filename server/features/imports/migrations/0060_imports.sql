-- SPDX-License-Identifier: Apache-2.0
-- One row per uploaded file. `definition`, `counts`, `sample` and `columns` are JSON.
CREATE TABLE imports (
  id {id},
  record_type {exact} NOT NULL,
  name TEXT NOT NULL,
  status {exact} NOT NULL,
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  file {exact} NOT NULL,
  size_bytes BIGINT NOT NULL,
  encoding {exact} NOT NULL,
  delimiter {exact} NOT NULL,
  header_offset BIGINT NOT NULL,
  header_row BIGINT NOT NULL,
  rows_estimate BIGINT NOT NULL,
  columns TEXT NOT NULL,
  definition TEXT NOT NULL DEFAULT '{}',
  counts TEXT NOT NULL DEFAULT '{}',
  sample TEXT NOT NULL DEFAULT '[]',
  job BIGINT NOT NULL DEFAULT 0,
  batch BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX imports_created_by ON imports (created_by, id);
CREATE INDEX imports_created_at ON imports (created_at);

-- Rows that were refused, as they stood in the file, so that they can be mended and sent again.
CREATE TABLE import_errors (
  id {id},
  import BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  row_number BIGINT NOT NULL,
  field {exact} NOT NULL,
  code {exact} NOT NULL,
  cells TEXT NOT NULL
);
CREATE INDEX import_errors_import ON import_errors (import, id);
