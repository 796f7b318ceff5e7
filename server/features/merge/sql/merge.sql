-- SPDX-License-Identifier: Apache-2.0
-- name: create
INSERT INTO merges (record_type, kept, merged, batch, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: set_moved
UPDATE merges SET moved = $2 WHERE id = $1;

-- name: get
SELECT m.id, m.record_type, m.kept, m.merged, m.moved, m.created_at, m.created_by, u.name,
  m.undone_at, m.journal_erased_at
FROM merges m LEFT JOIN users u ON u.id = m.created_by WHERE m.id = $1;

-- name: list
SELECT m.id, m.record_type, m.kept, m.merged, m.moved, m.created_at, m.created_by, u.name,
  m.undone_at, m.journal_erased_at
FROM merges m LEFT JOIN users u ON u.id = m.created_by
WHERE m.id < $1 AND ($2 = '' OR m.record_type = $2) ORDER BY m.id DESC LIMIT $3;

-- name: list_of_batch
SELECT id FROM merges WHERE batch = $1 AND batch <> 0 AND undone_at IS NULL AND id < $2
ORDER BY id DESC LIMIT $3;

-- name: later
SELECT id FROM merges WHERE record_type = $1 AND kept = $2 AND id > $3 AND undone_at IS NULL
ORDER BY id DESC LIMIT 1;

-- name: merge_of
SELECT merge FROM merged_records WHERE record_type = $1 AND record_id = $2;

-- name: mark_undone
UPDATE merges SET undone_at = $2, undone_by = $3, journal_erased_at = $2
WHERE id = $1 AND undone_at IS NULL;

-- name: lock
UPDATE merges SET moved = moved WHERE id = $1 AND undone_at IS NULL AND journal_erased_at IS NULL;

-- name: list_old_journals
SELECT id FROM merges WHERE journal_erased_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2;

-- name: list_open_journals
SELECT id, record_type, kept FROM merges WHERE journal_erased_at IS NULL AND id > $1 ORDER BY id LIMIT $2;

-- name: list_journals_of
SELECT id FROM merges WHERE record_type = $1 AND kept = $2 AND journal_erased_at IS NULL;

-- name: was_at
-- Whether links may have been moved, or moved back, at the moment: an undo is marked at its end.
SELECT 1 FROM merges WHERE created_at = $1 OR undone_at BETWEEN $1 AND $1 + 600000 LIMIT 1;

-- name: mark_erased
UPDATE merges SET journal_erased_at = $2 WHERE id = $1;

-- name: add_image
INSERT INTO merge_images (merge, role, image) VALUES ($1, $2, $3);

-- name: list_images
SELECT role, image FROM merge_images WHERE merge = $1 ORDER BY id;

-- name: remove_images
DELETE FROM merge_images WHERE merge = $1;

-- name: add_move
INSERT INTO merge_moves (merge, place, row_id, old_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- name: list_places
SELECT DISTINCT place FROM merge_moves WHERE merge = $1 ORDER BY place;

-- name: remove_moves
DELETE FROM merge_moves WHERE merge = $1;

-- name: add_row
INSERT INTO merge_rows (merge, place, was, became) VALUES ($1, $2, $3, $4);

-- name: list_rows
SELECT place, was, became FROM merge_rows WHERE merge = $1 ORDER BY id DESC;

-- name: remove_rows
DELETE FROM merge_rows WHERE merge = $1;

-- name: relations_of
SELECT id, kind, from_type, from_id, to_type, to_id, note, created_at, created_by FROM relations
WHERE (from_type = $1 AND from_id = $2) OR (to_type = $1 AND to_id = $2) ORDER BY id;

-- name: has_relation
SELECT 1 FROM relations WHERE from_type = $1 AND from_id = $2 AND kind = $3 AND to_type = $4 AND to_id = $5;

-- name: members_of
SELECT m.selection, m.record_id, m.left_at, m.joined_at, m.joined_by, m.joined_batch, m.left_batch
FROM selection_members m JOIN selections s ON s.id = m.selection
WHERE m.record_id = $1 AND s.record_type = $2 ORDER BY m.selection, m.left_at;

-- name: has_member
SELECT 1 FROM selection_members WHERE selection = $1 AND left_at = $2 AND record_id = $3;

-- name: watches_of
SELECT record_type, record_id, user_id, since FROM record_watches
WHERE record_type = $1 AND record_id = $2 ORDER BY user_id;

-- name: has_watch
SELECT 1 FROM record_watches WHERE record_type = $1 AND record_id = $2 AND user_id = $3;

-- name: dismissals_of
SELECT left_id, right_id, dismissed_at, dismissed_by FROM duplicate_dismissals
WHERE record_type = $1 AND (left_id = $2 OR right_id = $2);

-- name: add_dismissal
INSERT INTO duplicate_dismissals (record_type, left_id, right_id, dismissed_at, dismissed_by)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: files_of
SELECT id FROM files WHERE record_type = $1 AND record_id = $2 ORDER BY id;

-- name: file_versions_of
SELECT id, number, file FROM file_versions WHERE record_type = $1 AND record_id = $2 AND field = $3
ORDER BY number;
