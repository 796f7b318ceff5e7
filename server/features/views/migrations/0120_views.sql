-- SPDX-License-Identifier: Apache-2.0
-- A way to look at the records of a type. `definition` is JSON: filter, columns, sort, group_by,
-- density, presentation; groups are JSON.
CREATE TABLE views (
  id {id},
  version BIGINT NOT NULL DEFAULT 1,
  record_type {exact} NOT NULL,
  name {sorted} NOT NULL,
  owner BIGINT NOT NULL,
  visible_for {exact} NOT NULL DEFAULT 'me',
  groups TEXT NOT NULL DEFAULT '[]',
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX views_record_type ON views (record_type, owner);

-- The views that a user has as tabs.
CREATE TABLE view_pins (
  user_id BIGINT NOT NULL,
  view BIGINT NOT NULL REFERENCES views (id) ON DELETE CASCADE,
  position BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, view)
);
CREATE INDEX view_pins_view ON view_pins (view);

-- What a list opens with. user_id 0: for everyone who has not chosen.
CREATE TABLE view_defaults (
  user_id BIGINT NOT NULL,
  record_type {exact} NOT NULL,
  view BIGINT NOT NULL REFERENCES views (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, record_type)
);
CREATE INDEX view_defaults_view ON view_defaults (view);
