-- SPDX-License-Identifier: Apache-2.0
-- name: name_of_user
SELECT name FROM users WHERE id = $1;

-- name: name_of_group
SELECT name FROM groups WHERE id = $1;

-- name: is_active_user
SELECT 1 FROM users WHERE id = $1 AND active = 1 AND archived_at IS NULL;

-- name: get
-- Of those that the user set up or receives; administrators ($3 = 1) see everybody's.
SELECT s.id, s.version, s.owner, s.dashboard, s.tile, s.filters, s.paper, s.subject, s.message,
  s.frequency, s.days, s.minute, s.zone, s.is_on, s.next_at, coalesce(u.name, '')
FROM report_subscriptions s LEFT JOIN users u ON u.id = s.owner
WHERE s.id = $1 AND ($3 = 1 OR s.owner = $2 OR EXISTS (SELECT 1 FROM report_receivers r
  WHERE r.subscription = s.id AND r.user_id = $2));

-- name: list
SELECT s.id, s.version, s.owner, s.dashboard, s.tile, s.filters, s.paper, s.subject, s.message,
  s.frequency, s.days, s.minute, s.zone, s.is_on, s.next_at, coalesce(u.name, '')
FROM report_subscriptions s LEFT JOIN users u ON u.id = s.owner
WHERE s.id > $1 AND (s.dashboard = $3 OR $3 = 0) AND (s.owner = $2 OR EXISTS (
  SELECT 1 FROM report_receivers r WHERE r.subscription = s.id AND r.user_id = $2))
ORDER BY s.id LIMIT $4;

-- name: count_owned
SELECT count(*) FROM report_subscriptions WHERE owner = $1;

-- name: create
INSERT INTO report_subscriptions (owner, dashboard, tile, filters, paper, subject, message, frequency,
  days, minute, zone, is_on, next_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14);

-- name: update
UPDATE report_subscriptions SET tile = $2, filters = $3, paper = $4, subject = $5, message = $6,
  frequency = $7, days = $8, minute = $9, zone = $10, is_on = $11, next_at = $12, updated_at = $13,
  version = version + 1
WHERE id = $1;

-- name: remove
DELETE FROM report_subscriptions WHERE id = $1;

-- name: list_receivers
SELECT r.user_id, coalesce(u.name, ''), r.unsubscribed_at,
  CASE WHEN u.active = 1 AND u.archived_at IS NULL THEN 1 ELSE 0 END
FROM report_receivers r LEFT JOIN users u ON u.id = r.user_id
WHERE r.subscription = $1 ORDER BY r.user_id;

-- name: add_receiver
INSERT INTO report_receivers (subscription, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: remove_receiver
DELETE FROM report_receivers WHERE subscription = $1 AND user_id = $2;

-- name: set_unsubscribed
UPDATE report_receivers SET unsubscribed_at = $3 WHERE subscription = $1 AND user_id = $2;

-- name: is_wanted
-- Whether the user still is to get it. What one sends to oneself by hand needs no row of receivers.
SELECT 1 FROM report_subscriptions s JOIN users u ON u.id = $2 AND u.active = 1 AND u.archived_at IS NULL
WHERE s.id = $1 AND NOT EXISTS (SELECT 1 FROM report_receivers r
  WHERE r.subscription = s.id AND r.user_id = u.id AND r.unsubscribed_at IS NOT NULL);

-- name: has_due
SELECT 1 FROM report_subscriptions WHERE next_at <= $1 LIMIT 1;

-- name: list_due
SELECT id, owner, frequency, days, minute, zone, next_at FROM report_subscriptions
WHERE next_at <= $1 ORDER BY next_at, id LIMIT $2;

-- name: list_due [postgres]
SELECT id, owner, frequency, days, minute, zone, next_at FROM report_subscriptions
WHERE next_at <= $1 ORDER BY next_at, id LIMIT $2 FOR UPDATE SKIP LOCKED;

-- name: set_next
UPDATE report_subscriptions SET next_at = $2 WHERE id = $1;

-- name: switch_off
UPDATE report_subscriptions SET is_on = 0, next_at = NULL, version = version + 1 WHERE id = $1;

-- name: add_deliveries
-- For everybody who wants it and is still here.
INSERT INTO report_deliveries (subscription, user_id, occasion, state, next_try_at, created_at)
SELECT r.subscription, r.user_id, $2, 'waiting', $3, $3
FROM report_receivers r JOIN users u ON u.id = r.user_id AND u.active = 1 AND u.archived_at IS NULL
WHERE r.subscription = $1 AND r.unsubscribed_at IS NULL
ON CONFLICT DO NOTHING;

-- name: add_deliveries [postgres]
INSERT INTO report_deliveries (subscription, user_id, occasion, state, next_try_at, created_at)
SELECT r.subscription, r.user_id, $2::bigint, 'waiting', $3::bigint, $3::bigint
FROM report_receivers r JOIN users u ON u.id = r.user_id AND u.active = 1 AND u.archived_at IS NULL
WHERE r.subscription = $1 AND r.unsubscribed_at IS NULL
ON CONFLICT DO NOTHING;

-- name: add_delivery
INSERT INTO report_deliveries (subscription, user_id, occasion, state, next_try_at, created_at)
VALUES ($1, $2, $3, 'waiting', $3, $3) ON CONFLICT DO NOTHING;

-- name: count_sent_by_hand
SELECT count(*) FROM report_deliveries WHERE subscription = $1 AND user_id = $2 AND created_at >= $3;

-- name: list_deliveries
-- Newest first; $4 = 1: of all receivers, else the user's own.
SELECT d.id, d.user_id, coalesce(u.name, ''), d.occasion, d.state, d.attempts, d.error_code,
  d.next_try_at, d.ended_at
FROM report_deliveries d LEFT JOIN users u ON u.id = d.user_id
WHERE d.subscription = $1 AND d.id < $2 AND ($4 = 1 OR d.user_id = $3)
ORDER BY d.id DESC LIMIT $5;

-- name: last_delivery
SELECT d.state, d.occasion, d.error_code FROM report_deliveries d
WHERE d.subscription = $1 AND ($3 = 1 OR d.user_id = $2) ORDER BY d.id DESC LIMIT 1;

-- name: has_due_delivery
SELECT 1 FROM report_deliveries WHERE next_try_at <= $1 LIMIT 1;

-- name: find_due_delivery
SELECT id, subscription, user_id, occasion, state, attempts FROM report_deliveries
WHERE next_try_at <= $1 ORDER BY next_try_at, id LIMIT 1;

-- name: find_due_delivery [postgres]
SELECT id, subscription, user_id, occasion, state, attempts FROM report_deliveries
WHERE next_try_at <= $1 ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: take_delivery
UPDATE report_deliveries SET state = 'preparing', attempts = attempts + 1, lease = $2, next_try_at = $3
WHERE id = $1;

-- name: keep_delivery
-- Of the run that has it: nothing changes when another one took it over.
UPDATE report_deliveries SET state = $3, next_try_at = $4 WHERE id = $1 AND lease = $2;

-- name: end_delivery
UPDATE report_deliveries SET state = $3, error_code = $4, next_try_at = NULL, lease = NULL, ended_at = $5
WHERE id = $1 AND lease = $2;

-- name: retry_delivery
UPDATE report_deliveries SET state = 'waiting', error_code = $3, next_try_at = $4, lease = NULL
WHERE id = $1 AND lease = $2;

-- name: remove_waiting
-- Of a subscription that is switched off: nobody waits for it any more.
DELETE FROM report_deliveries WHERE subscription = $1 AND state = 'waiting';

-- name: remove_waiting_of
-- Of a receiver whom the owner has taken out.
DELETE FROM report_deliveries WHERE subscription = $1 AND user_id = $2 AND state = 'waiting';

-- name: give_up_delivery
-- One that no run has any more.
UPDATE report_deliveries SET state = $2, error_code = $3, next_try_at = NULL, lease = NULL, ended_at = $4
WHERE id = $1;

-- name: remove_old_deliveries
DELETE FROM report_deliveries WHERE id IN (SELECT id FROM report_deliveries
  WHERE created_at < $1 AND next_try_at IS NULL ORDER BY created_at LIMIT $2);

-- name: remove_of_owner
DELETE FROM report_subscriptions WHERE owner = $1;

-- name: remove_receivers_of_user
DELETE FROM report_receivers WHERE user_id = $1;

-- name: remove_deliveries_of_user
DELETE FROM report_deliveries WHERE user_id = $1;
