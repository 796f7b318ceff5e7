-- SPDX-License-Identifier: Apache-2.0
-- Who may sign in and with what. The tables users and groups are made by the dictionary after the
-- migrations ran, so nothing here can refer to them by a foreign key.

CREATE TABLE credentials (
  user_id BIGINT PRIMARY KEY,
  password_hash TEXT,
  password_changed_at BIGINT,
  totp_secret TEXT,
  totp_enabled BIGINT NOT NULL DEFAULT 0,
  totp_last_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  id {id},
  user_id BIGINT NOT NULL,
  code_hash {exact} NOT NULL,
  used_at BIGINT
);
CREATE INDEX recovery_codes_user ON recovery_codes(user_id);

CREATE TABLE user_groups (
  user_id BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  PRIMARY KEY (user_id, group_id)
);

CREATE TABLE roles (
  id {id},
  key {exact} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  built_in BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL
);

CREATE TABLE user_roles (
  user_id BIGINT NOT NULL,
  role_id BIGINT NOT NULL REFERENCES roles(id),
  PRIMARY KEY (user_id, role_id)
);
CREATE INDEX user_roles_role ON user_roles(role_id);

CREATE TABLE sessions (
  id {id},
  token_hash {exact} NOT NULL UNIQUE,
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL,
  remote TEXT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX sessions_user ON sessions(user_id, id);
CREATE INDEX sessions_expiry ON sessions(expires_at);

CREATE TABLE api_keys (
  id {id},
  token_hash {exact} NOT NULL UNIQUE,
  prefix {exact} NOT NULL,
  user_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX api_keys_user ON api_keys(user_id, id);

CREATE TABLE access_links (
  token_hash {exact} PRIMARY KEY,
  kind {exact} NOT NULL,
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX access_links_expiry ON access_links(expires_at);

CREATE TABLE sign_in_throttle (
  key {exact} PRIMARY KEY,
  failures BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX sign_in_throttle_age ON sign_in_throttle(updated_at);

CREATE TABLE idempotency_keys (
  user_id BIGINT NOT NULL,
  key_hash {exact} NOT NULL,
  request_hash {exact} NOT NULL,
  status BIGINT,
  type TEXT,
  headers TEXT,
  reply TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key_hash)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys(created_at);
