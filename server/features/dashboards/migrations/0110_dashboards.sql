-- SPDX-License-Identifier: Apache-2.0
-- A page of placed tiles. `name` and `description` are text, or JSON labels by language; `content`
-- is the JSON of the page: tiles and default filters. `standard` names the page it was seeded from.
CREATE TABLE dashboards (
  id {id},
  version BIGINT NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  owner BIGINT NOT NULL,
  visible_for {exact} NOT NULL DEFAULT 'me',
  groups TEXT NOT NULL DEFAULT '[]',
  pinned TEXT NOT NULL DEFAULT '{}',
  standard {exact} NOT NULL DEFAULT '',
  content TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by BIGINT NOT NULL
);
CREATE INDEX dashboards_owner ON dashboards (owner);
CREATE UNIQUE INDEX dashboards_standard ON dashboards (standard) WHERE standard <> '';

-- What a page was before each of its last changes.
CREATE TABLE dashboard_versions (
  dashboard BIGINT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  page TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL,
  PRIMARY KEY (dashboard, version)
);

CREATE TABLE dashboard_favourites (
  user_id BIGINT NOT NULL,
  dashboard BIGINT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, dashboard)
);

-- Standard tiles as an administrator wants them; without a row they are as they came.
CREATE TABLE standard_tile_changes (
  tile {exact} PRIMARY KEY,
  definition TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);
