-- SPDX-License-Identifier: Apache-2.0
-- name: find
SELECT id, version, content FROM layouts WHERE record_type = $1 AND COALESCE(role, 0) = $2;

-- name: list_of_viewer
SELECT record_type, COALESCE(role, 0), version, content FROM layouts
WHERE content <> '' AND (role IS NULL OR role IN
  (SELECT r.role_id FROM user_roles r WHERE r.user_id = $1))
ORDER BY record_type, CASE WHEN role IS NULL THEN 1 ELSE 0 END, role;

-- name: list_own
SELECT COALESCE(role, 0) FROM layouts WHERE record_type = $1 AND content <> '' ORDER BY 1;

-- name: has_role
SELECT count(*) FROM roles WHERE id = $1;

-- name: make_place
INSERT INTO layouts (record_type, role, changed_at, changed_by)
VALUES ($1, NULLIF(CAST($2 AS BIGINT), 0), $3, $4) ON CONFLICT DO NOTHING;

-- name: lock
SELECT id, version, content FROM layouts WHERE record_type = $1 AND COALESCE(role, 0) = $2;
-- name: lock [postgres]
SELECT id, version, content FROM layouts WHERE record_type = $1 AND COALESCE(role, 0) = $2 FOR UPDATE;

-- name: save
UPDATE layouts SET version = $2, content = $3, changed_at = $4, changed_by = $5 WHERE id = $1;

-- name: keep_version
INSERT INTO layout_versions (layout, version, content, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5);

-- name: forget_versions
DELETE FROM layout_versions WHERE layout = $1 AND version <= $2;

-- name: find_version
SELECT v.content FROM layout_versions v JOIN layouts l ON l.id = v.layout
WHERE l.record_type = $1 AND COALESCE(l.role, 0) = $2 AND v.version = $3;

-- name: list_versions
SELECT v.version, v.changed_at, v.changed_by, u.name, CASE WHEN v.content = '' THEN 1 ELSE 0 END
FROM layout_versions v JOIN layouts l ON l.id = v.layout LEFT JOIN users u ON u.id = v.changed_by
WHERE l.record_type = $1 AND COALESCE(l.role, 0) = $2 ORDER BY v.version DESC;
