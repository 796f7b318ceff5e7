-- SPDX-License-Identifier: Apache-2.0
-- Rules that an administrator changed, as JSON; '' leaves those that come with the program.
CREATE TABLE duplicate_rules (
  record_type {exact} PRIMARY KEY,
  version BIGINT NOT NULL,
  rules TEXT NOT NULL DEFAULT '',
  ask_on_create BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);
-- Whoever had records before the program could ask about duplicates is not asked unasked: calls of
-- the API that made them must go on working.
INSERT INTO duplicate_rules (record_type, version, ask_on_create, changed_at, changed_by)
SELECT t.name, 1, 0, 0, 0 FROM (SELECT 'company' AS name UNION ALL SELECT 'person') t
WHERE EXISTS (SELECT 1 FROM history);

-- Each blocking key of a type, by the text of its rule. Its number is the upper part of `block` in
-- duplicate_keys. retired_at: the rules no longer have it, and a job takes its keys away.
CREATE TABLE duplicate_slots (
  id {id},
  record_type {exact} NOT NULL,
  spec {exact} NOT NULL,
  is_built BIGINT NOT NULL DEFAULT 0,
  is_retired BIGINT NOT NULL DEFAULT 0,
  UNIQUE (record_type, spec)
);

-- Which records have which blocking keys: block = slot · 2^47 + a hash of the key's text. Live
-- records only.
CREATE TABLE duplicate_keys (
  block BIGINT NOT NULL,
  record_id BIGINT NOT NULL,
  PRIMARY KEY (block, record_id)
){only sqlite} WITHOUT ROWID{end};

-- What the scans found; left_id < right_id. open_score: without the fields that some may not see.
CREATE TABLE duplicate_pairs (
  id {id},
  record_type {exact} NOT NULL,
  left_id BIGINT NOT NULL,
  right_id BIGINT NOT NULL,
  score BIGINT NOT NULL,
  open_score BIGINT NOT NULL,
  scan BIGINT NOT NULL,
  found_at BIGINT NOT NULL,
  UNIQUE (record_type, left_id, right_id)
);
CREATE INDEX duplicate_pairs_score ON duplicate_pairs (record_type, score, id);
CREATE INDEX duplicate_pairs_open_score ON duplicate_pairs (record_type, open_score, id);
CREATE INDEX duplicate_pairs_right ON duplicate_pairs (record_type, right_id);

-- Pairs that somebody said are two different ones.
CREATE TABLE duplicate_dismissals (
  record_type {exact} NOT NULL,
  left_id BIGINT NOT NULL,
  right_id BIGINT NOT NULL,
  dismissed_at BIGINT NOT NULL,
  dismissed_by BIGINT NOT NULL,
  PRIMARY KEY (record_type, left_id, right_id)
);
CREATE INDEX duplicate_dismissals_right ON duplicate_dismissals (record_type, right_id);

-- keys: JSON of what each blocking key gave.
CREATE TABLE duplicate_scans (
  id {id},
  record_type {exact} NOT NULL,
  job BIGINT NOT NULL DEFAULT 0,
  started_at BIGINT NOT NULL,
  started_by BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0,
  compared BIGINT NOT NULL DEFAULT 0,
  found BIGINT NOT NULL DEFAULT 0,
  keys TEXT NOT NULL DEFAULT '[]'
);
