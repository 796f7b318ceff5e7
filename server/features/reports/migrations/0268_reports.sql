-- SPDX-License-Identifier: Apache-2.0
-- Dashboards that are sent regularly. `filters` is the JSON of the page's filters, `days` the chosen
-- days with commas, `minute` the minute of the day on the clock of `zone`. `next_at` is when it is due;
-- empty: never.
CREATE TABLE report_subscriptions (
  id {id},
  version BIGINT NOT NULL DEFAULT 1,
  owner BIGINT NOT NULL,
  dashboard BIGINT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
  tile BIGINT NOT NULL DEFAULT 0,
  filters TEXT NOT NULL DEFAULT '{}',
  paper {exact} NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  frequency {exact} NOT NULL,
  days {exact} NOT NULL DEFAULT '',
  minute BIGINT NOT NULL,
  zone {exact} NOT NULL,
  is_on BIGINT NOT NULL DEFAULT 1,
  next_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX report_subscriptions_due ON report_subscriptions (next_at);
CREATE INDEX report_subscriptions_owner ON report_subscriptions (owner, id);
CREATE INDEX report_subscriptions_dashboard ON report_subscriptions (dashboard);

-- Who gets it. Whoever does not want it stays here as one who said so, and is not asked for it again.
CREATE TABLE report_receivers (
  subscription BIGINT NOT NULL REFERENCES report_subscriptions (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL,
  unsubscribed_at BIGINT,
  PRIMARY KEY (subscription, user_id)
);
CREATE INDEX report_receivers_user ON report_receivers (user_id);

-- One letter: for one receiver, of one occasion. `next_try_at` is when a node may take it (again);
-- empty: it has ended. `lease` names the run that has it.
CREATE TABLE report_deliveries (
  id {id},
  subscription BIGINT NOT NULL REFERENCES report_subscriptions (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL,
  occasion BIGINT NOT NULL,
  state {exact} NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  next_try_at BIGINT,
  lease {exact},
  error_code {exact} NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX report_deliveries_once ON report_deliveries (subscription, user_id, occasion);
CREATE INDEX report_deliveries_due ON report_deliveries (next_try_at);
CREATE INDEX report_deliveries_user ON report_deliveries (user_id);
CREATE INDEX report_deliveries_created ON report_deliveries (created_at);
