-- SPDX-License-Identifier: Apache-2.0
-- A file may have no header row: then its first row is one of values.
ALTER TABLE imports ADD COLUMN has_header BIGINT NOT NULL DEFAULT 1;
