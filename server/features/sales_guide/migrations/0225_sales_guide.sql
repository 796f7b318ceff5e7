-- SPDX-License-Identifier: Apache-2.0
-- The sales guide as an administrator made it: one row. content: JSON; '' is the guide that comes
-- with the program.
CREATE TABLE sales_guide (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 0,
  content TEXT NOT NULL DEFAULT '',
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);

-- What became of a suggestion for one sale. state: done, skipped, created; activity: what was
-- created.
CREATE TABLE sales_guide_steps (
  sale BIGINT NOT NULL,
  suggestion {exact} NOT NULL,
  state {exact} NOT NULL,
  activity BIGINT,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL,
  PRIMARY KEY (sale, suggestion)
);
CREATE INDEX sales_guide_steps_activity ON sales_guide_steps (activity);
