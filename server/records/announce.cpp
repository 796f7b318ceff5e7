// SPDX-License-Identifier: Apache-2.0
#include "records/announce.hpp"

namespace fokus::records {

void tell_user(store::Transaction& tx, UserId user, std::string_view what) {
  tx.notify(personal_channel, std::to_string(user.value) + " " + std::string(what));
}

void announce(store::Transaction& tx, const store::Statements& sql, const CriteriaContext& context,
              const RecordType& type, RecordId id) {
  const auto column = [&](const char* name, const char* otherwise) {
    return std::string(", ") + (type.find(name) ? name : otherwise);
  };
  auto rows = tx.query("SELECT version" + column("owner", "NULL") + column("owner_group", "NULL") +
                           column("restricted", "0") + " FROM " + type.table + " WHERE id = $1",
                       {id});
  if (!rows->next()) return;
  const std::int64_t version = rows->integer(0);
  const store::Value owner = rows->value(1), group = rows->value(2);
  const bool restricted = rows->integer(3) != 0;
  rows.reset();
  tx.execute(sql["records.add_event"], {context.now, "changed", type.name, id, version, owner,
                                        group, restricted, context.scope.actor.user});
  tx.notify("events", type.name);
}

void announce_sums(store::Transaction& tx, const store::Statements& sql,
                   const CriteriaContext& context, const Draft* before, const Draft& after) {
  for (const auto& link : after.type.summed_links) {
    const RecordType& target = *context.dictionary.find(after.type.find(link)->target);
    const std::int64_t now = after.integer(link), then = before ? before->integer(link) : 0;
    if (now != 0) announce(tx, sql, context, target, RecordId{now});
    if (then != 0 && then != now) announce(tx, sql, context, target, RecordId{then});
  }
}

void announce_gone(store::Transaction& tx, const store::Statements& sql, const Draft& before,
                   const Draft& after, RecordId id, const HistoryEntry& entry) {
  const RecordType& type = before.type;
  const auto same = [&](const char* name) {
    return !before.has(name) || before[name] == after[name];
  };
  if (same("owner") && same("owner_group") && same("restricted")) return;
  if (!store::is_null(before["archived_at"][0])) return;  // in the bin it is in nobody's list
  const auto column = [&](const char* name) {
    return before.has(name) ? before[name][0] : store::Value();
  };
  const store::Value owner = column("owner"), group = column("owner_group");
  const bool restricted = before.has("restricted") && before.integer("restricted") != 0;
  tx.execute(sql["records.add_event"], {entry.at, "gone", type.name, id, entry.version, owner,
                                        group, restricted, entry.actor.user});
  tx.notify("events", type.name);
}

}  // namespace fokus::records
