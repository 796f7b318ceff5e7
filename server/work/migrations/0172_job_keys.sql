-- SPDX-License-Identifier: Apache-2.0
-- The API key that a job was asked for with, 0 for none: the job may do no more than the key.
ALTER TABLE jobs ADD COLUMN created_key BIGINT NOT NULL DEFAULT 0;
