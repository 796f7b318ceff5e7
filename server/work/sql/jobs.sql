-- SPDX-License-Identifier: Apache-2.0
-- name: create_job
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input, created_key)
VALUES ($1, 'waiting', $2, $3, $4, $5, $6) RETURNING id;

-- name: create_schedule
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input, schedule)
VALUES ($1, 'waiting', 0, $2, $3, '{}', $1) ON CONFLICT (schedule) DO NOTHING;

-- name: get_job
SELECT id, kind, status, created_by, created_at, run_at, attempts, progress_done, progress_total,
       input, state, result, error_code, created_key FROM jobs WHERE id = $1;

-- name: list_jobs
SELECT id, kind, status, created_by, created_at, run_at, attempts, progress_done, progress_total,
       input, state, result, error_code, created_key FROM jobs WHERE id < $1 ORDER BY id DESC LIMIT $2;

-- name: list_jobs_of_user
SELECT id, kind, status, created_by, created_at, run_at, attempts, progress_done, progress_total,
       input, state, result, error_code, created_key FROM jobs
WHERE created_by = $3 AND id < $1 ORDER BY id DESC LIMIT $2;

-- name: has_due_job
SELECT 1 FROM jobs WHERE instr($2, ',' || kind || ',') > 0
  AND ((status = 'waiting' AND run_at <= $1) OR (status = 'running' AND lease_until < $1)) LIMIT 1;
-- name: has_due_job [postgres]
SELECT 1 FROM jobs WHERE strpos($2, ',' || kind || ',') > 0
  AND ((status = 'waiting' AND run_at <= $1) OR (status = 'running' AND lease_until < $1)) LIMIT 1;

-- name: claim_job
UPDATE jobs SET status = 'running', lease = $3, lease_until = $4, attempts = attempts + 1
WHERE id = (SELECT id FROM jobs WHERE instr($2, ',' || kind || ',') > 0
    AND ((status = 'waiting' AND run_at <= $1) OR (status = 'running' AND lease_until < $1))
  ORDER BY run_at, id LIMIT 1)
RETURNING id, kind, status, created_by, created_at, run_at, attempts, progress_done,
          progress_total, input, state, result, error_code, created_key;
-- name: claim_job [postgres]
UPDATE jobs SET status = 'running', lease = $3, lease_until = $4, attempts = attempts + 1
WHERE id = (SELECT id FROM jobs WHERE strpos($2, ',' || kind || ',') > 0
    AND ((status = 'waiting' AND run_at <= $1) OR (status = 'running' AND lease_until < $1))
  ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, status, created_by, created_at, run_at, attempts, progress_done,
          progress_total, input, state, result, error_code, created_key;

-- name: renew_lease
UPDATE jobs SET lease_until = $3 WHERE id = $1 AND lease = $2 RETURNING status;

-- name: save_job_state
UPDATE jobs SET state = $3, progress_done = $4, progress_total = $5, attempts = 1
WHERE id = $1 AND lease = $2;

-- name: end_job
UPDATE jobs SET status = $3, result = $4, error_code = $5, ended_at = $6, lease = ''
WHERE id = $1 AND lease = $2 AND status = 'running';

-- name: retry_job
UPDATE jobs SET status = 'waiting', run_at = $3, error_code = $4, lease = ''
WHERE id = $1 AND lease = $2 AND status = 'running';

-- name: release_job
UPDATE jobs SET status = 'waiting', attempts = attempts - 1, lease = ''
WHERE id = $1 AND lease = $2 AND status = 'running';

-- name: drop_lease
UPDATE jobs SET lease = '' WHERE id = $1 AND lease = $2;

-- name: repeat_job
UPDATE jobs SET status = 'waiting', run_at = $3, result = $4, error_code = $5, attempts = 0,
  state = '{}', progress_done = 0, progress_total = 0, lease = ''
WHERE id = $1 AND lease = $2 AND status = 'running' AND schedule IS NOT NULL;

-- name: cancel_job
UPDATE jobs SET status = 'cancelled', ended_at = $2, schedule = NULL
WHERE id = $1 AND status IN ('waiting', 'running', 'paused');

-- name: pause_job
UPDATE jobs SET status = 'paused' WHERE id = $1 AND status IN ('waiting', 'running');

-- name: resume_job
UPDATE jobs SET status = 'waiting', run_at = $2, attempts = 0, error_code = '', lease = '',
  ended_at = NULL
WHERE id = $1 AND status IN ('paused', 'failed');

-- name: erase_ended_jobs
DELETE FROM jobs WHERE ended_at < $1;
