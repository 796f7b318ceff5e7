-- SPDX-License-Identifier: Apache-2.0
-- name: find_actor
SELECT name, email, primary_group, language, time_zone FROM users
WHERE id = $1 AND active = 1 AND archived_at IS NULL;

-- name: list_user_groups
SELECT group_id FROM user_groups WHERE user_id = $1 ORDER BY group_id;

-- name: list_user_definitions
SELECT r.definition FROM user_roles u JOIN roles r ON r.id = u.role_id
WHERE u.user_id = $1 ORDER BY r.id;

-- name: find_session
SELECT id, user_id, last_seen_at, expires_at FROM sessions
WHERE token_hash = $1 AND revoked_at IS NULL;

-- name: touch_session
UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2;

-- name: find_key
SELECT id, user_id, scopes, expires_at, last_used_at FROM api_keys
WHERE token_hash = $1 AND revoked_at IS NULL;

-- name: find_key_of_job
SELECT scopes FROM api_keys
WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3);

-- name: touch_key
UPDATE api_keys SET last_used_at = $2 WHERE id = $1;

-- name: find_me
SELECT theme, density, language, time_zone FROM users WHERE id = $1;

-- name: list_my_roles
SELECT r.id, r.key, r.name FROM user_roles u JOIN roles r ON r.id = u.role_id
WHERE u.user_id = $1 ORDER BY r.id;

-- name: list_group_names
SELECT id, name FROM groups WHERE archived_at IS NULL ORDER BY name, id;
