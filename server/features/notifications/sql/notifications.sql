-- SPDX-License-Identifier: Apache-2.0
-- name: is_wanted
SELECT 1 FROM users u WHERE u.id = $1 AND u.active = 1 AND u.archived_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM notification_choices c
    WHERE c.user_id = u.id AND c.kind = $2 AND c.in_app = 0);

-- name: find_alike
-- One that was not read yet, of the same kind by the same user, which a later one adds to; record
-- 0: of any record of the type.
SELECT id, params FROM notifications WHERE user_id = $1 AND read_at IS NULL AND kind = $2
  AND by_user = $3 AND record_type = $4 AND at >= $5 AND (record_id = $6 OR $6 = 0)
ORDER BY id DESC LIMIT 1;

-- name: add
INSERT INTO notifications (user_id, kind, at, record_type, record_id, by_user, params, once_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING;

-- name: remove
DELETE FROM notifications WHERE id = $1;

-- name: types_of_user
SELECT DISTINCT record_type FROM notifications WHERE user_id = $1 AND record_type IS NOT NULL;

-- name: set_read
UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND id = $2;

-- name: set_read_until
UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND read_at IS NULL AND at <= $2;

-- name: remove_before
DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE at < $1 ORDER BY at LIMIT $2);

-- name: remove_of_record
DELETE FROM notifications WHERE record_type = $1 AND record_id = $2;

-- name: remove_of_user
DELETE FROM notifications WHERE user_id = $1;

-- name: list_choices
SELECT kind, in_app FROM notification_choices WHERE user_id = $1 ORDER BY kind;

-- name: save_choice
INSERT INTO notification_choices (user_id, kind, in_app) VALUES ($1, $2, $3)
ON CONFLICT (user_id, kind) DO UPDATE SET in_app = excluded.in_app;

-- name: remove_choices
DELETE FROM notification_choices WHERE user_id = $1;

-- name: find_watch
SELECT since FROM record_watches WHERE record_type = $1 AND record_id = $2 AND user_id = $3;

-- name: add_watch
INSERT INTO record_watches (record_type, record_id, user_id, since) VALUES ($1, $2, $3, $4)
ON CONFLICT (record_type, record_id, user_id) DO NOTHING;

-- name: count_watches
SELECT count(*) FROM record_watches WHERE user_id = $1;

-- name: remove_watch
DELETE FROM record_watches WHERE record_type = $1 AND record_id = $2 AND user_id = $3;

-- name: types_of_watches
SELECT DISTINCT record_type FROM record_watches WHERE user_id = $1;

-- name: list_watchers
SELECT user_id FROM record_watches WHERE record_type = $1 AND record_id = $2 ORDER BY user_id;

-- name: remove_watches_of_record
DELETE FROM record_watches WHERE record_type = $1 AND record_id = $2;

-- name: remove_watches_of_user
DELETE FROM record_watches WHERE user_id = $1;

-- name: list_invited
SELECT user_id FROM activity_participants WHERE activity = $1 AND answer <> 'declined' ORDER BY user_id;

-- name: list_attending
-- Those and the owner.
SELECT user_id FROM activity_participants WHERE activity = $1 AND answer <> 'declined'
UNION SELECT owner FROM activities WHERE id = $1 AND owner IS NOT NULL;

-- name: list_coming
SELECT user_id FROM activity_participants WHERE activity = $1 AND answer = 'accepted' ORDER BY user_id;

-- name: is_divided
-- Whether that version of an activity came with a change of an occurrence that made another record.
SELECT 1 FROM history h JOIN batches b ON b.id = h.batch
WHERE h.record_type = 'activity' AND h.record_id = $1 AND h.version = $2 AND b.kind = 'occurrence'
  AND EXISTS (SELECT 1 FROM history made WHERE made.batch = h.batch AND made.action = 'create');

-- name: time_zone_of
SELECT coalesce(time_zone, '') FROM users WHERE id = $1;

-- name: find_reminder
SELECT moment, reminded FROM activity_reminders WHERE activity = $1;

-- name: save_reminder
INSERT INTO activity_reminders (activity, due_at, moment, reminded) VALUES ($1, $2, $3, $4)
ON CONFLICT (activity) DO UPDATE SET due_at = excluded.due_at, moment = excluded.moment,
  reminded = excluded.reminded;

-- name: remove_reminder
DELETE FROM activity_reminders WHERE activity = $1;

-- name: has_due
SELECT 1 FROM activity_reminders WHERE due_at <= $1 LIMIT 1;

-- name: list_due
SELECT activity, due_at, moment FROM activity_reminders WHERE due_at <= $1 ORDER BY due_at, activity LIMIT $2;

-- name: list_due [postgres]
SELECT activity, due_at, moment FROM activity_reminders WHERE due_at <= $1 ORDER BY due_at, activity LIMIT $2
FOR UPDATE SKIP LOCKED;

-- name: read_remindable
SELECT id, owner, kind, status, starts_at, ends_at, all_day, due_on, reminder_minutes, recurrence,
  recurrence_zone, recurrence_except
FROM activities WHERE id = $1 AND archived_at IS NULL AND reminder_minutes IS NOT NULL;

-- name: list_unplanned
SELECT a.id FROM activities a WHERE a.id > $1 AND a.reminder_minutes IS NOT NULL AND a.archived_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM activity_reminders r WHERE r.activity = a.id)
ORDER BY a.id LIMIT $2;

-- name: forget_plans_of_owner
-- Of what counts from a time of day where the owner is.
DELETE FROM activity_reminders WHERE due_at IS NOT NULL AND activity IN (
  SELECT a.id FROM activities a WHERE a.owner = $1 AND coalesce(a.recurrence, '') = ''
    AND (a.all_day = 1 OR a.due_on IS NOT NULL));

-- name: list_ended_jobs
SELECT id, kind, status, created_by, ended_at, input FROM jobs
WHERE ended_at >= $1 AND created_by <> 0 AND status IN ('done', 'failed')
  AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.once_key = 'job:' || jobs.id || ':' || jobs.ended_at)
ORDER BY ended_at, id LIMIT $2;
