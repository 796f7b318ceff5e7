# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by bin/test and bin/bench: a PostgreSQL cluster that lives as long as the command.
# PostgreSQL refuses to run as root, so root hands it to an unprivileged account.
postgres_bin=/usr/lib/postgresql/15/bin
postgres_folder=""

as_postgres() {
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  local account=nobody
  id postgres >/dev/null 2>&1 && account=postgres
  (cd / && runuser -u "$account" -- "$@")
}

# start_postgres [durable]: sets FOKUS_TEST_POSTGRES. Nothing is flushed to disk unless `durable`.
start_postgres() {
  local port settings
  postgres_folder=$(as_postgres mktemp -d "${TMPDIR:-/tmp}/fokus-postgres.XXXXXX")
  port=$(free_port)
  settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories="
  settings+=" -c max_connections=300 -c shared_buffers=256MB"
  [ "${1:-}" = durable ] ||
    settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  as_postgres "$postgres_bin/initdb" -D "$postgres_folder/cluster" -U fokus -A trust -E UTF8 \
    --locale=C.UTF-8 --no-sync >/dev/null
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/cluster" -w -s \
    -l "$postgres_folder/log" -o "$settings" start >/dev/null ||
    { as_postgres cat "$postgres_folder/log" >&2; return 1; }
  export FOKUS_TEST_POSTGRES="postgresql://fokus@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/cluster" -s -m immediate stop || true
  rm -rf "$postgres_folder"
  postgres_folder=""
}
