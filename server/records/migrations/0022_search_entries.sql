-- SPDX-License-Identifier: Apache-2.0
-- The full-text index is written by the program and no longer by triggers: for a statement with a
-- trigger SQLite keeps a journal, and the index goes to disk each time one is opened.
{only sqlite}
DROP TRIGGER search_entries_added;
DROP TRIGGER search_entries_removed;
DROP TRIGGER search_entries_changed;
{end}
{only postgres}
COMMENT ON INDEX search_index IS 'kept by PostgreSQL itself';
{end}
