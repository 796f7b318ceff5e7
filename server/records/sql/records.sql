-- SPDX-License-Identifier: Apache-2.0
-- name: find_source
SELECT id FROM sources WHERE kind = $1 AND name = $2 AND licence = $3 AND legal_basis = $4 AND obtained_at = $5;
-- name: create_source
INSERT INTO sources(kind, name, licence, legal_basis, obtained_at, name_f) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;
-- name: create_batch
INSERT INTO batches(kind, record_type, created_at, created_by, details) VALUES ($1, $2, $3, $4, $5) RETURNING id;
-- name: get_batch
SELECT id, kind, record_type, created_at, created_by, details, undone_at FROM batches WHERE id = $1;
-- name: list_batches
SELECT id, kind, record_type, created_at, created_by, details, undone_at FROM batches
WHERE id < $1 AND (created_by = $2 OR $3 = 1) ORDER BY id DESC LIMIT $4;
-- name: mark_batch_undone
UPDATE batches SET undone_at = $2 WHERE id = $1;
-- name: add_history
INSERT INTO history(record_type, record_id, version, at, actor, actor_kind, action, batch, source, payload, salt, payload_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);
-- name: list_history
SELECT h.id, h.version, h.at, h.actor, u.name, h.actor_kind, h.action, h.batch, h.payload, s.kind, s.name, s.licence, s.legal_basis, s.obtained_at
FROM history h LEFT JOIN users u ON u.id = h.actor LEFT JOIN sources s ON s.id = h.source
WHERE h.record_type = $1 AND h.record_id = $2 AND h.id < $3 ORDER BY h.id DESC LIMIT $4;
-- name: history_before
SELECT h.id, h.version, h.at, h.actor, u.name, h.actor_kind, h.action, h.batch, h.payload, s.kind, s.name, s.licence, s.legal_basis, s.obtained_at
FROM history h LEFT JOIN users u ON u.id = h.actor LEFT JOIN sources s ON s.id = h.source
WHERE h.record_type = $1 AND h.record_id = $2 AND (h.at < $3 OR (h.at = $3 AND h.id < $4))
ORDER BY h.at DESC, h.id DESC LIMIT $5;
-- name: chain_history
SELECT version, at, actor, actor_kind, action, batch, source, payload, salt, payload_hash, hash FROM history
WHERE record_type = $1 AND record_id = $2 ORDER BY id;
-- name: list_payloads
SELECT record_id, payload FROM history
WHERE record_type = $1 AND record_id >= $2 AND record_id <= $3 ORDER BY record_id DESC, id DESC;
-- name: batch_history
SELECT id, record_type, record_id, action, payload FROM history WHERE batch = $1 AND id < $2 ORDER BY id DESC LIMIT $3;
-- name: has_later_history
SELECT 1 FROM history WHERE record_type = $1 AND record_id = $2 AND +id > $3 AND action <> 'undo'
  AND (batch IS NULL OR batch <> $4) LIMIT 1;
-- name: count_undone
WITH touched AS (SELECT record_type, record_id, min(version) AS first_version, max(id) AS last_id FROM history
  WHERE batch = $1 GROUP BY record_type, record_id)
SELECT count(*),
  coalesce(sum(CASE WHEN t.first_version = 1 AND EXISTS (SELECT 1 FROM history h WHERE h.record_type = t.record_type
    AND h.record_id = t.record_id AND h.id > t.last_id AND h.action = 'undo'
    AND h.payload LIKE '%"field":"archived_at"%') THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN t.first_version > 1 AND EXISTS (SELECT 1 FROM history h WHERE h.record_type = t.record_type
    AND h.record_id = t.record_id AND h.id > t.last_id AND h.action = 'undo') THEN 1 ELSE 0 END), 0)
FROM touched t;
-- name: find_merged
SELECT kept FROM merged_records WHERE record_type = $1 AND record_id = $2;
-- name: list_merged_into
SELECT record_id FROM merged_records WHERE record_type = $1 AND kept = $2 ORDER BY record_id;
-- name: add_merged
INSERT INTO merged_records(record_type, record_id, kept, merge) VALUES ($1, $2, $3, $4);
-- name: remove_merged
DELETE FROM merged_records WHERE record_type = $1 AND record_id = $2;
-- name: destroy_history
UPDATE history SET payload = NULL, salt = NULL WHERE record_type = $1 AND record_id = $2;
-- name: list_contact_points
SELECT id, kind, label, value, is_primary, street, street_f, postcode, postcode_f, city, city_f, region, region_f, country, country_f
FROM contact_points WHERE record_type = $1 AND record_id = $2 ORDER BY position;
-- name: remove_contact_points
DELETE FROM contact_points WHERE record_type = $1 AND record_id = $2;
-- name: add_contact_point
INSERT INTO contact_points(record_type, record_id, kind, label, value, value_f, is_primary, position,
  street, street_f, postcode, postcode_f, city, city_f, region, region_f, country, country_f)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);
-- name: add_relation
INSERT INTO relations(kind, from_type, from_id, to_type, to_id, note, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (from_type, from_id, kind, to_type, to_id) DO NOTHING;
-- name: remove_relation
DELETE FROM relations WHERE id = $1;
-- name: get_relation
SELECT kind, from_type, from_id, to_type, to_id, note FROM relations WHERE id = $1;
-- name: find_relation
SELECT id, note FROM relations WHERE from_type = $1 AND from_id = $2 AND kind = $3 AND to_type = $4 AND to_id = $5;
-- name: set_relation_note
UPDATE relations SET note = $2 WHERE id = $1;
-- name: list_members
SELECT to_id FROM relations WHERE from_type = $1 AND from_id = $2 AND kind = $3 ORDER BY id;
-- name: remove_member
DELETE FROM relations WHERE from_type = $1 AND from_id = $2 AND kind = $3 AND to_type = $4 AND to_id = $5;
-- name: remove_relations_of_record
DELETE FROM relations WHERE (from_type = $1 AND from_id = $2) OR (to_type = $1 AND to_id = $2);
-- name: list_relations
SELECT id, kind, from_type, from_id, to_type, to_id, note FROM relations WHERE from_type = $1 AND from_id = $2
UNION ALL
SELECT id, kind, from_type, from_id, to_type, to_id, note FROM relations WHERE to_type = $1 AND to_id = $2 AND NOT (from_type = $1 AND from_id = $2)
ORDER BY 1 LIMIT 500;
-- name: add_event
INSERT INTO events(at, kind, record_type, record_id, version, owner, owner_group, restricted, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
-- name: events_after
SELECT id, at, kind, record_type, record_id, version, owner, owner_group, restricted, actor FROM events WHERE id > $1 ORDER BY id LIMIT $2;
-- name: newest_event
SELECT coalesce(max(id), 0) FROM events;
-- name: event_range
SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM events;
-- name: remove_events_before
DELETE FROM events WHERE at < $1 AND id < (SELECT max(id) FROM events);
-- name: user_group
SELECT primary_group FROM users WHERE id = $1;
-- name: is_group
SELECT 1 FROM groups WHERE id = $1 AND archived_at IS NULL;
-- name: is_active_user
SELECT 1 FROM users WHERE id = $1 AND active = 1 AND archived_at IS NULL;
-- name: list_custom_types
SELECT definition FROM custom_types ORDER BY name;
-- name: find_custom_type
SELECT definition FROM custom_types WHERE name = $1;
-- name: list_custom_fields
SELECT record_type, definition FROM custom_fields ORDER BY record_type, created_at, name;
-- name: save_custom_type
INSERT INTO custom_types(name, definition, created_at, created_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET definition = excluded.definition;
-- name: save_custom_field
INSERT INTO custom_fields(record_type, name, definition, created_at, created_by) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (record_type, name) DO UPDATE SET definition = excluded.definition;
-- name: list_list_items
SELECT list, key, label, colour, retired, extra FROM list_items ORDER BY list, position, key;
-- name: get_list_item
SELECT label, extra, colour, position, retired FROM list_items WHERE list = $1 AND key = $2;
-- name: last_item_position
SELECT coalesce(max(position), 0) FROM list_items WHERE list = $1;
-- name: add_list_item_once
INSERT INTO list_items(list, key, label, colour, position, retired, extra) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (list, key) DO NOTHING;
-- name: save_list_item
INSERT INTO list_items(list, key, label, colour, position, retired, extra) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (list, key) DO UPDATE SET label = excluded.label, colour = excluded.colour, position = excluded.position, retired = excluded.retired, extra = excluded.extra;
