-- SPDX-License-Identifier: Apache-2.0
-- name: create_import
INSERT INTO imports (record_type, name, status, created_by, created_at, file, size_bytes, encoding,
  delimiter, header_offset, header_row, rows_estimate, columns, has_header, original)
VALUES ($1, $2, 'uploaded', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id;

-- name: get_import
SELECT id, record_type, name, status, created_by, created_at, file, size_bytes, encoding, delimiter,
  header_offset, header_row, rows_estimate, columns, definition, counts, sample, job, batch,
  has_header, original
FROM imports WHERE id = $1;

-- name: list_imports
SELECT id, record_type, name, status, created_by, created_at, file, size_bytes, encoding, delimiter,
  header_offset, header_row, rows_estimate, columns, definition, counts, sample, job, batch,
  has_header, original
FROM imports WHERE id < $1 AND (created_by = $2 OR $3 = 1) ORDER BY id DESC LIMIT $4;

-- name: find_import_of_batch
SELECT id FROM imports WHERE batch = $1;

-- name: save_definition
UPDATE imports SET definition = $2, status = 'uploaded' WHERE id = $1;

-- name: save_form
UPDATE imports SET delimiter = $2, header_offset = $3, header_row = $4, rows_estimate = $5,
  columns = $6, has_header = $7, file = $8, original = $9, size_bytes = $10, encoding = $11
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
UPDATE imports SET file = '', original = '', sample = '[]', columns = '[]' WHERE id = $1;
