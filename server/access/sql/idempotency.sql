-- SPDX-License-Identifier: Apache-2.0
-- name: claim_idempotency_key
INSERT INTO idempotency_keys (user_id, key_hash, request_hash, created_at)
VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, key_hash) DO NOTHING;

-- name: find_idempotency_key
SELECT request_hash, status, type, headers, reply FROM idempotency_keys
WHERE user_id = $1 AND key_hash = $2;

-- name: store_idempotent_reply
UPDATE idempotency_keys SET status = $3, type = $4, headers = $5, reply = $6
WHERE user_id = $1 AND key_hash = $2;

-- name: release_idempotency_key
DELETE FROM idempotency_keys WHERE user_id = $1 AND key_hash = $2;

-- name: remove_old_idempotency_keys
DELETE FROM idempotency_keys WHERE created_at < $1;
