-- SPDX-License-Identifier: Apache-2.0
-- name: log_head
SELECT last_id, hash FROM access_log_head WHERE one = 1;

-- name: lock_log_head
SELECT last_id, hash FROM access_log_head WHERE one = 1;

-- name: lock_log_head [postgres]
SELECT last_id, hash FROM access_log_head WHERE one = 1 FOR UPDATE;

-- name: log_has_salt
SELECT count(*) FROM access_log
WHERE salt = $1 AND id > (SELECT last_id FROM access_log_head WHERE one = 1) - 100000;

-- name: log_append
INSERT INTO access_log (id, at, user_id, session, purpose, action, record_type, ids, count, route,
  query_shape, remote, call_id, salt, content_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: log_set_head
UPDATE access_log_head SET last_id = $1, hash = $2 WHERE one = 1;

-- name: log_walk
SELECT id, at, user_id, session, purpose, action, record_type, ids, count, route, query_shape,
  remote, call_id, salt, content_hash, hash FROM access_log WHERE id > $1 ORDER BY id LIMIT $2;

-- name: log_list
SELECT id, at, user_id, session, purpose, action, record_type, ids, count, route, query_shape,
  remote, call_id, salt, content_hash, hash FROM access_log
WHERE id < $1 AND at >= $2 AND at < $3 AND (CAST($4 AS BIGINT) = 0 OR user_id = CAST($4 AS BIGINT))
  AND ($5 = '' OR (record_type = $5 AND ($6 = '' OR ids LIKE $6)))
  AND ($8 = '' OR action = $8)
ORDER BY id DESC LIMIT $7;

-- name: log_list_user
SELECT id, at, user_id, session, purpose, action, record_type, ids, count, route, query_shape,
  remote, call_id, salt, content_hash, hash FROM access_log
WHERE user_id = $4 AND id < $1 AND at >= $2 AND at < $3
  AND ($5 = '' OR (record_type = $5 AND ($6 = '' OR ids LIKE $6)))
  AND ($8 = '' OR action = $8)
ORDER BY id DESC LIMIT $7;

-- name: log_hash_of
SELECT hash FROM access_log WHERE id = $1;

-- name: log_clear
DELETE FROM access_log;
