-- SPDX-License-Identifier: Apache-2.0
-- name: origins_of
SELECT o.source, o.batch, f.fields FROM value_origins o JOIN origin_field_sets f ON f.id = o.field_set
WHERE o.record_type = $1 AND o.record_id = $2 ORDER BY o.source, o.batch;
-- name: remove_origins
DELETE FROM value_origins WHERE record_type = $1 AND record_id = $2;
-- name: add_origin
INSERT INTO value_origins(record_type, record_id, source, batch, field_set)
SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), f.id
FROM origin_field_sets f WHERE f.fields = $5;
-- name: add_origin_fields
INSERT INTO origin_field_sets(fields) VALUES ($1) ON CONFLICT (fields) DO NOTHING;
-- name: find_source_by_id
SELECT kind, obtained_at FROM sources WHERE id = $1;
-- name: add_notice_duty
INSERT INTO notice_duties(record_type, record_id, source, state, since, due_on) VALUES ($1, $2, $3, 'open', $4, $5)
ON CONFLICT (record_type, record_id, source) DO NOTHING;
-- name: copy_notice_duty
INSERT INTO notice_duties(record_type, record_id, source, state, since, due_on, informed_at, informed_by)
SELECT d.record_type, CAST($3 AS BIGINT), d.source, d.state, d.since, d.due_on, d.informed_at, d.informed_by
FROM notice_duties d WHERE d.record_type = $1 AND d.record_id = $2 AND d.source = $4
ON CONFLICT (record_type, record_id, source) DO NOTHING;
-- name: remove_notice_duties
DELETE FROM notice_duties WHERE record_type = $1 AND record_id = $2;
-- name: notice_duties_of
SELECT d.source, s.kind, s.name, d.state, d.since, d.due_on, d.informed_at FROM notice_duties d
JOIN sources s ON s.id = d.source WHERE d.record_type = $1 AND d.record_id = $2 ORDER BY d.due_on, d.source;
-- name: origin_entries
SELECT h.id, h.at, h.actor, u.name, h.actor_kind, h.action, h.batch, h.source, h.payload
FROM history h LEFT JOIN users u ON u.id = h.actor
WHERE h.record_type = $1 AND h.record_id = $2 ORDER BY h.id DESC LIMIT $3;
-- name: records_with_origins
SELECT DISTINCT record_id FROM history WHERE record_type = $1 AND record_id > $2 AND record_id <= $3
  AND (source IS NOT NULL OR batch IS NOT NULL) ORDER BY record_id;
-- name: unfolded_sources
SELECT id, name FROM sources WHERE name_f = '' AND name <> '' ORDER BY id LIMIT $1;
-- name: fold_source
UPDATE sources SET name_f = $2 WHERE id = $1;
-- name: list_sources
SELECT id, kind, name, licence, legal_basis, obtained_at FROM sources WHERE id < $1 ORDER BY id DESC LIMIT $2;
-- name: batch_facts
SELECT kind, created_at, details, undone_at FROM batches WHERE id = $1;
-- name: source_facts
SELECT kind, name, licence, legal_basis, obtained_at FROM sources WHERE id = $1;
-- name: origin_entry
SELECT h.at, h.actor, u.name, h.actor_kind, h.action FROM history h LEFT JOIN users u ON u.id = h.actor WHERE h.id = $1;
