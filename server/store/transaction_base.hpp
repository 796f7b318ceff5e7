// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
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

  void after_commit(std::function<void()> callback) final {
    callbacks_.push_back(std::move(callback));
  }
  bool in_savepoint(const std::function<bool()>& body) final;

  // A body that swallows a Failure and says "commit" must not commit half of its work.
  void require_sound() const;
  Callbacks take_callbacks() { return std::exchange(callbacks_, {}); }

 protected:
  // Savepoints are named by their depth, from 1.
  virtual void open_savepoint(int depth) = 0;
  virtual void release_savepoint(int depth) = 0;
  virtual void roll_back_to_savepoint(int depth) = 0;

  static void check_payload(std::string_view payload);

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

 private:
  bool undo_savepoint(int depth, std::size_t callbacks);

  Callbacks callbacks_;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace fokus::store
