-- SPDX-License-Identifier: Apache-2.0
-- The pieces of the full-text index are merged beside the saves (records/search_index_keeper.hpp) and
-- no longer within them, where one save in some hundreds waited for seconds. What SQLite would do by
-- itself stays as the last resort. On PostgreSQL each record type gets an index of its own
-- (records/schema.cpp): in a common one every search met the words of all types.
{only sqlite}
INSERT INTO search_index(search_index, rank) VALUES ('automerge', 0);
INSERT INTO search_index(search_index, rank) VALUES ('crisismerge', 1000);
{end}
{only postgres}
DROP INDEX search_index;
{end}
