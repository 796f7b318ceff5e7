-- SPDX-License-Identifier: Apache-2.0
-- Which of the names in a cell was refused: a cell of members holds several.
ALTER TABLE import_errors ADD COLUMN name TEXT NOT NULL DEFAULT '';
