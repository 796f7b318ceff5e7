-- SPDX-License-Identifier: Apache-2.0
-- name: list_rules
SELECT id, rule_key, version, definition FROM quality_rules ORDER BY id;
-- name: add_rule_key
INSERT INTO quality_rules(rule_key) VALUES ($1) ON CONFLICT (rule_key) DO NOTHING;
-- name: lock_rule
SELECT version FROM quality_rules WHERE rule_key = $1;
-- name: lock_rule [postgres]
SELECT version FROM quality_rules WHERE rule_key = $1 FOR UPDATE;
-- name: save_rule
INSERT INTO quality_rules(rule_key, version, definition, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (rule_key) DO UPDATE SET version = excluded.version, definition = excluded.definition,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by
WHERE quality_rules.version = excluded.version - 1;
-- name: remove_rule
DELETE FROM quality_rules WHERE rule_key = $1;
-- name: remove_findings_of_rule
DELETE FROM quality_findings WHERE rule = $1;

-- name: queue_record
INSERT INTO quality_queue(record_type, record_id, version) VALUES ($1, $2, $3)
ON CONFLICT (record_type, record_id) DO UPDATE SET version = excluded.version;
-- name: get_queued
SELECT version FROM quality_queue WHERE record_type = $1 AND record_id = $2;
-- name: count_queue
SELECT count(*) FROM quality_queue WHERE record_type = $1;
-- name: list_queue
SELECT record_type, record_id, version FROM quality_queue ORDER BY record_type, record_id LIMIT $1;
-- name: remove_queued
DELETE FROM quality_queue WHERE record_type = $1 AND record_id = $2 AND version = $3;
-- name: forget_queued
DELETE FROM quality_queue WHERE record_type = $1 AND record_id = $2;
-- name: forget_findings
DELETE FROM quality_findings WHERE record_type = $1 AND record_id = $2;

-- name: add_finding
INSERT INTO quality_findings(record_type, record_id, rule, field, severity, value_hash, found_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING;
-- name: renew_finding
UPDATE quality_findings SET severity = $2, value_hash = $3, found_at = $4, dismissed_at = 0,
  dismissed_by = 0, reason = '' WHERE id = $1;
-- name: grade_finding
UPDATE quality_findings SET severity = $2 WHERE id = $1;
-- name: remove_finding
DELETE FROM quality_findings WHERE id = $1;
-- name: get_finding
SELECT record_type, record_id, rule FROM quality_findings WHERE id = $1;
-- name: dismiss
UPDATE quality_findings SET dismissed_at = $2, dismissed_by = $3, reason = $4 WHERE id = $1;

-- name: list_places
SELECT country, postcode, city, times FROM quality_places ORDER BY country, postcode, city;
-- name: save_place
INSERT INTO quality_places(country, postcode, city, times, counted_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (country, postcode, city) DO UPDATE SET times = excluded.times,
  counted_at = excluded.counted_at;
-- name: remove_old_places
DELETE FROM quality_places WHERE counted_at <> $1;
-- name: list_register_addresses
SELECT e.id, e.country, e.city, e.details FROM register_entries e
WHERE e.id > $1 AND EXISTS (SELECT 1 FROM register_loads l
  WHERE l.status = 'ready' AND e.id > l.id * 4294967296 AND e.id < (l.id + 1) * 4294967296)
ORDER BY e.id LIMIT $2;

-- name: save_scan
INSERT INTO quality_scans(record_type, scanned_at, records) VALUES ($1, $2, $3)
ON CONFLICT (record_type) DO UPDATE SET scanned_at = excluded.scanned_at,
  records = excluded.records;
-- name: list_scans
SELECT record_type, scanned_at, records FROM quality_scans ORDER BY record_type;
-- name: running_scan
SELECT id, progress_done, progress_total FROM jobs
WHERE kind IN ('quality_scan', 'quality_night') AND status IN ('waiting', 'running', 'paused')
ORDER BY id DESC LIMIT 1;
-- name: last_night
SELECT COALESCE(max(created_at), 0) FROM jobs WHERE kind = 'quality_night';

-- name: save_snapshot
INSERT INTO quality_snapshots(record_type, scope, scope_id, day, records, score_sum, findings,
  errors)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (record_type, scope, scope_id, day) DO UPDATE SET records = excluded.records,
  score_sum = excluded.score_sum, findings = excluded.findings, errors = excluded.errors;
-- name: list_snapshots
SELECT day, records, score_sum, findings, errors FROM quality_snapshots
WHERE record_type = $1 AND scope = $2 AND scope_id = $3 AND day >= $4 ORDER BY day;
-- name: remove_snapshots_before
DELETE FROM quality_snapshots WHERE day < $1;
-- name: sum_snapshots
SELECT scope, scope_id, CAST(sum(records) AS BIGINT), CAST(sum(score_sum) AS BIGINT),
  CAST(sum(findings) AS BIGINT)
FROM quality_snapshots
WHERE day = $1 GROUP BY scope, scope_id ORDER BY scope, scope_id;
-- name: list_stewards
SELECT DISTINCT ur.user_id FROM user_roles ur JOIN roles r ON r.id = ur.role_id
JOIN users u ON u.id = ur.user_id
WHERE r.key = 'data_steward' AND u.active = 1 AND u.archived_at IS NULL ORDER BY ur.user_id;
-- name: list_dismissed
SELECT rule, field, value_hash FROM quality_findings
WHERE record_type = $1 AND record_id = $2 AND dismissed_at > 0;
