-- SPDX-License-Identifier: Apache-2.0
-- Hosts whose pages web panels may show. The secret with which a host can verify who looks is made
-- of the installation's own, the host and `generation`; it is nowhere.
CREATE TABLE panel_hosts (
  id {id},
  host {exact} NOT NULL,
  generation BIGINT NOT NULL DEFAULT 1,
  added_at BIGINT NOT NULL,
  added_by BIGINT NOT NULL
);
CREATE UNIQUE INDEX panel_hosts_host ON panel_hosts (host);
