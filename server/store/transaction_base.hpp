// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"

namespace fokus::store {

// What the transactions of both engines share: callbacks, savepoints, and that nothing more is read
// or written after a failure. PostgreSQL enforces the last itself; doing it for SQLite as well
// lets the tests on SQLite find what would break on PostgreSQL.
class TransactionBase : public Transaction {
 public:
  using Callbacks = std::vector<std::function<void()>>;
  using Endings = std::vector<std::function<void(Transaction&)>>;

  std::int64_t writes() const final { return writes_; }
  void after_commit(std::function<void()> callback) final {
    callbacks_.push_back(std::move(callback));
  }
  void at_end(std::function<void(Transaction&)> ending) final {
    endings_.push_back(std::move(ending));
  }
  bool in_savepoint(const std::function<bool()>& body) final;
  void notify(std::string_view channel, std::string_view payload) final;

  // A body that swallows a Failure and says "commit" must not commit half of its work.
  void require_sound() const;
  Callbacks take_callbacks() { return std::exchange(callbacks_, {}); }
  Endings take_endings() { return std::exchange(endings_, {}); }
  void run_endings(const Endings& endings);

 protected:
  // Savepoints are named by their depth, from 1.
  virtual void open_savepoint(int depth) = 0;
  virtual void release_savepoint(int depth) = 0;
  virtual void roll_back_to_savepoint(int depth) = 0;

  // Called once for equal ones, as long as no savepoint was undone.
  virtual void send_notice(std::string_view channel, std::string_view payload) = 0;

  // Runs one statement; a Failure leaves the session unusable.
  template <class Action>
  auto guard(Action action) {
    require_sound();
    try {
      return action();
    } catch (...) {
      failed_ = true;
      throw;
    }
  }
  void mark_failed() { failed_ = true; }
  void count_writes(std::int64_t changed) { writes_ += changed; }

 private:
  struct Mark {
    std::size_t callbacks, endings;
  };
  bool undo_savepoint(int depth, Mark mark);

  Callbacks callbacks_;
  Endings endings_;
  std::set<std::pair<std::string, std::string>> notices_;
  std::int64_t writes_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace fokus::store
