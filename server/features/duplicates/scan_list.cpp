// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/scan_list.hpp"

#include <set>

#include "features/duplicates/pairs.hpp"
#include "features/duplicates/scan.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;

bool sees_all(const access::Scope& scope, std::string_view type) {
  return scope.actor.kind == access::ActorKind::system ||
         access::has_circle(scope.permissions().circles(type, access::Action::read),
                            access::Circle::all);
}

json::object read_scan(const store::Rows& rows) {
  const auto instant = [&](int column) {
    const std::int64_t ms = rows.integer(column);
    return ms ? json::value(render_instant(Instant{ms})) : json::value();
  };
  const bool is_waiting = rows.text(8) == "waiting" && rows.text(9) == keys_missing;
  return {{"scan", rows.integer(0)},
          {"type", rows.text(1)},
          {"job", rows.integer(2)},
          {"status", rows.text(8)},
          {"waits_for", is_waiting ? json::value("keys") : json::value()},
          {"started_at", instant(3)},
          {"ended_at", instant(4)},
          {"compared", rows.integer(5)},
          {"found", rows.integer(6)},
          {"keys", json::parse(rows.text(7))},
          {"block_max", static_cast<std::int64_t>(limits::scan_block_max)},
          {"counts", nullptr}};
}

}  // namespace

json::array list_scans(const Duplicates& duplicates, const access::Scope& scope) {
  const auto& parts = duplicates.parts();
  json::array out;
  parts.database.read([&](store::Session& session) {
    out.clear();
    auto rows = session.query(parts.statements["duplicates.list_scans"], {limits::scans_max});
    while (rows->next())
      if (sees_all(scope, rows->text(1))) out.push_back(read_scan(*rows));
  });
  const auto dictionary = parts.dictionary.current();
  std::set<std::string> counted;
  for (auto& scan : out) {
    auto& one = scan.as_object();
    const std::string name(one.at("type").as_string());
    const auto* type = dictionary->find(name);
    if (!type || one.at("ended_at").is_null() || !counted.insert(name).second) continue;
    if (auto counts = count_pairs(duplicates, scope, *type)) one["counts"] = std::move(*counts);
  }
  return out;
}

}  // namespace fokus::duplicates
