// SPDX-License-Identifier: Apache-2.0
#include "access/access_log.hpp"

#include <atomic>
#include <deque>
#include <thread>

#include "access/access_chain.hpp"
#include "access/access_journal.hpp"
#include "access/parts.hpp"
#include "base/text.hpp"

namespace fokus::access {
namespace {

constexpr std::size_t salt_bytes = 16;

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

struct AccessLog::Moving {
  Moving(const std::string& folder, Random& random) : journal(folder, random) {}
  AccessJournal journal;
  std::mutex mutex;  // one moves at a time
  std::deque<AccessJournal::Segment> taken;
  std::atomic<bool> refused = false;  // the database did not take the last ones
  std::mutex waiting;
  std::condition_variable wake;
  bool is_full = false, is_ending = false;
  std::thread thread;

  ~Moving() {
    for (auto& segment : taken) AccessJournal::release(segment);
  }
};

AccessLog::AccessLog(store::Database& database, const store::Statements& statements,
                     const Clock& clock, Random& random, const std::string& folder)
    : database_(database), statements_(statements), clock_(clock), random_(random) {
  if (folder.empty()) return;
  adopt_left_behind(folder);
  moving_ = std::make_unique<Moving>(folder, random);
  moving_->thread = std::thread([this] { move_for_ever(); });
}

AccessLog::~AccessLog() {
  end();
}

void AccessLog::end() {
  if (!moving_ || !moving_->thread.joinable()) return;
  {
    std::lock_guard lock(moving_->waiting);
    moving_->is_ending = true;
  }
  moving_->wake.notify_all();
  moving_->thread.join();
}

// Stored, unless the process was killed between that and the removal of its file.
void AccessLog::adopt_left_behind(const std::string& folder) {
  for (auto& segment : AccessJournal::left_behind(folder)) {
    if (!segment.entries.empty())
      database_.write([&](store::Transaction& tx) {
        const auto& salt = segment.entries.front().salt;
        if (tx.query_integer(statements_["access.log_has_salt"], {salt}) == 0)
          store(tx, segment.entries);
      });
    AccessJournal::forget(segment);
  }
}

void AccessLog::move_for_ever() {
  auto& m = *moving_;
  for (bool ending = false; !ending;) {
    {
      std::unique_lock lock(m.waiting);
      m.wake.wait_for(lock, std::chrono::milliseconds(limits::log_delay_ms),
                      [&] { return m.is_full || m.is_ending; });
      m.is_full = false;
      ending = m.is_ending;
    }
    try {
      flush();
    } catch (const std::exception&) {
      // append() tells it to those whom it concerns, and the file keeps what could not be moved.
    }
  }
}

void AccessLog::flush() {
  if (!moving_) return;
  auto& m = *moving_;
  std::lock_guard lock(m.mutex);
  m.taken.push_back(m.journal.take());
  if (m.taken.back().entries.empty()) m.taken.pop_back();
  try {
    for (; !m.taken.empty(); m.taken.pop_front()) {
      auto& segment = m.taken.front();
      database_.write([&](store::Transaction& tx) { store(tx, segment.entries); });
      AccessJournal::forget(segment);
    }
    m.refused = false;
  } catch (...) {
    m.refused = true;
    throw;
  }
}

void AccessLog::append(LogEntry entry) {
  auto entries = prepare(std::move(entry));
  if (!moving_) return append_at_once(std::move(entries));
  if (moving_->refused) flush();
  if (moving_->journal.append(std::move(entries)) < limits::log_waiting_max) return;
  {
    std::lock_guard lock(moving_->waiting);
    moving_->is_full = true;
  }
  moving_->wake.notify_one();
}

// With everything but the number; long lists of ids are spread over several.
std::vector<LogEntry> AccessLog::prepare(LogEntry entry) {
  if (entry.count == 0) entry.count = static_cast<std::int64_t>(entry.ids.size());
  entry.query_shape = cut_utf8(entry.query_shape, limits::log_text_max);
  if (!entry.remote.empty()) entry.remote = network_of(entry.remote);
  entry.at = clock_.now();
  std::vector<LogEntry> out;
  while (entry.ids.size() > limits::log_ids_max) {
    LogEntry part = entry;
    part.ids.assign(entry.ids.begin(), entry.ids.begin() + limits::log_ids_max);
    part.count = limits::log_ids_max;
    part.salt = random_.token(salt_bytes);
    entry.ids.erase(entry.ids.begin(), entry.ids.begin() + limits::log_ids_max);
    entry.count -= part.count;
    out.push_back(std::move(part));
  }
  entry.salt = random_.token(salt_bytes);
  out.push_back(std::move(entry));
  return out;
}

// The first caller writes what has gathered; those who come meanwhile gather for the next one.
void AccessLog::append_at_once(std::vector<LogEntry> entries) {
  std::unique_lock lock(mutex_);
  if (!open_) open_ = std::make_shared<Batch>();
  const auto mine = open_;
  for (auto& entry : entries) mine->entries.push_back(std::move(entry));
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
  database_.write([&](store::Transaction& tx) { store(tx, batch.entries); });
} catch (...) {
  batch.failure = std::current_exception();
}

void AccessLog::store(store::Transaction& tx, std::vector<LogEntry>& entries) {
  std::int64_t id = 0;
  std::string hash;
  {
    auto head = tx.query(statements_["access.lock_log_head"]);
    CHECK(head->next());
    id = head->integer(0);
    hash = head->text(1);
  }
  for (auto& e : entries) {
    e.id = ++id;
    const std::string content = log_content_hash(e);
    hash = log_link_hash(hash, content);
    const std::string ids = render_log_ids(e.ids);
    tx.execute(statements_["access.log_append"],
               {e.id, e.at, e.user, e.session, e.purpose, e.action, e.record_type, ids, e.count,
                e.route, e.query_shape, e.remote, e.call_id, e.salt, content, hash});
  }
  tx.execute(statements_["access.log_set_head"], {id, hash});
}

std::vector<EmbeddedFile> access_log_migrations(std::span<const EmbeddedFile> all) {
  std::vector<EmbeddedFile> out;
  for (const auto& file : all)
    if (file.path == "access/migrations/0002_access_log.sql") out.push_back(file);
  return out;
}

}  // namespace fokus::access
