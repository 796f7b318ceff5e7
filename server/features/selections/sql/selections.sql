-- SPDX-License-Identifier: Apache-2.0
-- name: create
INSERT INTO selections (name, name_f, record_type, kind, owner, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id;

-- name: update
UPDATE selections SET version = version + 1, name = $2, name_f = $3, description = $4,
  category = $5, owner = $6, visible_for = $7, groups = $8, completed = $9, filter = $10,
  operation = $11, first = $12, second = $13, keeps_history = $14, retention_days = $15,
  updated_at = $16
WHERE id = $1;

-- name: lock_structure
-- What selections are made of changes in one transaction after the other. SQLite has one writer.
SELECT 1;

-- name: lock_structure [postgres]
-- The number is "select" in hexadecimal, and nobody else's.
SELECT CAST(pg_advisory_xact_lock(126879447475060) IS NULL AS INTEGER);

-- name: touch
UPDATE selections SET updated_at = $2 WHERE id = $1;

-- name: remove
DELETE FROM selections WHERE id = $1;

-- name: get
SELECT s.id, s.version, s.name, s.record_type, s.kind, s.description, s.category, s.owner,
  s.visible_for, s.groups, s.completed, s.filter, s.operation, s.first, s.second, s.keeps_history,
  s.retention_days, s.created_at, s.updated_at, u.name
FROM selections s LEFT JOIN users u ON u.id = s.owner WHERE s.id = $1;

-- name: list
SELECT s.id, s.version, s.name, s.record_type, s.kind, s.description, s.category, s.owner,
  s.visible_for, s.groups, s.completed, s.filter, s.operation, s.first, s.second, s.keeps_history,
  s.retention_days, s.created_at, s.updated_at, u.name
FROM selections s LEFT JOIN users u ON u.id = s.owner LEFT JOIN selections c ON c.id = $6
WHERE ($1 = '' OR s.record_type = $1) AND ($2 = '' OR s.kind = $2)
  AND (s.owner = $3 OR s.visible_for <> 'me' OR $4 = 1)
  AND ($6 = 0 OR s.completed > c.completed OR (s.completed = c.completed
    AND (s.name > c.name OR (s.name = c.name AND s.id > c.id))))
ORDER BY s.completed, s.name, s.id LIMIT $5;

-- name: get_content
SELECT kind, filter, first, second FROM selections WHERE id = $1;

-- name: list_made_of_others
-- Which selections the criteria name is read out of them, not searched for in their text.
SELECT id, kind, filter, first, second FROM selections
WHERE first = $1 OR second = $1 OR (kind = 'dynamic' AND filter LIKE '%in\_selection%' ESCAPE '\')
ORDER BY id;

-- name: add_member
INSERT INTO selection_members (selection, record_id, left_at, joined_at, joined_by, joined_batch)
VALUES ($1, $2, 0, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: remove_member
UPDATE selection_members SET left_at = $3, left_batch = $4
WHERE selection = $1 AND record_id = $2 AND left_at = 0;

-- name: list_batch_joined
SELECT selection, record_id FROM selection_members
WHERE joined_batch = $1 AND joined_batch <> 0 AND left_at = 0 AND record_id > $2
ORDER BY record_id LIMIT $3;

-- name: list_batch_left
SELECT selection, record_id FROM selection_members
WHERE left_batch = $1 AND left_batch <> 0 AND record_id > $2 ORDER BY record_id LIMIT $3;

-- name: list_kept_between
SELECT record_id FROM selection_members
WHERE selection = $1 AND left_at = 0 AND record_id > $2 AND record_id <= $3 ORDER BY record_id;

-- name: list_keeping_history
SELECT id FROM selections WHERE keeps_history = 1 AND kind <> 'static' AND id > $1
ORDER BY id LIMIT 1;

-- name: get_snapshot
SELECT first_taken_at, taken_at, members, outcome FROM selection_snapshots WHERE selection = $1;

-- name: save_snapshot
INSERT INTO selection_snapshots (selection, first_taken_at, taken_at, members, outcome)
VALUES ($1, $2, $2, $3, '') ON CONFLICT (selection) DO UPDATE SET taken_at = excluded.taken_at,
  members = excluded.members, outcome = '',
  first_taken_at = CASE WHEN selection_snapshots.first_taken_at = 0 THEN excluded.taken_at
    ELSE selection_snapshots.first_taken_at END;

-- name: save_snapshot_outcome
INSERT INTO selection_snapshots (selection, outcome) VALUES ($1, $2)
ON CONFLICT (selection) DO UPDATE SET outcome = excluded.outcome;

-- name: forget_record
DELETE FROM selection_members WHERE record_id = $1
  AND selection IN (SELECT id FROM selections WHERE record_type = $2);

-- name: forget_members
DELETE FROM selection_members WHERE selection = $1;

-- name: forget_snapshots
DELETE FROM selection_snapshots WHERE selection = $1;

-- name: list_expired
SELECT id FROM selections WHERE retention_days > 0 AND updated_at + retention_days * 86400000 < $1
ORDER BY id LIMIT $2;

-- name: complete
UPDATE selections SET completed = 1, retention_days = 0, version = version + 1, updated_at = $2
WHERE id = $1;

-- name: add_favourite
INSERT INTO selection_favourites (selection, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: remove_favourite
DELETE FROM selection_favourites WHERE selection = $1 AND user_id = $2;

-- name: list_favourites
SELECT selection FROM selection_favourites WHERE user_id = $1;

-- name: list_joined
SELECT record_id FROM selection_members WHERE selection = $1 AND left_at = 0 AND joined_at > $2
ORDER BY record_id LIMIT 500;

-- name: list_left
SELECT m.record_id FROM selection_members m WHERE m.selection = $1 AND m.left_at >= $2
  AND m.joined_at <= $2 AND NOT EXISTS (SELECT 1 FROM selection_members n
  WHERE n.selection = m.selection AND n.left_at = 0 AND n.record_id = m.record_id)
ORDER BY m.record_id LIMIT 500;

-- name: get_visit
SELECT visited_at FROM selection_visits WHERE selection = $1 AND user_id = $2;

-- name: save_visit
INSERT INTO selection_visits (selection, user_id, visited_at) VALUES ($1, $2, $3)
ON CONFLICT (selection, user_id) DO UPDATE SET visited_at = excluded.visited_at;
