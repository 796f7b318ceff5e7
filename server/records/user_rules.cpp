// SPDX-License-Identifier: Apache-2.0
#include "records/user_rules.hpp"

namespace fokus::records {
namespace {

void move_records(store::Transaction& tx, const Dictionary& dictionary, RecordId user,
                  const store::Value& group) {
  for (const auto& [name, type] : dictionary.types)
    if (type.owned)
      tx.execute("UPDATE " + type.table + " SET owner_group = $1 WHERE owner = $2", {group, user});
  // Behind the entries that this transaction has yet to write.
  tx.at_end([group, user](store::Transaction& end) {
    end.execute("UPDATE search_entries SET owner_group = $1 WHERE owner = $2", {group, user});
  });
}

}  // namespace

std::int64_t count_administrators(store::Transaction& tx, const store::Statements& sql,
                                  const RecordType& type) {
  return type.name == "user" ? tx.query_integer(sql["access.count_administrators"]) : 0;
}

Status follow_user_change(store::Transaction& tx, const store::Statements& sql,
                          const Dictionary& dictionary, RecordId user, const UserChange& change) {
  if (change.after.type.name != "user") return {};
  if (change.before["primary_group"] != change.after["primary_group"])
    move_records(tx, dictionary, user, change.after["primary_group"][0]);
  if (change.administrators_before > 0 && tx.query_integer(sql["access.count_administrators"]) == 0)
    return make_error(ErrorKind::conflict, "access/last_administrator");
  return {};
}

}  // namespace fokus::records
