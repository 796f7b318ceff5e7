-- SPDX-License-Identifier: Apache-2.0
-- What a phone or another program put, as it put it: its name there, its uid, and the properties
-- that no field of the record has. Each user's own, also of a record that others see.
CREATE TABLE dav_resources (
  id {id},
  user_id BIGINT NOT NULL,
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  name {exact} NOT NULL,
  uid {exact} NOT NULL,
  body TEXT NOT NULL,
  digest {exact} NOT NULL,
  whole_state {exact} NOT NULL DEFAULT '',
  saved_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX dav_resources_record ON dav_resources (user_id, record_type, record_id);
CREATE UNIQUE INDEX dav_resources_name ON dav_resources (user_id, record_type, name);
CREATE INDEX dav_resources_of_record ON dav_resources (record_type, record_id);

-- Selections that a user carries on their phone as address books.
CREATE TABLE dav_books (
  user_id BIGINT NOT NULL,
  selection BIGINT NOT NULL,
  chosen_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, selection)
);

-- What each user's collections were when they were last asked about, so that a program is told
-- what has changed since. `seq` counts the changes of one collection; what is gone stays for a while.
CREATE TABLE dav_collections (
  user_id BIGINT NOT NULL,
  collection {exact} NOT NULL,
  epoch {exact} NOT NULL,
  seq BIGINT NOT NULL,
  floor BIGINT NOT NULL,
  PRIMARY KEY (user_id, collection)
);
CREATE TABLE dav_members (
  user_id BIGINT NOT NULL,
  collection {exact} NOT NULL,
  name {exact} NOT NULL,
  etag {exact} NOT NULL,
  seq BIGINT NOT NULL,
  is_gone BIGINT NOT NULL,
  PRIMARY KEY (user_id, collection, name)
);
