-- SPDX-License-Identifier: Apache-2.0
-- name: list_rules
SELECT record_type, version, rules, ask_on_create FROM duplicate_rules ORDER BY record_type;
-- name: lock_rules
SELECT version FROM duplicate_rules WHERE record_type = $1;
-- name: lock_rules [postgres]
SELECT version FROM duplicate_rules WHERE record_type = $1 FOR UPDATE;
-- name: save_rules
INSERT INTO duplicate_rules(record_type, version, rules, ask_on_create, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (record_type) DO UPDATE SET version = excluded.version, rules = excluded.rules,
  ask_on_create = excluded.ask_on_create, changed_at = excluded.changed_at,
  changed_by = excluded.changed_by;

-- name: list_slots
SELECT id, record_type, spec, is_built, is_retired FROM duplicate_slots ORDER BY id;
-- name: add_slot
INSERT INTO duplicate_slots(record_type, spec) VALUES ($1, $2)
ON CONFLICT (record_type, spec) DO UPDATE SET is_retired = 0;
-- name: retire_slot
UPDATE duplicate_slots SET is_retired = 1, is_built = 0 WHERE id = $1;
-- name: mark_slot_built
UPDATE duplicate_slots SET is_built = 1 WHERE id = $1;
-- name: remove_slot
DELETE FROM duplicate_slots WHERE id = $1 AND is_retired = 1;
-- name: has_key_job
SELECT 1 FROM jobs WHERE kind = 'duplicate_keys' AND status IN ('waiting', 'running');

-- name: add_key
INSERT INTO duplicate_keys(block, record_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;
-- name: remove_key
DELETE FROM duplicate_keys WHERE block = $1 AND record_id = $2;
-- name: remove_keys_between
DELETE FROM duplicate_keys WHERE block >= $1 AND block < $2;
-- name: find_block
SELECT record_id FROM duplicate_keys WHERE block = $1 ORDER BY record_id DESC LIMIT $2;
-- name: list_blocks
SELECT block, record_id FROM duplicate_keys WHERE block > $1 AND block < $2
ORDER BY block, record_id LIMIT $3;
-- name: count_block
SELECT count(*) FROM duplicate_keys WHERE block = $1;

-- name: save_pair
INSERT INTO duplicate_pairs(record_type, left_id, right_id, score, open_score, scan, found_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (record_type, left_id, right_id) DO UPDATE SET score = excluded.score,
  open_score = excluded.open_score, scan = excluded.scan;
-- name: remove_pairs_of_record
DELETE FROM duplicate_pairs WHERE record_type = $1 AND (left_id = $2 OR right_id = $2);
-- name: remove_pairs_of_other_scans
DELETE FROM duplicate_pairs WHERE record_type = $1 AND scan <> $2;

-- name: dismiss
INSERT INTO duplicate_dismissals(record_type, left_id, right_id, dismissed_at, dismissed_by)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;
-- name: restore
DELETE FROM duplicate_dismissals WHERE record_type = $1 AND left_id = $2 AND right_id = $3;
-- name: remove_dismissals_of_record
DELETE FROM duplicate_dismissals WHERE record_type = $1 AND (left_id = $2 OR right_id = $2);
-- name: list_dismissed
SELECT left_id, right_id FROM duplicate_dismissals
WHERE record_type = $1 AND (left_id = $2 OR right_id = $2);

-- name: add_scan
INSERT INTO duplicate_scans(record_type, started_at, started_by) VALUES ($1, $2, $3);
-- name: set_scan_job
UPDATE duplicate_scans SET job = $2 WHERE id = $1;
-- name: save_scan
UPDATE duplicate_scans SET compared = $2, found = $3, keys = $4, ended_at = $5 WHERE id = $1;
-- name: list_scans
SELECT s.id, s.record_type, s.job, s.started_at, s.ended_at, s.compared, s.found, s.keys,
  COALESCE(j.status, ''), COALESCE(j.error_code, ''),
  (SELECT max(n.id) FROM duplicate_scans n WHERE n.record_type = s.record_type AND n.ended_at <> 0)
FROM duplicate_scans s LEFT JOIN jobs j ON j.id = s.job WHERE s.id < $1 ORDER BY s.id DESC LIMIT $2;
-- name: running_scan
SELECT s.job FROM duplicate_scans s JOIN jobs j ON j.id = s.job
WHERE s.record_type = $1 AND s.ended_at = 0 AND j.status IN ('waiting', 'running', 'paused')
ORDER BY s.id DESC LIMIT 1;
-- name: count_pairs
SELECT count(*) FROM duplicate_pairs WHERE record_type = $1;
