-- SPDX-License-Identifier: Apache-2.0
-- Which change set added or removed a member, so that it can be taken back as a whole. 0: none.
ALTER TABLE selection_members ADD COLUMN joined_batch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE selection_members ADD COLUMN left_batch BIGINT NOT NULL DEFAULT 0;
CREATE INDEX selection_members_joined_batch ON selection_members (joined_batch, record_id)
  WHERE joined_batch <> 0;
CREATE INDEX selection_members_left_batch ON selection_members (left_batch, record_id)
  WHERE left_batch <> 0;

-- Dynamic and combined selections that keep their history have rows in selection_members too: who
-- came and went between one look and the next. Here is when one looked.
CREATE TABLE selection_snapshots (
  selection BIGINT PRIMARY KEY REFERENCES selections (id) ON DELETE CASCADE,
  first_taken_at BIGINT NOT NULL DEFAULT 0,
  taken_at BIGINT NOT NULL DEFAULT 0,
  members BIGINT NOT NULL DEFAULT 0,
  outcome {exact} NOT NULL DEFAULT ''
);

CREATE TABLE selection_favourites (
  selection BIGINT NOT NULL REFERENCES selections (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (selection, user_id)
);
