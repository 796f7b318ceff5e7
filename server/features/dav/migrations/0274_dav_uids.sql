-- SPDX-License-Identifier: Apache-2.0
-- Whoever puts a card asks whether its uid is another one's already.
CREATE INDEX dav_resources_uid ON dav_resources (user_id, record_type, uid);
