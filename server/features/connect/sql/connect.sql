-- SPDX-License-Identifier: Apache-2.0
-- name: find
SELECT c.is_on, c.version, c.base_url, c.hosts, c.fields, c.secrets, c.switched_at, c.switched_by,
       c.changed_at, c.changed_by, s.name, u.name
FROM connectors c LEFT JOIN users s ON s.id = c.switched_by LEFT JOIN users u ON u.id = c.changed_by
WHERE c.name = $1;

-- name: make
INSERT INTO connectors (name, changed_at, changed_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: lock
SELECT version FROM connectors WHERE name = $1;
-- name: lock [postgres]
SELECT version FROM connectors WHERE name = $1 FOR UPDATE;

-- name: save
UPDATE connectors SET is_on = $2, version = $3, base_url = $4, hosts = $5, fields = $6, secrets = $7,
  changed_at = $8, changed_by = $9 WHERE name = $1;

-- name: note_switch
UPDATE connectors SET switched_at = $2, switched_by = $3 WHERE name = $1;

-- name: is_on
SELECT is_on FROM connectors WHERE name = $1;

-- name: log
INSERT INTO egress_log (at, connector, method, host, path, status, error, bytes_out, bytes_in,
  duration_ms, user_id, job, record_type, record_id, persons)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: list_log
SELECT l.id, l.at, l.connector, l.method, l.host, l.path, l.status, l.error, l.bytes_out, l.bytes_in,
       l.duration_ms, l.user_id, l.job, l.record_type, l.record_id, l.persons, u.name
FROM egress_log l LEFT JOIN users u ON u.id = l.user_id
WHERE l.id < $1 AND l.at >= $2 AND l.at < $3 ORDER BY l.id DESC LIMIT $4;

-- name: list_log_of
SELECT l.id, l.at, l.connector, l.method, l.host, l.path, l.status, l.error, l.bytes_out, l.bytes_in,
       l.duration_ms, l.user_id, l.job, l.record_type, l.record_id, l.persons, u.name
FROM egress_log l LEFT JOIN users u ON u.id = l.user_id
WHERE l.connector = $5 AND l.id < $1 AND l.at >= $2 AND l.at < $3 ORDER BY l.id DESC LIMIT $4;

-- name: remove_log_before
DELETE FROM egress_log WHERE id IN (SELECT id FROM egress_log WHERE at < $1 ORDER BY at LIMIT $2);
