-- SPDX-License-Identifier: Apache-2.0
-- name: create
INSERT INTO dashboards (name, owner, standard, content, created_at, updated_at, updated_by)
VALUES ($1, $2, $3, '{}', $4, $4, $5) RETURNING id;

-- name: update
UPDATE dashboards SET version = version + 1, name = $2, description = $3, owner = $4,
  visible_for = $5, groups = $6, pinned = $7, content = $8, updated_at = $9, updated_by = $10
WHERE id = $1;

-- name: remove
DELETE FROM dashboards WHERE id = $1;

-- name: get
SELECT d.id, d.version, d.name, d.description, d.owner, u.name, d.visible_for, d.groups, d.pinned,
  d.standard, d.content, d.updated_at, d.updated_by
FROM dashboards d LEFT JOIN users u ON u.id = d.owner WHERE d.id = $1;

-- name: list
-- Without what is on the pages.
SELECT d.id, d.version, d.name, d.description, d.owner, u.name, d.visible_for, d.groups, d.pinned,
  d.standard, '', d.updated_at, d.updated_by
FROM dashboards d LEFT JOIN users u ON u.id = d.owner
WHERE d.id > $1
  AND (d.owner = $2 OR d.owner = 0 OR d.visible_for <> 'me' OR d.pinned <> '{}')
ORDER BY d.id LIMIT $3;

-- name: find_standard
SELECT id FROM dashboards WHERE standard = $1;

-- name: count_owned
SELECT count(*) FROM dashboards WHERE owner = $1;

-- name: keep_version
INSERT INTO dashboard_versions (dashboard, version, page, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5);

-- name: drop_old_versions
DELETE FROM dashboard_versions WHERE dashboard = $1 AND version <= $2;

-- name: list_versions
SELECT v.version, v.page, v.changed_at, v.changed_by, u.name
FROM dashboard_versions v LEFT JOIN users u ON u.id = v.changed_by
WHERE v.dashboard = $1 ORDER BY v.version DESC;

-- name: drop_version
DELETE FROM dashboard_versions WHERE dashboard = $1 AND version = $2;

-- name: favourites
SELECT dashboard FROM dashboard_favourites WHERE user_id = $1;

-- name: add_favourite
INSERT INTO dashboard_favourites (user_id, dashboard) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: remove_favourite
DELETE FROM dashboard_favourites WHERE user_id = $1 AND dashboard = $2;

-- name: roles_of_user
SELECT r.key FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE ur.user_id = $1;

-- name: list_tile_changes
SELECT tile, definition, changed_at FROM standard_tile_changes;

-- name: get_tile_change
SELECT definition FROM standard_tile_changes WHERE tile = $1;

-- name: save_tile_change
INSERT INTO standard_tile_changes (tile, definition, changed_at, changed_by)
VALUES ($1, $2, $3, $4)
ON CONFLICT (tile) DO UPDATE SET definition = excluded.definition,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: remove_tile_change
DELETE FROM standard_tile_changes WHERE tile = $1;

-- name: selections_stamp
-- Differs as soon as a selection, or who is in one, is another.
SELECT count(*), coalesce(max(updated_at), 0), coalesce(CAST(sum(updated_at) AS BIGINT), 0)
FROM selections;

-- name: selection_name
SELECT name FROM selections WHERE id = $1;

-- name: keep_tile_version
INSERT INTO standard_tile_versions (tile, definition, changed_at, changed_by)
VALUES ($1, $2, $3, $4);

-- name: drop_old_tile_versions
DELETE FROM standard_tile_versions WHERE tile = $1 AND id NOT IN (
  SELECT id FROM standard_tile_versions WHERE tile = $1 ORDER BY id DESC LIMIT $2);

-- name: list_tile_versions
SELECT v.id, v.definition, v.changed_at, v.changed_by, u.name
FROM standard_tile_versions v LEFT JOIN users u ON u.id = v.changed_by
WHERE v.tile = $1 ORDER BY v.id DESC;

-- name: get_tile_version
SELECT definition FROM standard_tile_versions WHERE tile = $1 AND id = $2;
