-- SPDX-License-Identifier: Apache-2.0
-- One row per rule, so that findings can name it by a number. definition: the rule as JSON when an
-- administrator made or changed it; '' is the rule as it comes with the program.
CREATE TABLE quality_rules (
  id {id},
  rule_key {exact} NOT NULL UNIQUE,
  version BIGINT NOT NULL DEFAULT 1,
  definition TEXT NOT NULL DEFAULT '',
  changed_at BIGINT NOT NULL DEFAULT 0,
  changed_by BIGINT NOT NULL DEFAULT 0
);

-- What is wrong with which record. No value is kept: it is read from the record when it is shown.
-- value_hash: of the fields that the finding is about; another value makes it a new finding.
-- severity: 0 error, 1 warning, 2 advice, as the rule said when the record was looked at.
-- dismissed_at: somebody said "leave as it is"; 0: open.
CREATE TABLE quality_findings (
  id {id},
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  rule BIGINT NOT NULL,
  field {exact} NOT NULL DEFAULT '',
  severity BIGINT NOT NULL,
  value_hash BIGINT NOT NULL,
  found_at BIGINT NOT NULL,
  dismissed_at BIGINT NOT NULL DEFAULT 0,
  dismissed_by BIGINT NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  UNIQUE (record_type, record_id, rule, field)
);
CREATE INDEX quality_findings_order
  ON quality_findings (record_type, dismissed_at, severity, record_id DESC, id DESC);
CREATE INDEX quality_findings_rule
  ON quality_findings (rule, dismissed_at, record_id DESC, id DESC);

-- Records that were saved and are to be looked at, with the version that the save made.
CREATE TABLE quality_queue (
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (record_type, record_id)
){only sqlite} WITHOUT ROWID{end};

-- When all records of a type were last looked at.
CREATE TABLE quality_scans (
  record_type {exact} PRIMARY KEY,
  scanned_at BIGINT NOT NULL DEFAULT 0,
  records BIGINT NOT NULL DEFAULT 0
);

-- Which towns stand beside each postcode, counted in registers and in the records' addresses.
CREATE TABLE quality_places (
  country {exact} NOT NULL,
  postcode {exact} NOT NULL,
  city TEXT NOT NULL,
  times BIGINT NOT NULL,
  counted_at BIGINT NOT NULL,
  PRIMARY KEY (country, postcode, city)
){only sqlite} WITHOUT ROWID{end};

-- One row per day and whose: scope all, owner, group. score_sum: of all records together.
CREATE TABLE quality_snapshots (
  record_type {exact} NOT NULL,
  scope {exact} NOT NULL,
  scope_id BIGINT NOT NULL,
  day {exact} NOT NULL,
  records BIGINT NOT NULL,
  score_sum BIGINT NOT NULL,
  findings BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  PRIMARY KEY (record_type, scope, scope_id, day)
){only sqlite} WITHOUT ROWID{end};
