// SPDX-License-Identifier: Apache-2.0
// What the access log holds, and whether its chain is whole.
#include "access/access_chain.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "platform/crypto.hpp"

namespace fokus::access {
namespace {

constexpr int walk_page_max = 1000;

std::vector<std::int64_t> parse_ids(std::string_view text) {
  std::vector<std::int64_t> out;
  for (const auto part : split(text, ','))
    if (!part.empty()) out.push_back(std::strtoll(std::string(part).c_str(), nullptr, 10));
  return out;
}

LogEntry read_entry(store::Rows& rows) {
  LogEntry e;
  e.id = rows.integer(0);
  e.at = Instant{rows.integer(1)};
  e.user = UserId{rows.integer(2)};
  e.session = rows.integer(3);
  e.purpose = rows.text(4);
  e.action = rows.text(5);
  e.record_type = rows.text(6);
  e.ids = parse_ids(rows.text(7));
  e.count = rows.integer(8);
  e.route = rows.text(9);
  e.query_shape = rows.text(10);
  e.remote = rows.text(11);
  e.call_id = rows.text(12);
  e.salt = rows.text(13);
  return e;
}

}  // namespace

std::string render_log_ids(const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  std::string out = ",";
  for (const auto id : ids) out += std::to_string(id) + ',';
  return out;
}

std::string log_content_hash(const LogEntry& e) {
  std::string text;
  JsonWriter json(text);
  json.begin_array().value(e.salt).value(e.id).value(e.at.ms).value(e.user.value).value(e.session);
  json.value(e.purpose).value(e.action).value(e.record_type).value(render_log_ids(e.ids));
  json.value(e.count).value(e.route).value(e.query_shape).value(e.remote).value(e.call_id);
  json.end_array();
  return crypto::sha256_hex(text);
}

std::string log_link_hash(const std::string& before, const std::string& content) {
  return crypto::sha256_hex(before + content);
}

std::vector<LogEntry> AccessLog::list(const LogQuery& query) {
  flush();
  const int limit = std::clamp(query.limit, 1, limits::log_page_max);
  const std::string like = query.record ? "%," + std::to_string(query.record) + ",%" : "";
  const auto name = query.user ? "access.log_list_user" : "access.log_list";
  return database_.read([&](store::Session& session) {
    std::vector<LogEntry> out;
    auto rows = session.query(statements_[name], {query.before, query.from, query.to, query.user,
                                                  query.record_type, like, limit, query.action});
    while (rows->next()) out.push_back(read_entry(*rows));
    return out;
  });
}

LogVerdict AccessLog::verify() {
  flush();
  Walk walk;
  while (!walk.ended && walk.verdict.broken_at == 0)
    database_.read([&](store::Session& session) { walk_page(session, walk); });
  return walk.verdict;
}

// The last page and the head are read in one snapshot: an end that was cut off shows.
void AccessLog::walk_page(store::Session& session, Walk& walk) {
  int count = 0;
  {
    auto rows = session.query(statements_["access.log_walk"], {walk.last, walk_page_max});
    for (; walk.verdict.broken_at == 0 && rows->next(); ++count) check_link(*rows, walk);
  }
  walk.ended = count < walk_page_max;
  if (!walk.ended || walk.verdict.broken_at != 0) return;
  auto head = session.query(statements_["access.log_head"]);
  const bool whole = head->next() && head->integer(0) == walk.last && head->text(1) == walk.hash;
  if (!whole) walk.verdict.broken_at = walk.last + 1;
}

void AccessLog::check_link(store::Rows& rows, Walk& walk) {
  const LogEntry e = read_entry(rows);
  const std::string content(rows.text(14)), hash(rows.text(15));
  // A destroyed content has no salt; what held it in the chain is still there. The oldest entry
  // that is kept has lost the one before it, unless it is the very first.
  const bool readable = rows.is_null(13) || log_content_hash(e) == content;
  const bool is_oldest = walk.last == 0 && e.id != 1;
  const bool chained =
      is_oldest || (e.id == walk.last + 1 && log_link_hash(walk.hash, content) == hash);
  if (!readable || !chained) walk.verdict.broken_at = e.id;
  walk.hash = hash;
  walk.last = e.id;
  ++walk.verdict.checked;
}

}  // namespace fokus::access
