-- SPDX-License-Identifier: Apache-2.0
-- What a user is told. `params` says what a sentence needs and no value of a record; the record's
-- name is read when the list is, by whoever reads it. `once_key` keeps what is told by several
-- nodes, or again after a restart, from being told twice.
CREATE TABLE notifications (
  id {id},
  user_id BIGINT NOT NULL,
  kind {exact} NOT NULL,
  at BIGINT NOT NULL,
  read_at BIGINT,
  record_type {exact},
  record_id BIGINT,
  by_user BIGINT,
  params TEXT NOT NULL DEFAULT '{}',
  once_key {exact}
);
CREATE INDEX notifications_user ON notifications (user_id, id);
CREATE INDEX notifications_unread ON notifications (user_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_record ON notifications (record_type, record_id);
CREATE INDEX notifications_at ON notifications (at);
CREATE UNIQUE INDEX notifications_once ON notifications (once_key);

-- What a user has switched off, or on again; a kind without a row is on.
CREATE TABLE notification_choices (
  user_id BIGINT NOT NULL,
  kind {exact} NOT NULL,
  in_app BIGINT NOT NULL,
  PRIMARY KEY (user_id, kind)
);

-- Who wants to know of changes of which record.
CREATE TABLE record_watches (
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (record_type, record_id, user_id)
);
CREATE INDEX record_watches_user ON record_watches (user_id);

-- When an activity with a reminder reminds next: at `due_at`, of the occurrence that counts from
-- `moment`. Both are empty when there is nothing left to remind of. `reminded` is the moment of the
-- last occurrence that was.
CREATE TABLE activity_reminders (
  activity BIGINT PRIMARY KEY,
  due_at BIGINT,
  moment BIGINT,
  reminded BIGINT
);
CREATE INDEX activity_reminders_due ON activity_reminders (due_at);

-- Appointments that had a reminder before anything reminded are planned in the background.
{only sqlite}
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input)
SELECT 'reminder_plan', 'waiting', 0, t.made_at, t.made_at, '{}'
FROM (SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS made_at) t
WHERE EXISTS (SELECT 1 FROM search_entries);
{end}
{only postgres}
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input)
SELECT 'reminder_plan', 'waiting', 0, t.made_at, t.made_at, '{}'
FROM (SELECT CAST(extract(epoch FROM now()) * 1000 AS BIGINT) AS made_at) t
WHERE EXISTS (SELECT 1 FROM search_entries);
{end}
