-- SPDX-License-Identifier: Apache-2.0
-- name: find
SELECT version, content FROM sales_guide WHERE id = 1;

-- name: make_place
INSERT INTO sales_guide (id, changed_at, changed_by) VALUES (1, $1, $2) ON CONFLICT DO NOTHING;

-- name: lock
SELECT version FROM sales_guide WHERE id = 1;
-- name: lock [postgres]
SELECT version FROM sales_guide WHERE id = 1 FOR UPDATE;

-- name: save
UPDATE sales_guide SET version = $1, content = $2, changed_at = $3, changed_by = $4 WHERE id = 1;

-- name: lock_sale
SELECT id FROM sales WHERE id = $1;
-- name: lock_sale [postgres]
SELECT id FROM sales WHERE id = $1 FOR UPDATE;

-- name: list_steps
SELECT suggestion, state, activity, changed_at FROM sales_guide_steps WHERE sale = $1;

-- name: save_step
INSERT INTO sales_guide_steps (sale, suggestion, state, activity, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (sale, suggestion) DO UPDATE SET state = excluded.state, activity = excluded.activity,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: remove_step
DELETE FROM sales_guide_steps WHERE sale = $1 AND suggestion = $2;

-- name: remove_steps_of_sale
DELETE FROM sales_guide_steps WHERE sale = $1;

-- name: remove_steps_of_activity
DELETE FROM sales_guide_steps WHERE activity = $1;
