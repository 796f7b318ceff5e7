-- SPDX-License-Identifier: Apache-2.0
-- name: create
INSERT INTO views (record_type, name, owner, visible_for, groups, definition, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id;

-- name: update
UPDATE views SET version = version + 1, name = $3, owner = $4, visible_for = $5, groups = $6,
  definition = $7, updated_at = $8
WHERE id = $1 AND version = $2;

-- name: remove
DELETE FROM views WHERE id = $1;

-- name: count_of_user
SELECT count(*) FROM views WHERE owner = $1;

-- name: get
SELECT v.id, v.version, v.record_type, v.name, v.owner, v.visible_for, v.groups, v.definition,
  v.created_at, v.updated_at, u.name, p.position, d.view, s.view
FROM views v LEFT JOIN users u ON u.id = v.owner
  LEFT JOIN view_pins p ON p.view = v.id AND p.user_id = $2
  LEFT JOIN view_defaults d ON d.view = v.id AND d.user_id = $2
  LEFT JOIN view_defaults s ON s.view = v.id AND s.user_id = 0
WHERE v.id = $1;

-- name: list
SELECT v.id, v.version, v.record_type, v.name, v.owner, v.visible_for, v.groups, v.definition,
  v.created_at, v.updated_at, u.name, p.position, d.view, s.view
FROM views v LEFT JOIN users u ON u.id = v.owner
  LEFT JOIN view_pins p ON p.view = v.id AND p.user_id = $2
  LEFT JOIN view_defaults d ON d.view = v.id AND d.user_id = $2
  LEFT JOIN view_defaults s ON s.view = v.id AND s.user_id = 0
  LEFT JOIN views c ON c.id = $4
WHERE v.record_type = $1 AND (v.owner = $2 OR v.visible_for <> 'me')
  AND (v.name > c.name OR (v.name = c.name AND v.id > c.id) OR $4 = 0)
ORDER BY v.name, v.id LIMIT $3;

-- name: save_pin
INSERT INTO view_pins (user_id, view, position) VALUES ($1, $2, $3)
ON CONFLICT (user_id, view) DO UPDATE SET position = excluded.position;

-- name: remove_pin
DELETE FROM view_pins WHERE user_id = $1 AND view = $2;

-- name: save_default
INSERT INTO view_defaults (user_id, record_type, view) VALUES ($1, $2, $3)
ON CONFLICT (user_id, record_type) DO UPDATE SET view = excluded.view;

-- name: remove_default
DELETE FROM view_defaults WHERE user_id = $1 AND view = $2;
