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

#include "store/sqlite/connection.hpp"
#include "store/sqlite/session.hpp"

namespace fokus::store::sqlite {

// The one thread that writes. What is waiting when it becomes free is committed together: one wait
// for the disk serves all. A body that comes alone starts at once.
class Writer {
 public:
  Writer(const Options& options, const Subscribers& subscribers);
  ~Writer();

  // Blocks until the body's transaction is durable or refused; throws what the body threw.
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

  void loop();
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
  std::condition_variable arrived_;
  std::deque<Call*> queue_;
  bool is_closing_ = false;
  std::thread thread_;
};

}  // namespace fokus::store::sqlite
