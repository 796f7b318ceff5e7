-- SPDX-License-Identifier: Apache-2.0
-- name: create_load
INSERT INTO register_loads (provider, status, name, file, size_bytes, obtained_on, created_by, created_at)
VALUES ($1, 'loading', $2, $3, $4, $5, $6, $7) RETURNING id;

-- name: set_load_job
UPDATE register_loads SET job = $2 WHERE id = $1;

-- name: get_load
SELECT id, provider, status, name, file, size_bytes, obtained_on, created_by, created_at, ended_at,
  job, next_offset, next_row, row_count, bad_rows, problems, error
FROM register_loads WHERE id = $1;

-- name: list_loads
SELECT id, provider, status, name, file, size_bytes, obtained_on, created_by, created_at, ended_at,
  job, next_offset, next_row, row_count, bad_rows, problems, error
FROM register_loads WHERE (provider = $1 OR $1 = '') AND id < $3 ORDER BY id DESC LIMIT $2;

-- name: list_loads_with_status
SELECT id, provider, status, name, file, size_bytes, obtained_on, created_by, created_at, ended_at,
  job, next_offset, next_row, row_count, bad_rows, problems, error
FROM register_loads WHERE status = $1 ORDER BY id;

-- name: advance_load
UPDATE register_loads SET next_offset = $3, next_row = $4, row_count = $5, bad_rows = $6, problems = $7
WHERE id = $1 AND next_row = $2 AND status = 'loading';

-- name: drop_duplicates_of
UPDATE register_loads SET row_count = row_count - $2, problems = $3 WHERE id = $1;

-- name: retire_others
UPDATE register_loads SET status = 'retired' WHERE provider = $1 AND status = 'ready' AND id <> $2;

-- name: end_load
UPDATE register_loads SET status = $2, ended_at = $3, error = $4, file = '' WHERE id = $1;

-- name: retire_load
UPDATE register_loads SET status = 'retired' WHERE id = $1;

-- name: mark_removed
UPDATE register_loads SET status = 'removed' WHERE id = $1;

-- name: add_entry
INSERT INTO register_entries (id, load, number, name, name_f, country, city, status, details, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: remove_entries
DELETE FROM register_entries WHERE id >= $1 AND id < $2;

-- name: first_entry_from
SELECT id FROM register_entries WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 1;

-- name: remove_entry
DELETE FROM register_entries WHERE id = $1;
