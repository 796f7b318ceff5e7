-- SPDX-License-Identifier: Apache-2.0
-- name: add_alert
INSERT INTO tile_alerts (user_id, dashboard, tile, measure, condition, value, filters, is_beyond,
  number, base, created_at, is_paused)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id;

-- name: list_alerts
SELECT id, user_id, dashboard, tile, measure, condition, value, filters, is_paused, is_beyond,
  number, base, checked_at, fired_at, fired_count
FROM tile_alerts WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: get_alert
SELECT id, user_id, dashboard, tile, measure, condition, value, filters, is_paused, is_beyond,
  number, base, checked_at, fired_at, fired_count
FROM tile_alerts WHERE user_id = $1 AND id = $2;

-- name: list_awake_alerts
-- Of all users, those of one after the other.
SELECT id, user_id, dashboard, tile, measure, condition, value, filters, is_paused, is_beyond,
  number, base, checked_at, fired_at, fired_count
FROM tile_alerts WHERE is_paused = 0 ORDER BY user_id, id;

-- name: count_alerts
SELECT count(*) FROM tile_alerts WHERE user_id = $1;

-- name: change_alert
-- It counts from now on as if it were new, and is looked at as soon as something changes.
UPDATE tile_alerts SET condition = $3, value = $4, is_paused = $5, is_beyond = $6, number = $7,
  base = $8, checked_at = 0 WHERE user_id = $1 AND id = $2;

-- name: remove_alert
DELETE FROM tile_alerts WHERE user_id = $1 AND id = $2;

-- name: remove_alerts_of_user
DELETE FROM tile_alerts WHERE user_id = $1;

-- name: claim_alert
UPDATE tile_alerts SET checked_at = $3 WHERE id = $1 AND checked_at = $2 AND is_paused = 0;

-- name: keep_alert_state
-- Without effect when somebody changed the alert meanwhile.
UPDATE tile_alerts SET is_beyond = $3, number = $4, base = $5, fired_at = $6, fired_count = $7
WHERE id = $1 AND checked_at = $2 AND is_paused = 0;
