-- SPDX-License-Identifier: Apache-2.0
-- name: find_sign_in
SELECT u.id, u.email, u.name, c.password_hash, c.totp_enabled, c.totp_secret, c.totp_last_step
FROM users u JOIN credentials c ON c.user_id = u.id
WHERE u.email_f = $1 AND u.active = 1 AND u.archived_at IS NULL;

-- name: find_credentials
SELECT password_hash, totp_enabled, totp_secret, totp_last_step, password_changed_at
FROM credentials WHERE user_id = $1;

-- name: set_password
INSERT INTO credentials (user_id, password_hash, password_changed_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash,
  password_changed_at = excluded.password_changed_at;

-- name: rehash_password
UPDATE credentials SET password_hash = $2 WHERE user_id = $1 AND password_hash = $3;

-- name: offer_totp
UPDATE credentials SET totp_secret = $2, totp_last_step = 0
WHERE user_id = $1 AND totp_enabled = 0;

-- name: enable_totp
UPDATE credentials SET totp_enabled = 1, totp_last_step = $2
WHERE user_id = $1 AND totp_enabled = 0 AND totp_secret IS NOT NULL;

-- name: disable_totp
UPDATE credentials SET totp_enabled = 0, totp_secret = NULL, totp_last_step = 0
WHERE user_id = $1;

-- name: use_totp_step
UPDATE credentials SET totp_last_step = $2 WHERE user_id = $1 AND totp_last_step < $2;

-- name: remove_recovery_codes
DELETE FROM recovery_codes WHERE user_id = $1;

-- name: add_recovery_code
INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2);

-- name: use_recovery_code
UPDATE recovery_codes SET used_at = $3
WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL;

-- name: create_session
INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at, expires_at, user_agent, remote)
VALUES ($1, $2, $3, $3, $4, $5, $6) RETURNING id;

-- name: list_sessions
SELECT id, created_at, last_seen_at, expires_at, user_agent, remote FROM sessions
WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3
  AND (last_seen_at < $5 OR (last_seen_at = $5 AND id < $4) OR $4 = 0)
ORDER BY last_seen_at DESC, id DESC LIMIT $6;

-- name: find_session_place
-- Also of one that has ended since: the list goes on behind it.
SELECT last_seen_at FROM sessions WHERE id = $1 AND user_id = $2;

-- name: revoke_session
UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL;

-- name: revoke_session_of_token
UPDATE sessions SET revoked_at = $3 WHERE token_hash = $1 AND user_id = $2 AND revoked_at IS NULL;

-- name: revoke_other_sessions
UPDATE sessions SET revoked_at = $3 WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL;

-- name: remove_old_sessions
DELETE FROM sessions WHERE expires_at < $1;

-- name: create_key
INSERT INTO api_keys (token_hash, prefix, user_id, name, scopes, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id;

-- name: list_keys
SELECT id, prefix, name, scopes, created_at, expires_at, last_used_at FROM api_keys
WHERE user_id = $1 AND revoked_at IS NULL AND (id < $2 OR $2 = 0) ORDER BY id DESC LIMIT $3;

-- name: has_key
-- Also one that has ended since: the list goes on behind it.
SELECT 1 FROM api_keys WHERE id = $1 AND user_id = $2;

-- name: revoke_key
UPDATE api_keys SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL;

-- name: revoke_keys_of_user
UPDATE api_keys SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL;

-- name: create_link
INSERT INTO access_links (token_hash, kind, user_id, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5);

-- name: retire_links
UPDATE access_links SET used_at = $3 WHERE kind = $1 AND user_id = $2 AND used_at IS NULL;

-- name: find_link
SELECT user_id FROM access_links
WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3;

-- name: use_link
UPDATE access_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL;

-- name: remove_old_links
DELETE FROM access_links WHERE expires_at < $1;

-- name: has_active_user
-- Also one who has yet to choose a password: there is a link for it, and set-up is over.
SELECT 1 FROM users WHERE active = 1 AND archived_at IS NULL LIMIT 1;

-- name: charge_throttle
INSERT INTO sign_in_throttle AS t (key, failures, blocked_until, updated_at) VALUES ($1, 1, 0, $2)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN t.updated_at < $3 THEN 1 ELSE t.failures + 1 END, updated_at = $2
RETURNING failures;

-- name: find_throttle
SELECT blocked_until FROM sign_in_throttle WHERE key = $1;

-- name: block_throttle
UPDATE sign_in_throttle SET blocked_until = $2 WHERE key = $1;

-- name: clear_throttle
DELETE FROM sign_in_throttle WHERE key = $1;

-- name: refund_throttle
UPDATE sign_in_throttle SET failures = failures - 1
WHERE key = $1 AND failures > 0;

-- name: remove_old_throttles
DELETE FROM sign_in_throttle WHERE updated_at < $1;
