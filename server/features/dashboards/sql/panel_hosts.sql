-- SPDX-License-Identifier: Apache-2.0
-- name: list_panel_hosts
SELECT h.id, h.host, h.generation, h.added_at, h.added_by, u.name
FROM panel_hosts h LEFT JOIN users u ON u.id = h.added_by ORDER BY h.host;

-- name: get_panel_host
SELECT host, generation FROM panel_hosts WHERE id = $1;

-- name: count_panel_hosts
SELECT count(*) FROM panel_hosts;

-- name: add_panel_host
-- Generations begin with the time: a host that is taken off the list and put on it again must not get
-- back a secret that it had before.
INSERT INTO panel_hosts (host, generation, added_at, added_by) VALUES ($1, $2, $2, $3)
ON CONFLICT DO NOTHING;

-- name: renew_panel_host
UPDATE panel_hosts SET generation = generation + 1 WHERE id = $1;

-- name: remove_panel_host
DELETE FROM panel_hosts WHERE id = $1;
