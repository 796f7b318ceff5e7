-- SPDX-License-Identifier: Apache-2.0
-- name: find_settings
SELECT version, is_nightly, content FROM register_update_settings WHERE provider = $1;

-- name: save_settings
INSERT INTO register_update_settings (provider, version, is_nightly, content, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (provider) DO UPDATE SET version = excluded.version, is_nightly = excluded.is_nightly,
  content = excluded.content, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: find_run
SELECT feed_cursor, last_run_at, last_run FROM register_update_runs WHERE provider = $1;

-- name: save_cursor
INSERT INTO register_update_runs (provider, feed_cursor) VALUES ($1, $2)
ON CONFLICT (provider) DO UPDATE SET feed_cursor = excluded.feed_cursor;

-- name: save_run
INSERT INTO register_update_runs (provider, last_run_at, last_run) VALUES ($1, $2, $3)
ON CONFLICT (provider) DO UPDATE SET last_run_at = excluded.last_run_at, last_run = excluded.last_run;

-- name: get_company
SELECT id, version, name, org_number, vat_number, country, owner, register_exempt FROM companies
WHERE id = $1 AND archived_at IS NULL;

-- name: lock_company
SELECT id FROM companies WHERE id = $1;
-- name: lock_company [postgres]
SELECT id FROM companies WHERE id = $1 FOR UPDATE;

-- name: version_of_company
SELECT version FROM companies WHERE id = $1;

-- name: find_check
SELECT number, name, status, address, digest, obtained_on, checked_at FROM register_checks
WHERE company = $1 AND provider = $2;

-- name: list_checks
SELECT provider, number, name, status, obtained_on, checked_at FROM register_checks
WHERE company = $1 ORDER BY provider;

-- name: save_check
INSERT INTO register_checks (company, provider, number, name, status, address, digest, obtained_on, checked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (company, provider) DO UPDATE SET number = excluded.number, name = excluded.name,
  status = excluded.status, address = excluded.address, digest = excluded.digest,
  obtained_on = excluded.obtained_on, checked_at = excluded.checked_at;

-- name: list_open_of_company
SELECT id, field, present, offered, reason FROM register_proposals
WHERE company = $1 AND provider = $2 AND state = 'open' ORDER BY id;

-- name: is_rejected
SELECT 1 FROM register_proposals WHERE company = $1 AND provider = $2 AND field = $3
  AND state = 'rejected' AND offered = $4 LIMIT 1;

-- name: add_proposal
INSERT INTO register_proposals (company, field, provider, present, offered, reason, state, obtained_on, found_at)
VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8) ON CONFLICT DO NOTHING;

-- name: renew_proposal
UPDATE register_proposals SET present = $2, offered = $3, reason = $4, obtained_on = $5, found_at = $6
WHERE id = $1 AND state = 'open';

-- name: close_proposal
UPDATE register_proposals SET state = 'gone', decided_at = $2 WHERE id = $1 AND state = 'open';

-- name: get_proposal
SELECT id, company, field, provider, present, offered, reason, state, obtained_on FROM register_proposals
WHERE id = $1;

-- name: decide_proposal
UPDATE register_proposals SET state = $2, decided_at = $3, decided_by = $4, batch = $5
WHERE id = $1 AND state = 'open';

-- name: reopen_proposal
UPDATE register_proposals SET state = 'open', decided_at = NULL, decided_by = NULL
WHERE id = $1 AND state = 'rejected' AND NOT EXISTS (SELECT 1 FROM register_proposals o
  WHERE o.company = register_proposals.company AND o.provider = register_proposals.provider
    AND o.field = register_proposals.field AND o.state = 'open');

-- name: newest_proposal
SELECT coalesce(max(id), 0) FROM register_proposals;

-- name: add_event
INSERT INTO register_events (company, provider, kind, before_text, after_text, happened_on, found_at, task)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: remove_checks_of_company
DELETE FROM register_checks WHERE company = $1;

-- name: remove_proposals_of_company
DELETE FROM register_proposals WHERE company = $1;

-- name: remove_events_of_company
DELETE FROM register_events WHERE company = $1;

-- name: forget_task
UPDATE register_events SET task = NULL WHERE task = $1;
