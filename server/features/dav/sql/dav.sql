-- SPDX-License-Identifier: Apache-2.0
-- name: list_resources
SELECT record_id, name, uid, digest, whole_state FROM dav_resources
WHERE user_id = $1 AND record_type = $2;

-- name: find_resource
SELECT record_id, name, uid, digest, whole_state, body FROM dav_resources
WHERE user_id = $1 AND record_type = $2 AND record_id = $3;

-- name: find_named_resource
SELECT record_id, name, uid, digest, whole_state FROM dav_resources
WHERE user_id = $1 AND record_type = $2 AND name = $3;

-- name: list_of_uid
SELECT record_id FROM dav_resources WHERE user_id = $1 AND record_type = $2 AND uid = $3;

-- name: save_resource
INSERT INTO dav_resources (user_id, record_type, record_id, name, uid, body, digest, whole_state,
  saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (user_id, record_type, record_id) DO UPDATE SET body = excluded.body,
  digest = excluded.digest, whole_state = excluded.whole_state, saved_at = excluded.saved_at;

-- name: remove_named_resource
DELETE FROM dav_resources WHERE user_id = $1 AND record_type = $2 AND name = $3 AND record_id <> $4;

-- name: forget_record
DELETE FROM dav_resources WHERE record_type = $1 AND record_id = $2;

-- name: forget_user_resources
DELETE FROM dav_resources WHERE user_id = $1;

-- name: forget_user_books
DELETE FROM dav_books WHERE user_id = $1;

-- name: forget_user_collections
DELETE FROM dav_collections WHERE user_id = $1;

-- name: forget_user_members
DELETE FROM dav_members WHERE user_id = $1;

-- name: list_books
SELECT selection FROM dav_books WHERE user_id = $1 ORDER BY selection;

-- name: has_book
SELECT count(*) FROM dav_books WHERE user_id = $1 AND selection = $2;

-- name: count_books
SELECT count(*) FROM dav_books WHERE user_id = $1;

-- name: add_book
INSERT INTO dav_books (user_id, selection, chosen_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id, selection) DO NOTHING;

-- name: remove_book
DELETE FROM dav_books WHERE user_id = $1 AND selection = $2;

-- name: find_collection
SELECT epoch, seq, floor FROM dav_collections WHERE user_id = $1 AND collection = $2;

-- name: add_collection
INSERT INTO dav_collections (user_id, collection, epoch, seq, floor) VALUES ($1, $2, $3, 0, 0)
ON CONFLICT (user_id, collection) DO NOTHING;

-- name: lock_collection
UPDATE dav_collections SET seq = seq WHERE user_id = $1 AND collection = $2;

-- name: count_change
UPDATE dav_collections SET seq = $3, floor = $4 WHERE user_id = $1 AND collection = $2;

-- name: list_members
SELECT name, etag, seq, is_gone FROM dav_members WHERE user_id = $1 AND collection = $2;

-- name: save_member
INSERT INTO dav_members (user_id, collection, name, etag, seq, is_gone)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (user_id, collection, name) DO UPDATE SET etag = excluded.etag, seq = excluded.seq,
  is_gone = excluded.is_gone;

-- name: forget_gone
DELETE FROM dav_members WHERE user_id = $1 AND collection = $2 AND is_gone = 1 AND seq <= $3;

-- name: list_attendees
SELECT p.user_id, u.name, u.email, p.answer FROM activity_participants p
JOIN users u ON u.id = p.user_id WHERE p.activity = $1 ORDER BY u.id;

-- name: find_user_of_email
SELECT id FROM users WHERE email_f = $1 AND active = 1 AND archived_at IS NULL;

-- name: find_answer
SELECT answer FROM activity_participants WHERE activity = $1 AND user_id = $2;

-- name: list_replacements
SELECT id, occurrence_at, version, starts_at, ends_at FROM activities WHERE recurrence_of = $1 AND archived_at IS NULL
  AND occurrence_at IS NOT NULL ORDER BY occurrence_at, id LIMIT $2;

-- name: find_email
SELECT email FROM users WHERE id = $1;
