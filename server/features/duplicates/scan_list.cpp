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

ScanPage list_scans(const Duplicates& duplicates, const access::Scope& scope, std::int64_t before,
                    int limit) {
  const auto& parts = duplicates.parts();
  ScanPage out;
  std::set<std::int64_t> newest;  // of their types
  parts.database.read([&](store::Session& session) {
    out = {};
    std::int64_t last = 0;
    auto rows = session.query(parts.statements["duplicates.list_scans"], {before, limit + 1});
    for (int read = 0; rows->next(); ++read) {
      if (read == limit) {
        out.next = last;
        break;
      }
      last = rows->integer(0);
      if (!sees_all(scope, rows->text(1))) continue;
      out.scans.push_back(read_scan(*rows));
      if (rows->integer(10) == last) newest.insert(last);
    }
  });
  const auto dictionary = parts.dictionary.current();
  for (auto& scan : out.scans) {
    auto& one = scan.as_object();
    const auto* type = dictionary->find(std::string(one.at("type").as_string()));
    if (!type || !newest.contains(one.at("scan").as_int64())) continue;
    if (auto counts = count_pairs(duplicates, scope, *type)) one["counts"] = std::move(*counts);
  }
  return out;
}

}  // namespace fokus::duplicates
