-- SPDX-License-Identifier: Apache-2.0
-- What the record engine keeps beside the tables that the dictionary makes.

CREATE TABLE sources (
  id {id},
  kind {exact} NOT NULL,
  name TEXT NOT NULL,
  licence TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  obtained_at TEXT NOT NULL
);
CREATE UNIQUE INDEX sources_key ON sources(kind, name, licence, legal_basis, obtained_at);

CREATE TABLE batches (
  id {id},
  kind {exact} NOT NULL,
  record_type {exact} NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  details TEXT NOT NULL,
  undone_at BIGINT
);

-- One row per save. The payload can be destroyed with its salt; the chain of hashes still verifies.
CREATE TABLE history (
  id {id},
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor BIGINT,
  actor_kind {exact} NOT NULL,
  action {exact} NOT NULL,
  batch BIGINT,
  source BIGINT,
  payload TEXT,
  salt {exact},
  payload_hash {exact} NOT NULL,
  hash {exact} NOT NULL
);
CREATE INDEX history_record ON history(record_type, record_id, id);
CREATE INDEX history_batch ON history(batch, id) WHERE batch IS NOT NULL;

CREATE TABLE contact_points (
  id {id},
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  kind {exact} NOT NULL,
  label TEXT NOT NULL,
  value TEXT NOT NULL,
  value_f {exact} NOT NULL,
  is_primary BIGINT NOT NULL,
  position BIGINT NOT NULL
);
CREATE INDEX contact_points_record ON contact_points(record_type, record_id, position);
CREATE INDEX contact_points_value ON contact_points(value_f);

CREATE TABLE relations (
  id {id},
  kind {exact} NOT NULL,
  from_type {exact} NOT NULL,
  from_id BIGINT NOT NULL,
  to_type {exact} NOT NULL,
  to_id BIGINT NOT NULL,
  note TEXT,
  created_at BIGINT NOT NULL,
  created_by BIGINT
);
CREATE UNIQUE INDEX relations_from ON relations(from_type, from_id, kind, to_type, to_id);
CREATE INDEX relations_to ON relations(to_type, to_id);

CREATE TABLE files (
  id {id},
  token {exact} NOT NULL,
  sha256 {exact} NOT NULL,
  size_bytes BIGINT NOT NULL,
  name TEXT NOT NULL,
  media_type {exact} NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT
);

-- What the search box looks through: one row per live record of a searchable type.
CREATE TABLE search_entries (
  id {id},
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  subtitle TEXT,
  text {exact} NOT NULL,
  owner BIGINT,
  owner_group BIGINT,
  restricted BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_entries_record ON search_entries(record_type, record_id);
{only sqlite}
CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_entries', content_rowid='id', tokenize="unicode61 remove_diacritics 0", prefix='2 3 4 5', detail=full);
CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
  INSERT INTO search_index(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
  INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER search_entries_changed AFTER UPDATE OF text ON search_entries WHEN old.text <> new.text BEGIN
  INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO search_index(rowid, text) VALUES (new.id, new.text);
END;
{end}
{only postgres}
CREATE INDEX search_index ON search_entries USING gin (array_to_tsvector(string_to_array(text, ' ')));
{end}

-- Words that occur, and each word with one letter left out: small typing errors are found by
-- meeting in the middle, with an exact look-up on either engine.
CREATE TABLE search_words (
  word {exact} PRIMARY KEY
);
CREATE TABLE search_variants (
  variant {exact} NOT NULL,
  word {exact} NOT NULL,
  PRIMARY KEY (variant, word)
);

-- The outbox: what happened, in order, for the event stream, webhooks and caches.
CREATE TABLE events (
  id {id},
  at BIGINT NOT NULL,
  kind {exact} NOT NULL,
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  owner BIGINT,
  owner_group BIGINT,
  restricted BIGINT NOT NULL,
  actor BIGINT
);
CREATE INDEX events_at ON events(at);

CREATE TABLE custom_types (
  name {exact} PRIMARY KEY,
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT
);
CREATE TABLE custom_fields (
  record_type {exact} NOT NULL,
  name {exact} NOT NULL,
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  PRIMARY KEY (record_type, name)
);
CREATE TABLE list_items (
  list {exact} NOT NULL,
  key {exact} NOT NULL,
  label TEXT NOT NULL,
  colour {exact} NOT NULL,
  position BIGINT NOT NULL,
  retired BIGINT NOT NULL,
  extra TEXT NOT NULL,
  PRIMARY KEY (list, key)
);
