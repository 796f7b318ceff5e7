-- SPDX-License-Identifier: Apache-2.0
-- name: find_same_content
SELECT token FROM files WHERE sha256 = $1 AND size_bytes = $2 ORDER BY id LIMIT 1;
-- name: find_same_content [postgres]
SELECT token FROM files WHERE sha256 = $1 AND size_bytes = $2 ORDER BY id LIMIT 1 FOR SHARE;
-- name: add_file
INSERT INTO files(id, token, sha256, size_bytes, name, media_type, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- name: waiting_files
SELECT count(*), CAST(coalesce(sum(size_bytes), 0) AS BIGINT) FROM files WHERE record_id IS NULL AND created_by = $1;
-- name: find_file
SELECT name, size_bytes, media_type, created_by, record_type, record_id, field FROM files WHERE id = $1;
-- name: claim_file
UPDATE files SET record_type = $2, record_id = $3, field = $4
WHERE id = $1 AND (record_id IS NULL OR (record_type = $2 AND record_id = $3 AND field = $4));
-- name: newest_file_version
SELECT coalesce(max(number), 0) FROM file_versions WHERE record_type = $1 AND record_id = $2 AND field = $3;
-- name: first_version_of_file
SELECT min(number) FROM file_versions WHERE record_type = $1 AND record_id = $2 AND field = $3 AND file = $4;
-- name: add_file_version
INSERT INTO file_versions(record_type, record_id, field, number, file, restored_from, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- name: list_file_versions
SELECT v.number, f.name, f.size_bytes, f.media_type, v.restored_from, v.created_at, v.created_by, u.name
FROM file_versions v JOIN files f ON f.id = v.file LEFT JOIN users u ON u.id = v.created_by
WHERE v.record_type = $1 AND v.record_id = $2 AND v.field = $3 AND v.number < $4 ORDER BY v.number DESC LIMIT $5;
-- name: queue_record_files
INSERT INTO file_removals(token, queued_at) SELECT token, CAST($3 AS BIGINT) FROM files WHERE record_type = $1 AND record_id = $2;
-- name: remove_record_file_versions
DELETE FROM file_versions WHERE record_type = $1 AND record_id = $2;
-- name: remove_record_files
DELETE FROM files WHERE record_type = $1 AND record_id = $2;
-- name: list_forgotten_files
SELECT id, token FROM files WHERE record_id IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2;
-- name: remove_forgotten_file
DELETE FROM files WHERE id = $1 AND record_id IS NULL;
-- name: queue_file_removal
INSERT INTO file_removals(token, queued_at) VALUES ($1, $2);
-- name: list_file_removals
SELECT id, token, CASE WHEN EXISTS (SELECT 1 FROM files f WHERE f.token = file_removals.token) THEN 1 ELSE 0 END FROM file_removals
WHERE id > $1 ORDER BY id LIMIT $2;
-- name: remove_file_removal
DELETE FROM file_removals WHERE id = $1;
-- name: has_file_token
SELECT 1 FROM files WHERE token = $1 LIMIT 1;
-- name: list_files_after
SELECT id, token, sha256, size_bytes FROM files WHERE id > $1 ORDER BY id LIMIT $2;
-- name: versions_without_file
SELECT v.record_type, v.record_id, v.number FROM file_versions v LEFT JOIN files f ON f.id = v.file WHERE f.id IS NULL ORDER BY v.id LIMIT 100;
