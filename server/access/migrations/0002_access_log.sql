-- SPDX-License-Identifier: Apache-2.0
-- Who saw what. On SQLite the rows live in a file of their own (access_log.db), so that a read never
-- waits for the writer of the records; the table of the same name in the main file stays empty.
-- A hash covers the one before it and content_hash; content_hash covers salt and content. So the
-- content of a row can be destroyed (with its salt) and the chain still verifies.

CREATE TABLE access_log (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  session BIGINT NOT NULL,
  purpose {exact} NOT NULL,
  action {exact} NOT NULL,
  record_type {exact} NOT NULL,
  ids TEXT NOT NULL,
  count BIGINT NOT NULL,
  route TEXT NOT NULL,
  query_shape TEXT NOT NULL,
  remote TEXT NOT NULL,
  call_id {exact} NOT NULL,
  salt {exact},
  content_hash {exact} NOT NULL,
  hash {exact} NOT NULL
);
CREATE INDEX access_log_user ON access_log(user_id, id);
CREATE INDEX access_log_at ON access_log(at);

CREATE TABLE access_log_head (
  one BIGINT PRIMARY KEY,
  last_id BIGINT NOT NULL,
  hash {exact} NOT NULL
);
INSERT INTO access_log_head (one, last_id, hash) VALUES (1, 0, '');
