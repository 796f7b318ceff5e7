-- SPDX-License-Identifier: Apache-2.0
-- name: create_import
INSERT INTO imports (record_type, name, status, created_by, created_at, file, size_bytes, encoding,
  delimiter, header_offset, header_row, rows_estimate, columns, has_header, original, form)
VALUES ($1, $2, 'uploaded', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id;

-- name: get_import
SELECT id, record_type, name, status, created_by, created_at, file, size_bytes, encoding, delimiter,
  header_offset, header_row, rows_estimate, columns, definition, counts, sample, job, batch,
  has_header, original, form
FROM imports WHERE id = $1;

-- name: list_imports
SELECT id, record_type, name, status, created_by, created_at, file, size_bytes, encoding, delimiter,
  header_offset, header_row, rows_estimate, columns, definition, counts, sample, job, batch,
  has_header, original, form
FROM imports WHERE id < $1 AND (created_by = $2 OR $3 = 1) ORDER BY id DESC LIMIT $4;

-- name: find_import_of_batch
SELECT id FROM imports WHERE batch = $1;

-- name: save_definition
UPDATE imports SET definition = $2, status = 'uploaded' WHERE id = $1;

-- name: save_form
UPDATE imports SET delimiter = $2, header_offset = $3, header_row = $4, rows_estimate = $5,
  columns = $6, has_header = $7, file = $8, original = $9, size_bytes = $10, encoding = $11,
  form = $12
WHERE id = $1;

-- name: start_import
UPDATE imports SET status = $2, job = $3, batch = $4 WHERE id = $1;

-- name: save_outcome
UPDATE imports SET status = $2, counts = $3, sample = $4 WHERE id = $1;

-- name: save_status
UPDATE imports SET status = $2 WHERE id = $1;

-- name: add_import_error
INSERT INTO import_errors (import, row_number, field, code, cells, name)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: erase_import_errors
DELETE FROM import_errors WHERE import = $1;

-- name: list_import_errors
SELECT id, row_number, field, code, cells, name FROM import_errors
WHERE import = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: list_old_import_files
SELECT id, file, original FROM imports WHERE created_at < $1 AND file <> '' ORDER BY id LIMIT $2;

-- name: forget_import_file
UPDATE imports SET file = '', original = '', sample = '[]', columns = '[]', form = '{}'
WHERE id = $1;

-- name: add_question
INSERT INTO import_questions (import, row_number, records, cells) VALUES ($1, $2, $3, $4)
ON CONFLICT (import, row_number) DO UPDATE SET records = excluded.records, cells = excluded.cells;

-- name: remove_questions
DELETE FROM import_questions WHERE import = $1 AND row_number BETWEEN $2 AND $3 AND decision <> '';

-- name: erase_questions
DELETE FROM import_questions WHERE import = $1;

-- name: erase_open_questions
DELETE FROM import_questions WHERE import = $1 AND decision = '';

-- name: decide_question
UPDATE import_questions SET decision = $3 WHERE import = $1 AND (row_number = $2 OR $2 = 0);

-- name: list_decisions
SELECT row_number, decision FROM import_questions WHERE import = $1 AND decision <> ''
ORDER BY row_number;

-- name: list_questions
SELECT row_number, records, cells, decision FROM import_questions
WHERE import = $1 AND row_number > $2 ORDER BY row_number LIMIT $3;

-- name: count_questions
SELECT decision, count(*) FROM import_questions WHERE import = $1 GROUP BY decision;

-- name: list_remembered
SELECT id, record_type, name, fingerprint, definition, created_by, is_shared, created_at, used_at
FROM import_mappings WHERE (created_by = $1 OR is_shared = 1) AND (record_type = $2 OR $2 = '')
ORDER BY used_at DESC, id DESC LIMIT $3;

-- name: get_remembered
SELECT id, record_type, name, fingerprint, definition, created_by, is_shared, created_at, used_at
FROM import_mappings WHERE id = $1;

-- name: count_remembered
SELECT count(*) FROM import_mappings WHERE created_by = $1;

-- name: keep_remembered
INSERT INTO import_mappings (record_type, name, fingerprint, definition, created_by, is_shared,
  created_at, used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (created_by, record_type, name) DO UPDATE SET fingerprint = excluded.fingerprint,
  definition = excluded.definition, is_shared = excluded.is_shared, used_at = excluded.used_at
RETURNING id;

-- name: use_remembered
UPDATE import_mappings SET used_at = $2 WHERE id = $1;

-- name: remove_remembered
DELETE FROM import_mappings WHERE id = $1;
