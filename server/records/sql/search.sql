-- SPDX-License-Identifier: Apache-2.0
-- name: save_search_entry
INSERT INTO search_entries(record_type, record_id, name, subtitle, text, owner, owner_group, restricted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (record_type, record_id) DO UPDATE SET name = excluded.name, subtitle = excluded.subtitle, text = excluded.text,
  owner = excluded.owner, owner_group = excluded.owner_group, restricted = excluded.restricted;
-- name: remove_search_entry
DELETE FROM search_entries WHERE record_type = $1 AND record_id = $2;
-- name: add_search_word
INSERT INTO search_words(word) VALUES ($1) ON CONFLICT (word) DO NOTHING;
-- name: add_search_variant
INSERT INTO search_variants(variant, word) VALUES ($1, $2) ON CONFLICT (variant, word) DO NOTHING;
-- name: words_of_variant
SELECT word FROM search_variants WHERE variant = $1 LIMIT 50;
