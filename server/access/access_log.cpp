// SPDX-License-Identifier: Apache-2.0
#include "access/access_log.hpp"

#include "access/parts.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "platform/crypto.hpp"

namespace fokus::access {
namespace {

constexpr int walk_page_max = 1000;
constexpr std::size_t salt_bytes = 16;

// ",3,17," so that one number can be looked for with LIKE '%,17,%'. Only the breach room and an
// inquiry look for persons here, over a named period; a row per person and list would cost every
// list call fifty rows.
std::string render_ids(const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  std::string out = ",";
  for (const auto id : ids) out += std::to_string(id) + ',';
  return out;
}

std::vector<std::int64_t> parse_ids(std::string_view text) {
  std::vector<std::int64_t> out;
  for (const auto part : split(text, ','))
    if (!part.empty()) out.push_back(std::strtoll(std::string(part).c_str(), nullptr, 10));
  return out;
}

std::string content_hash(const LogEntry& e, std::string_view salt) {
  std::string text;
  JsonWriter json(text);
  json.begin_array().value(salt).value(e.id).value(e.at.ms).value(e.user.value).value(e.session);
  json.value(e.purpose).value(e.action).value(e.record_type).value(render_ids(e.ids));
  json.value(e.count).value(e.route).value(e.query_shape).value(e.remote).value(e.call_id);
  json.end_array();
  return crypto::sha256_hex(text);
}

std::string link_hash(const std::string& before, const std::string& content) {
  return crypto::sha256_hex(before + content);
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
  return e;
}

}  // namespace

LogEntry make_log_entry(const Scope& scope, std::string action, std::string record_type) {
  LogEntry e;
  e.user = scope.actor.user;
  e.session = scope.actor.session;
  e.purpose = scope.purpose;
  e.action = std::move(action);
  e.record_type = std::move(record_type);
  e.route = scope.route;
  e.remote = scope.remote;
  e.call_id = scope.call_id;
  return e;
}

// The first caller writes what has gathered; those who come meanwhile gather for the next one.
void AccessLog::append(LogEntry entry) {
  if (entry.count == 0) entry.count = static_cast<std::int64_t>(entry.ids.size());
  entry.query_shape = cut_utf8(entry.query_shape, limits::log_text_max);
  if (!entry.remote.empty()) entry.remote = network_of(entry.remote);
  std::unique_lock lock(mutex_);
  if (!open_) open_ = std::make_shared<Batch>();
  const auto mine = open_;
  while (entry.ids.size() > limits::log_ids_max) {
    LogEntry part = entry;
    part.ids.assign(entry.ids.begin(), entry.ids.begin() + limits::log_ids_max);
    part.count = limits::log_ids_max;
    entry.ids.erase(entry.ids.begin(), entry.ids.begin() + limits::log_ids_max);
    entry.count -= part.count;
    mine->entries.push_back(std::move(part));
  }
  mine->entries.push_back(std::move(entry));
  done_.wait(lock, [&] { return mine->stored || mine->failure || !writing_; });
  if (!mine->stored && !mine->failure) {
    writing_ = true;
    open_.reset();
    lock.unlock();
    store_batch(*mine);
    lock.lock();
    mine->stored = !mine->failure;
    writing_ = false;
    done_.notify_all();
  }
  if (mine->failure) std::rethrow_exception(mine->failure);
}

void AccessLog::store_batch(Batch& batch) try {
  const Instant now = clock_.now();
  std::vector<std::string> salts;
  for (std::size_t i = 0; i < batch.entries.size(); ++i) salts.push_back(random_.token(salt_bytes));
  database_.write([&](store::Transaction& tx) {
    std::int64_t id = 0;
    std::string hash;
    {
      auto head = tx.query(statements_["access.lock_log_head"]);
      CHECK(head->next());
      id = head->integer(0);
      hash = head->text(1);
    }
    for (std::size_t i = 0; i < batch.entries.size(); ++i) {
      LogEntry& e = batch.entries[i];
      e.id = ++id;
      e.at = now;
      const std::string content = content_hash(e, salts[i]);
      hash = link_hash(hash, content);
      const std::string ids = render_ids(e.ids);
      tx.execute(statements_["access.log_append"],
                 {e.id, e.at, e.user, e.session, e.purpose, e.action, e.record_type, ids, e.count,
                  e.route, e.query_shape, e.remote, e.call_id, salts[i], content, hash});
    }
    tx.execute(statements_["access.log_set_head"], {id, hash});
  });
} catch (...) {
  batch.failure = std::current_exception();
}

std::vector<LogEntry> AccessLog::list(const LogQuery& query) {
  const int limit = std::clamp(query.limit, 1, limits::log_page_max);
  const std::string like = query.record ? "%," + std::to_string(query.record) + ",%" : "";
  const auto name = query.user ? "access.log_list_user" : "access.log_list";
  return database_.read([&](store::Session& session) {
    std::vector<LogEntry> out;
    auto rows = session.query(statements_[name], {query.before, query.from, query.to, query.user,
                                                  query.record_type, like, limit});
    while (rows->next()) out.push_back(read_entry(*rows));
    return out;
  });
}

LogVerdict AccessLog::verify() {
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
  const bool readable = rows.is_null(13) || content_hash(e, rows.text(13)) == content;
  const bool is_oldest = walk.last == 0 && e.id != 1;
  const bool chained =
      is_oldest || (e.id == walk.last + 1 && link_hash(walk.hash, content) == hash);
  if (!readable || !chained) walk.verdict.broken_at = e.id;
  walk.hash = hash;
  walk.last = e.id;
  ++walk.verdict.checked;
}

std::vector<EmbeddedFile> access_log_migrations(std::span<const EmbeddedFile> all) {
  std::vector<EmbeddedFile> out;
  for (const auto& file : all)
    if (file.path == "access/migrations/0002_access_log.sql") out.push_back(file);
  return out;
}

}  // namespace fokus::access
