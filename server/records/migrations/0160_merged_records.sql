-- SPDX-License-Identifier: Apache-2.0
-- Records that have become part of another one: old ids lead to it for good.
CREATE TABLE merged_records (
  record_type {exact} NOT NULL,
  record_id BIGINT NOT NULL,
  kept BIGINT NOT NULL,
  merge BIGINT NOT NULL,
  PRIMARY KEY (record_type, record_id)
);
CREATE INDEX merged_records_kept ON merged_records (record_type, kept);
