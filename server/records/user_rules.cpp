// SPDX-License-Identifier: Apache-2.0
#include "records/user_rules.hpp"

#include <algorithm>
#include <array>

#include "platform/locale.hpp"

namespace fokus::records {
namespace {

constexpr std::array<std::string_view, 5> ui_languages = {"da", "en", "nb", "sv", "de"};

// Told one by one up to a limit; who shows a list of the type hears of it in any case.
void tell_gone(store::Transaction& tx, const RecordType& type, RecordId user, const Draft& change) {
  const std::int64_t by = change.integer("updated_by");
  tx.execute(
      "INSERT INTO events(at, kind, record_type, record_id, version, owner, owner_group, "
      "restricted, actor) SELECT CAST($1 AS BIGINT), 'gone', CAST($2 AS TEXT), id, version, owner, "
      "owner_group, " +
          std::string(type.find("restricted") ? "restricted" : "0") + ", CAST($3 AS BIGINT) FROM " +
          type.table + " WHERE owner = $4 AND archived_at IS NULL ORDER BY id DESC LIMIT $5",
      {change.integer("updated_at"), type.name, by, user, limits::moved_events_max});
  tx.notify("events", type.name);
}

void move_records(store::Transaction& tx, const Dictionary& dictionary, RecordId user,
                  const Draft& change) {
  const store::Value group = change["primary_group"][0];
  for (const auto& [name, type] : dictionary.types) {
    if (!type.owned) continue;
    tell_gone(tx, type, user, change);
    tx.execute("UPDATE " + type.table + " SET owner_group = $1 WHERE owner = $2", {group, user});
  }
  // Behind the entries that this transaction has yet to write.
  tx.at_end([group, user](store::Transaction& end) {
    end.execute("UPDATE search_entries SET owner_group = $1 WHERE owner = $2", {group, user});
  });
}

// Every user has a primary group, and one that is there.
Status check_group_unused(store::Transaction& tx, RecordId group, const UserChange& change) {
  const bool goes = store::is_null(change.before["archived_at"][0]) &&
                    !store::is_null(change.after["archived_at"][0]);
  if (goes && tx.query_integer("SELECT 1 FROM users WHERE primary_group = $1 AND archived_at IS "
                               "NULL LIMIT 1",
                               {group}) != 0)
    return make_error(ErrorKind::conflict, "access/group_in_use");
  return {};
}

bool is_let_in(const Draft& user) {
  return store::is_null(user["archived_at"][0]) && user.integer("active") != 0;
}

// Whoever comes back signs in again, and makes new keys: what was given away meanwhile stays dead.
void end_access(store::Transaction& tx, const store::Statements& sql, RecordId user,
                const UserChange& change) {
  if (!is_let_in(change.before) || is_let_in(change.after)) return;
  const std::int64_t now = change.after.integer("updated_at");
  tx.execute(sql["access.revoke_other_sessions"], {user, 0, now});
  tx.execute(sql["access.revoke_keys_of_user"], {user, now});
}

}  // namespace

void add_unknown_preference(const Draft& after, std::size_t field, Error& wrong) {
  if (after.type.name != "user") return;
  const std::string& name = after.type.fields[field].name;
  const bool is_zone = name == "time_zone", is_language = name == "language";
  const std::string_view text = is_zone || is_language ? after.text(name) : std::string_view();
  if (text.empty()) return;
  if (is_zone && !TimeZone::is_known(text)) wrong.errors.push_back({name, "unknown_time_zone", {}});
  if (is_language &&
      std::find(ui_languages.begin(), ui_languages.end(), text) == ui_languages.end())
    wrong.errors.push_back({name, "not_a_language", {}});
}

std::int64_t count_administrators(store::Transaction& tx, const store::Statements& sql,
                                  const RecordType& type) {
  return type.name == "user" ? tx.query_integer(sql["access.count_administrators"]) : 0;
}

Status follow_user_change(store::Transaction& tx, const store::Statements& sql,
                          const Dictionary& dictionary, RecordId user, const UserChange& change) {
  if (change.after.type.name == "group") return check_group_unused(tx, user, change);
  if (change.after.type.name != "user") return {};
  if (change.before["primary_group"] != change.after["primary_group"])
    move_records(tx, dictionary, user, change.after);
  if (change.administrators_before > 0 && tx.query_integer(sql["access.count_administrators"]) == 0)
    return make_error(ErrorKind::conflict, "access/last_administrator");
  end_access(tx, sql, user, change);
  return {};
}

}  // namespace fokus::records
