-- SPDX-License-Identifier: Apache-2.0
-- name: list_settings
SELECT key, value FROM settings ORDER BY key;
-- name: save_setting
INSERT INTO settings(key, value, updated_at, updated_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by;
-- name: add_setting_once
INSERT INTO settings(key, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING;
-- name: count_revision
INSERT INTO settings(key, value, updated_at) VALUES ('dictionary_revision', '1', $1)
ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT), updated_at = excluded.updated_at;
-- name: add_setting_change
INSERT INTO settings_history(at, actor, actor_kind, key, old_value, new_value) VALUES ($1, $2, $3, $4, $5, $6);
-- name: list_setting_changes
SELECT h.id, h.at, h.actor, u.name, h.actor_kind, h.key, h.old_value, h.new_value
FROM settings_history h LEFT JOIN users u ON u.id = h.actor WHERE h.id < $1 ORDER BY h.id DESC LIMIT $2;
-- name: list_rates
SELECT id, currency, base, valid_from, rate, updated_at FROM exchange_rates ORDER BY currency, base, valid_from DESC;
-- name: list_rates_after
SELECT r.id, r.currency, r.base, r.valid_from, r.rate, r.updated_at
FROM exchange_rates r LEFT JOIN exchange_rates c ON c.id = $1
WHERE $1 = 0 OR r.currency > c.currency OR (r.currency = c.currency
  AND (r.base > c.base OR (r.base = c.base AND r.valid_from < c.valid_from)))
ORDER BY r.currency, r.base, r.valid_from DESC LIMIT $2;
-- name: get_rate
SELECT currency, base, valid_from, rate FROM exchange_rates WHERE id = $1;
-- name: find_rate
SELECT id, rate FROM exchange_rates WHERE currency = $1 AND base = $2 AND valid_from = $3;
-- name: save_rate
INSERT INTO exchange_rates(currency, base, valid_from, rate, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (currency, base, valid_from) DO UPDATE SET rate = excluded.rate, updated_at = excluded.updated_at, updated_by = excluded.updated_by;
-- name: remove_rate
DELETE FROM exchange_rates WHERE id = $1;
