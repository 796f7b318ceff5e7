-- SPDX-License-Identifier: Apache-2.0
-- What the file was before it became a table: JSON of its kind, its sheets, and what was met in it.
ALTER TABLE imports ADD COLUMN form TEXT NOT NULL DEFAULT '{}';
