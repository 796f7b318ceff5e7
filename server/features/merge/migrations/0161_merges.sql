-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE merges (
  id {id},
  record_type {exact} NOT NULL,
  kept BIGINT NOT NULL,
  merged TEXT NOT NULL,
  moved BIGINT NOT NULL DEFAULT 0,
  batch BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  undone_at BIGINT,
  undone_by BIGINT,
  journal_erased_at BIGINT
);
CREATE INDEX merges_kept ON merges (record_type, kept);
CREATE INDEX merges_batch ON merges (batch) WHERE batch <> 0;
CREATE INDEX merges_journal ON merges (created_at) WHERE journal_erased_at IS NULL;

-- What an undo needs: the records themselves …
CREATE TABLE merge_images (
  id {id},
  merge BIGINT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
  role {exact} NOT NULL,
  image TEXT NOT NULL
);
CREATE INDEX merge_images_merge ON merge_images (merge, id);

-- … link fields of other records …
CREATE TABLE merge_moves (
  merge BIGINT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
  place {exact} NOT NULL,
  row_id BIGINT NOT NULL,
  old_id BIGINT NOT NULL,
  PRIMARY KEY (merge, place, row_id)
);

-- … and rows of other tables, in the order in which they were changed.
CREATE TABLE merge_rows (
  id {id},
  merge BIGINT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
  place {exact} NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL
);
CREATE INDEX merge_rows_merge ON merge_rows (merge, id);
