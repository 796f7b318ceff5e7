-- SPDX-License-Identifier: Apache-2.0
-- Where the values that a record has now came from, so that criteria can ask for it without reading
-- the history: one row per record, source and batch, with the fields they gave. A value that
-- somebody typed in has none. The sets of fields are few and kept once.
CREATE TABLE origin_field_sets (
  id {id},
  fields {exact} NOT NULL
);
CREATE UNIQUE INDEX origin_field_sets_fields ON origin_field_sets(fields);

CREATE TABLE value_origins (
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  source BIGINT NOT NULL,
  batch BIGINT NOT NULL,
  field_set BIGINT NOT NULL,
  PRIMARY KEY (record_type, record_id, source, batch)
);
CREATE INDEX value_origins_source ON value_origins(record_type, source, field_set, record_id) WHERE source <> 0;
CREATE INDEX value_origins_batch ON value_origins(record_type, batch, field_set, record_id) WHERE batch <> 0;

-- Persons about whom something came from somebody else than themselves: by when they must be told.
CREATE TABLE notice_duties (
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  source BIGINT NOT NULL,
  state {exact} NOT NULL,
  since {exact} NOT NULL,
  due_on {exact} NOT NULL,
  informed_at BIGINT,
  informed_by BIGINT,
  PRIMARY KEY (record_type, record_id, source)
);
CREATE INDEX notice_duties_due ON notice_duties(record_type, state, due_on, record_id);

-- Folded, to be looked for. Filled by the job below for what is there.
ALTER TABLE sources ADD COLUMN name_f {exact} NOT NULL DEFAULT '';

-- What is there already is read out of the history in the background (records/origin_jobs.hpp).
{only sqlite}
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input)
SELECT 'origins_rebuild', 'waiting', 0, t.made_at, t.made_at, '{}'
FROM (SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS made_at) t
WHERE EXISTS (SELECT 1 FROM history);
{end}
{only postgres}
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input)
SELECT 'origins_rebuild', 'waiting', 0, t.made_at, t.made_at, '{}'
FROM (SELECT CAST(extract(epoch FROM now()) * 1000 AS BIGINT) AS made_at) t
WHERE EXISTS (SELECT 1 FROM history);
{end}
