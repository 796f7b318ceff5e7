// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "store/sqlite/checkpointer.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/session.hpp"

namespace fokus::store::sqlite {

// The one connection that writes, used by one thread at a time. Who comes while nobody writes does
// it on the thread that called: waking another one and waiting for it would cost more than a small
// transaction. Those who come meanwhile wait; when the connection is free the first of them commits
// what all of them want together, so that one wait for the disk serves all.
class Writer {
 public:
  Writer(const Options& options, const Subscribers& subscribers, Checkpointer& checkpointer);
  ~Writer();

  // Blocks until the body's transaction is durable or refused; throws what the body threw. The body
  // may run on the thread of another caller.
  void run(const std::function<bool(Transaction&)>& body);

 private:
  struct Call {
    const std::function<bool(Transaction&)>* body = nullptr;
    std::exception_ptr failure;
    TransactionBase::Callbacks callbacks;
    TransactionBase::Endings endings;
    bool is_done = false;
    std::condition_variable woken;
  };
  using Calls = std::span<Call* const>;

  // Takes what is waiting, serves it and tells the callers; `lock` is free meanwhile.
  void lead(std::unique_lock<std::mutex>& lock);
  void serve(Calls calls);
  void serve_alone(Call& call);
  // False when the group has to be taken apart: nothing of it is stored then.
  bool serve_together(Calls calls);
  bool run_in_group(Call& call);
  void run_endings(Call& call);
  bool commit_together(Calls calls);
  bool take_apart(Calls calls);  // false
  void run_body(Call& call, SqliteSession& session, bool& keep);
  static void run_callbacks(Calls calls) noexcept;

  Connection connection_;
  const Subscribers& subscribers_;
  std::mutex mutex_;
  std::deque<Call*> queue_;
  std::thread::id leader_;  // of the thread that serves now; none: nobody does
  std::condition_variable idle_;
};

}  // namespace fokus::store::sqlite
