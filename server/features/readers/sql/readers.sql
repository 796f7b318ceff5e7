-- SPDX-License-Identifier: Apache-2.0
-- name: list_users
SELECT id FROM users WHERE active = 1 AND archived_at IS NULL AND id > $1 ORDER BY id LIMIT $2;
-- name: list_roles
SELECT u.user_id, r.name, r.definition FROM user_roles u JOIN roles r ON r.id = u.role_id
WHERE u.user_id BETWEEN $1 AND $2 ORDER BY u.user_id, r.id;
