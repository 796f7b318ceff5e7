// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/writer.hpp"

namespace fokus::store::sqlite {
namespace {

constexpr std::size_t group_max = 128;  // bodies per commit: bounds how long the first one waits

bool is_constraint(const Failure& failure) {
  return failure.kind == FailureKind::foreign_key || failure.kind == FailureKind::unique ||
         failure.kind == FailureKind::not_null;
}

}  // namespace

Writer::Writer(const Options& options, const Subscribers& subscribers, Checkpointer& checkpointer)
    : connection_(options, Role::writer), subscribers_(subscribers) {
  checkpointer.attach(connection_.db());
}

Writer::~Writer() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] { return queue_.empty() && leader_ == std::thread::id(); });
}

void Writer::run(const std::function<bool(Transaction&)>& body) {
  Call call;
  call.body = &body;
  std::unique_lock lock(mutex_);
  CHECK(leader_ != std::this_thread::get_id());  // a write in a write would wait for ever
  queue_.push_back(&call);
  connection_.is_wanted = leader_ != std::thread::id();
  while (!call.is_done) {
    if (leader_ == std::thread::id())
      lead(lock);
    else
      call.woken.wait(lock);
  }
  if (call.failure) std::rethrow_exception(call.failure);
}

void Writer::lead(std::unique_lock<std::mutex>& lock) {
  leader_ = std::this_thread::get_id();
  const std::size_t size = std::min(queue_.size(), group_max);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(size);
  const std::vector<Call*> group(queue_.begin(), end);
  queue_.erase(queue_.begin(), end);
  connection_.is_wanted = group.size() > 1 || !queue_.empty();
  lock.unlock();
  serve(group);
  run_callbacks(group);
  lock.lock();
  leader_ = {};
  // Woken under the lock: a call lives on its caller's stack and is gone once that runs on.
  for (Call* call : group) {
    call->is_done = true;
    call->woken.notify_one();
  }
  queue_.empty() ? idle_.notify_all() : queue_.front()->woken.notify_one();
}

void Writer::serve(Calls calls) {
  if (calls.size() > 1 && serve_together(calls)) return;
  for (Call* call : calls) {
    call->failure = nullptr;
    serve_alone(*call);
  }
  connection_.trim_statements();
}

void Writer::serve_alone(Call& call) {
  try {
    connection_.begin_write();
    bool keep = false;
    {
      SqliteSession session(connection_, subscribers_);
      run_body(call, session, keep);
    }
    if (keep) {
      run_endings(call);
      connection_.commit();
    } else {
      connection_.roll_back();
    }
  } catch (...) {
    connection_.roll_back();
    call.callbacks.clear();
    call.endings.clear();
    call.failure = std::current_exception();
  }
}

bool Writer::serve_together(Calls calls) {
  try {
    connection_.begin_write();
  } catch (...) {
    for (Call* call : calls) call->failure = std::current_exception();
    return true;
  }
  for (Call* call : calls) {
    if (!run_in_group(*call)) return take_apart(calls);
  }
  try {
    for (Call* call : calls) run_endings(*call);
  } catch (...) {
    return take_apart(calls);
  }
  return commit_together(calls);
}

bool Writer::take_apart(Calls calls) {
  connection_.roll_back();
  for (Call* call : calls) {
    call->callbacks.clear();
    call->endings.clear();
  }
  return false;
}

// Outside of any savepoint: for the whole group the full-text index is written once, at the commit.
void Writer::run_endings(Call& call) {
  SqliteSession session(connection_, subscribers_);
  session.run_endings(std::exchange(call.endings, {}));
  for (auto& callback : session.take_callbacks()) call.callbacks.push_back(std::move(callback));
}

// False when the body has left something behind that must not be stored, or when the whole
// transaction is gone, as it is after a full disk. There is no savepoint around it: SQLite would
// copy every page that the body changes, and a body that is refused has seldom written anything.
bool Writer::run_in_group(Call& call) {
  SqliteSession session(connection_, subscribers_);
  bool keep = false;
  try {
    run_body(call, session, keep);
  } catch (...) {
    call.failure = std::current_exception();
  }
  return connection_.in_transaction() && (keep || session.writes() == 0);
}

bool Writer::commit_together(Calls calls) {
  try {
    connection_.commit();
    return true;
  } catch (const Failure& failure) {
    connection_.roll_back();
    for (Call* call : calls) call->callbacks.clear();
    // A deferred foreign key of one body: the others are not to blame.
    if (is_constraint(failure)) return false;
    // Also those that were refused: they may have been refused for what is not stored now.
    for (Call* call : calls) call->failure = std::current_exception();
    return true;
  }
}

void Writer::run_body(Call& call, SqliteSession& session, bool& keep) {
  const bool wants_to_keep = (*call.body)(session);
  if (!wants_to_keep) return;
  session.require_sound();
  call.callbacks = session.take_callbacks();
  call.endings = session.take_endings();
  keep = true;
}

void Writer::run_callbacks(Calls calls) noexcept {
  for (Call* call : calls) {
    for (const auto& callback : call->callbacks) callback();
  }
}

}  // namespace fokus::store::sqlite
