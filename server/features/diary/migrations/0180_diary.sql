-- SPDX-License-Identifier: Apache-2.0
-- Who is invited to an appointment, beside its owner. answer: invited, accepted, declined,
-- tentative.
CREATE TABLE activity_participants (
  activity BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  answer {exact} NOT NULL DEFAULT 'invited',
  answered_at BIGINT,
  invited_at BIGINT NOT NULL,
  invited_by BIGINT,
  PRIMARY KEY (activity, user_id)
);
CREATE INDEX activity_participants_user ON activity_participants (user_id, activity);

-- The secret address at which calendar programs find a user's diary. Only the digest of the secret
-- is kept.
CREATE TABLE diary_feeds (
  user_id BIGINT PRIMARY KEY,
  secret_hash {exact} NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX diary_feeds_secret ON diary_feeds (secret_hash);
