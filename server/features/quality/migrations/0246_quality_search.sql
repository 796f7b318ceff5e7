-- SPDX-License-Identifier: Apache-2.0
-- National identification numbers in free texts are no words of the search any more. What is there
-- already is read again in the background (records/search_rebuild.hpp).
{only sqlite}
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input)
SELECT 'search_rebuild', 'waiting', 0, t.made_at, t.made_at, '{}'
FROM (SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS made_at) t
WHERE EXISTS (SELECT 1 FROM search_entries);
{end}
{only postgres}
INSERT INTO jobs (kind, status, created_by, created_at, run_at, input)
SELECT 'search_rebuild', 'waiting', 0, t.made_at, t.made_at, '{}'
FROM (SELECT CAST(extract(epoch FROM now()) * 1000 AS BIGINT) AS made_at) t
WHERE EXISTS (SELECT 1 FROM search_entries);
{end}
