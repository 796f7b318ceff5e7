-- SPDX-License-Identifier: Apache-2.0
-- name: add_participant
INSERT INTO activity_participants (activity, user_id, answer, answered_at, invited_at, invited_by)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (activity, user_id) DO NOTHING;

-- name: copy_participants
INSERT INTO activity_participants (activity, user_id, answer, answered_at, invited_at, invited_by)
SELECT $2, p.user_id, p.answer, p.answered_at, p.invited_at, p.invited_by
FROM activity_participants p WHERE p.activity = $1 ON CONFLICT (activity, user_id) DO NOTHING;

-- name: copy_participants [postgres]
INSERT INTO activity_participants (activity, user_id, answer, answered_at, invited_at, invited_by)
SELECT $2::bigint, p.user_id, p.answer, p.answered_at, p.invited_at, p.invited_by
FROM activity_participants p WHERE p.activity = $1 ON CONFLICT (activity, user_id) DO NOTHING;

-- name: remove_participant
DELETE FROM activity_participants WHERE activity = $1 AND user_id = $2;

-- name: remove_participants
DELETE FROM activity_participants WHERE activity = $1;

-- name: forget_user
DELETE FROM activity_participants WHERE user_id = $1;

-- name: answer
UPDATE activity_participants SET answer = $3, answered_at = $4 WHERE activity = $1 AND user_id = $2;

-- name: ask_again
UPDATE activity_participants SET answer = 'invited', answered_at = NULL
WHERE activity = $1 AND answer <> 'invited';

-- name: is_active_user
SELECT 1 FROM users WHERE id = $1 AND active = 1 AND archived_at IS NULL;

-- name: list_group
SELECT u.id FROM users u WHERE u.active = 1 AND u.archived_at IS NULL AND (u.primary_group = $1
  OR EXISTS (SELECT 1 FROM user_groups g WHERE g.user_id = u.id AND g.group_id = $1))
ORDER BY u.name, u.id LIMIT $2;

-- name: list_replacements
SELECT id, occurrence_at FROM activities WHERE recurrence_of = $1 AND archived_at IS NULL
  AND occurrence_at >= $2 ORDER BY id LIMIT $3;

-- name: find_feed
SELECT made_at FROM diary_feeds WHERE user_id = $1;

-- name: save_feed
INSERT INTO diary_feeds (user_id, secret_hash, made_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET secret_hash = excluded.secret_hash, made_at = excluded.made_at;

-- name: remove_feed
DELETE FROM diary_feeds WHERE user_id = $1;

-- name: find_feed_of_secret
SELECT user_id FROM diary_feeds WHERE secret_hash = $1;

-- name: find_group
SELECT coalesce(primary_group, 0) FROM users WHERE id = $1;
