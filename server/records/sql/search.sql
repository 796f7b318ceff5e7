-- SPDX-License-Identifier: Apache-2.0
-- name: find_search_entry
SELECT id, text FROM search_entries WHERE record_type = $1 AND record_id = $2;
-- name: add_search_entry
INSERT INTO search_entries(record_type, record_id, name, subtitle, text, owner, owner_group, restricted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- name: change_search_entry
UPDATE search_entries SET name = $2, subtitle = $3, text = $4, owner = $5, owner_group = $6, restricted = $7 WHERE id = $1;
-- name: remove_search_entry
DELETE FROM search_entries WHERE id = $1;
-- name: add_search_word
INSERT INTO search_words(word) VALUES ($1) ON CONFLICT (word) DO NOTHING;
-- name: add_search_variant
INSERT INTO search_variants(variant, word) VALUES ($1, $2) ON CONFLICT (variant, word) DO NOTHING;
-- name: words_of_variant
SELECT word FROM search_variants WHERE variant = $1 LIMIT 50;
-- name: search_words_after
SELECT word FROM search_words WHERE word > $1 ORDER BY word LIMIT $2;
-- name: remove_search_word
DELETE FROM search_words WHERE word = $1;
-- name: remove_search_variant
DELETE FROM search_variants WHERE variant = $1 AND word = $2;
