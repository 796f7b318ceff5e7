-- SPDX-License-Identifier: Apache-2.0
-- name: seed_role
INSERT INTO roles (key, name, definition, built_in, updated_at) VALUES ($1, $2, $3, 1, $4)
ON CONFLICT (key) DO NOTHING;

-- name: list_roles
SELECT r.id, r.key, r.name, r.definition, r.built_in,
  (SELECT COUNT(*) FROM user_roles u WHERE u.role_id = r.id) FROM roles r
WHERE r.id > $1 ORDER BY r.id LIMIT $2;

-- name: count_roles
SELECT COUNT(*) FROM roles;

-- name: has_role
SELECT 1 FROM roles WHERE id = $1;

-- name: find_role
SELECT id, key, name, definition, built_in,
  (SELECT COUNT(*) FROM user_roles u WHERE u.role_id = roles.id) FROM roles WHERE id = $1;

-- name: find_role_by_key
SELECT id FROM roles WHERE key = $1;

-- name: create_role
INSERT INTO roles (key, name, definition, built_in, updated_at) VALUES ($1, $2, $3, 0, $4)
RETURNING id;

-- name: update_role
UPDATE roles SET name = $2, definition = $3, updated_at = $4 WHERE id = $1;

-- name: remove_role
DELETE FROM roles WHERE id = $1 AND built_in = 0;

-- name: remove_user_roles
DELETE FROM user_roles WHERE user_id = $1;

-- name: add_user_role
INSERT INTO user_roles (user_id, role_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: count_administrators
SELECT COUNT(*) FROM users u JOIN user_roles ur ON ur.user_id = u.id
JOIN roles r ON r.id = ur.role_id
WHERE r.key = 'administrator' AND u.active = 1 AND u.archived_at IS NULL;

-- name: remove_user_groups
DELETE FROM user_groups WHERE user_id = $1;

-- name: add_user_group
INSERT INTO user_groups (user_id, group_id)
SELECT CAST($1 AS BIGINT), id FROM groups WHERE id = $2 AND archived_at IS NULL;

-- name: has_user
SELECT 1 FROM users WHERE id = $1 AND archived_at IS NULL;

-- name: find_user_names
SELECT name, email FROM users WHERE id = $1;
