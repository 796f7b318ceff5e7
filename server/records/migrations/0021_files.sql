-- SPDX-License-Identifier: Apache-2.0
-- Whose a file is, every version of a record's file field, and the bytes that nobody refers to.

-- Empty until a record takes the file in; from then on it belongs to that one field of that record.
ALTER TABLE files ADD COLUMN record_type {exact};
ALTER TABLE files ADD COLUMN record_id BIGINT;
ALTER TABLE files ADD COLUMN field {exact};
CREATE INDEX files_record ON files(record_type, record_id);
CREATE INDEX files_waiting ON files(created_at) WHERE record_id IS NULL;
CREATE INDEX files_uploader ON files(created_by) WHERE record_id IS NULL;
CREATE INDEX files_content ON files(sha256);
CREATE INDEX files_token ON files(token);

-- One row per save that put a file into the field. The same file comes again when it is restored.
CREATE TABLE file_versions (
  id {id},
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  field {exact} NOT NULL,
  number BIGINT NOT NULL,
  file BIGINT NOT NULL,
  restored_from BIGINT,
  created_at BIGINT NOT NULL,
  created_by BIGINT
);
CREATE UNIQUE INDEX file_versions_number ON file_versions(record_type, record_id, field, number);
CREATE INDEX file_versions_file ON file_versions(file);

-- Names in the file folder whose row is gone: the sweep removes the bytes.
CREATE TABLE file_removals (
  id {id},
  token {exact} NOT NULL,
  queued_at BIGINT NOT NULL
);
