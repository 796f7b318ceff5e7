-- SPDX-License-Identifier: Apache-2.0
-- A named set of records. `filter` is that of a dynamic one, `operation`, `first` and `second` that
-- of a combined one; groups are JSON.
CREATE TABLE selections (
  id {id},
  version BIGINT NOT NULL DEFAULT 1,
  name {sorted} NOT NULL,
  name_f {exact} NOT NULL,
  record_type {exact} NOT NULL,
  kind {exact} NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  owner BIGINT NOT NULL,
  visible_for {exact} NOT NULL DEFAULT 'me',
  groups TEXT NOT NULL DEFAULT '[]',
  completed BIGINT NOT NULL DEFAULT 0,
  filter TEXT NOT NULL DEFAULT '',
  operation {exact} NOT NULL DEFAULT '',
  first BIGINT NOT NULL DEFAULT 0,
  second BIGINT NOT NULL DEFAULT 0,
  keeps_history BIGINT NOT NULL DEFAULT 0,
  retention_days BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX selections_owner ON selections (owner);

-- Who is, and who was, in a hand-kept selection. left_at 0: still there.
CREATE TABLE selection_members (
  selection BIGINT NOT NULL REFERENCES selections (id) ON DELETE CASCADE,
  record_id BIGINT NOT NULL,
  left_at BIGINT NOT NULL DEFAULT 0,
  joined_at BIGINT NOT NULL,
  joined_by BIGINT NOT NULL,
  PRIMARY KEY (selection, left_at, record_id)
);
CREATE INDEX selection_members_record ON selection_members (record_id, selection);

CREATE TABLE selection_visits (
  selection BIGINT NOT NULL REFERENCES selections (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL,
  visited_at BIGINT NOT NULL,
  PRIMARY KEY (selection, user_id)
);
