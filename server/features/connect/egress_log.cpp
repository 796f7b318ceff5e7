// SPDX-License-Identifier: Apache-2.0
#include "features/connect/egress_log.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/http_url.hpp"

namespace fokus::connect {
namespace {

EgressEntry read_entry(store::Rows& rows) {
  EgressEntry out;
  out.id = rows.integer(0);
  out.at = Instant{rows.integer(1)};
  out.connector = std::string(rows.text(2));
  out.method = std::string(rows.text(3));
  out.host = std::string(rows.text(4));
  out.path = std::string(rows.text(5));
  out.status = static_cast<int>(rows.integer(6));
  out.error = std::string(rows.text(7));
  out.bytes_out = rows.integer(8);
  out.bytes_in = rows.integer(9);
  out.duration_ms = rows.integer(10);
  out.occasion = {UserId{rows.integer(11)}, JobId{rows.integer(12)}, std::string(rows.text(13)),
                  rows.integer(14), rows.integer(15)};
  out.user_name = std::string(rows.text(16));
  return out;
}

bool is_shown(std::string_view name, const std::vector<std::string>& shown_query) {
  return std::find(shown_query.begin(), shown_query.end(), name) != shown_query.end();
}

}  // namespace

Occasion occasion_of(const access::Scope& scope) {
  return {.user = scope.actor.user};
}

void EgressLog::append(EgressEntry entry) {
  if (entry.at.ms == 0) entry.at = parts_.clock.now();
  const std::string path(cut_utf8(entry.path, limits::logged_path_max));
  parts_.database.write([&](store::Transaction& tx) {
    const auto& why = entry.occasion;
    tx.execute(parts_.statements["connect.log"],
               {entry.at, entry.connector, entry.method, entry.host, path, entry.status,
                entry.error, entry.bytes_out, entry.bytes_in, entry.duration_ms, why.user, why.job,
                why.record_type, why.record, why.persons});
  });
}

std::vector<EgressEntry> EgressLog::list(const EgressQuery& query) const {
  return parts_.database.read([&](store::Session& session) {
    const auto& sql = parts_.statements;
    auto rows = query.connector.empty()
                    ? session.query(sql["connect.list_log"],
                                    {query.before, query.from, query.to, query.limit})
                    : session.query(sql["connect.list_log_of"], {query.before, query.from, query.to,
                                                                 query.limit, query.connector});
    std::vector<EgressEntry> out;
    while (rows->next()) out.push_back(read_entry(*rows));
    return out;
  });
}

void EgressLog::remove_old() {
  const Instant before = parts_.clock.now().plus_ms(-limits::keep_egress_ms);
  std::int64_t removed = limits::egress_removed_at_once;
  while (removed == limits::egress_removed_at_once)
    removed = parts_.database
                  .write([&](store::Transaction& tx) -> Result<std::int64_t> {
                    return tx.execute(parts_.statements["connect.remove_log_before"],
                                      {before, limits::egress_removed_at_once});
                  })
                  .value();
}

std::string logged_path(std::string_view url, const std::vector<std::string>& shown_query) {
  const auto parsed = outgoing::parse_url(url);
  if (!parsed) return {};
  std::string out = parsed->path;
  char mark = '?';
  for (const auto pair : split(parsed->query, '&')) {
    if (pair.empty()) continue;
    const auto name = pair.substr(0, pair.find('='));
    out += mark;
    mark = '&';
    out += is_shown(name, shown_query) ? pair : name;
    if (!is_shown(name, shown_query) && name.size() < pair.size()) out += '=';
  }
  return std::string(cut_utf8(out, limits::logged_path_max));
}

}  // namespace fokus::connect
