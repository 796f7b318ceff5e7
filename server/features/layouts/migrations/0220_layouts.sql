-- SPDX-License-Identifier: Apache-2.0
-- How the page of a record is laid out, per type and role. role NULL: for everybody whose roles have
-- none of their own. content: JSON; '' is what comes with the program, so that a version goes on.
CREATE TABLE layouts (
  id {id},
  record_type {exact} NOT NULL,
  role BIGINT REFERENCES roles (id) ON DELETE CASCADE,
  version BIGINT NOT NULL DEFAULT 0,
  content TEXT NOT NULL DEFAULT '',
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);
CREATE UNIQUE INDEX layouts_place ON layouts (record_type, (COALESCE(role, 0)));
CREATE INDEX layouts_role ON layouts (role);

-- What it was, so that a change can be taken back.
CREATE TABLE layout_versions (
  layout BIGINT NOT NULL REFERENCES layouts (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  content TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL,
  PRIMARY KEY (layout, version)
);
