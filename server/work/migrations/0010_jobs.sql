-- SPDX-License-Identifier: Apache-2.0
-- Background work. `lease` names the one run that may write the row; it is '' when nobody runs it.
-- `schedule` is the kind of a job that runs again and again, NULL for all others.
CREATE TABLE jobs (
  id {id},
  kind {exact} NOT NULL,
  status {exact} NOT NULL,
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  ended_at BIGINT,
  attempts BIGINT NOT NULL DEFAULT 0,
  progress_done BIGINT NOT NULL DEFAULT 0,
  progress_total BIGINT NOT NULL DEFAULT 0,
  input TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT '{}',
  result TEXT NOT NULL DEFAULT '{}',
  error_code {exact} NOT NULL DEFAULT '',
  lease {exact} NOT NULL DEFAULT '',
  lease_until BIGINT NOT NULL DEFAULT 0,
  schedule {exact}
);
CREATE UNIQUE INDEX jobs_schedule ON jobs (schedule);
CREATE INDEX jobs_due ON jobs (status, run_at);
CREATE INDEX jobs_created_by ON jobs (created_by, id);
CREATE INDEX jobs_ended ON jobs (ended_at);
