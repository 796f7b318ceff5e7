-- SPDX-License-Identifier: Apache-2.0
-- What a standard tile was before each of its last changes. An empty definition: as it came.
CREATE TABLE standard_tile_versions (
  id {id},
  tile {exact} NOT NULL,
  definition TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);
CREATE INDEX standard_tile_versions_tile ON standard_tile_versions (tile, id);
