-- SPDX-License-Identifier: Apache-2.0
-- What users want to be told of: a number of a placed tile that crosses a value. `value`, `number`
-- and `base` are decimal text, as a computer writes the numbers that charts draw. `base` is what
-- "changes by so many percent" counts from. `checked_at` is also how one of several nodes takes an
-- alert: who counts it up looks.
CREATE TABLE tile_alerts (
  id {id},
  user_id BIGINT NOT NULL,
  dashboard BIGINT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
  tile BIGINT NOT NULL,
  measure BIGINT NOT NULL DEFAULT 0,
  condition {exact} NOT NULL,
  value {exact} NOT NULL,
  filters TEXT NOT NULL DEFAULT '{}',
  is_paused BIGINT NOT NULL DEFAULT 0,
  is_beyond BIGINT NOT NULL DEFAULT 0,
  number {exact},
  base {exact},
  checked_at BIGINT NOT NULL DEFAULT 0,
  fired_at BIGINT,
  fired_count BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX tile_alerts_user ON tile_alerts (user_id, id);
CREATE INDEX tile_alerts_dashboard ON tile_alerts (dashboard);
