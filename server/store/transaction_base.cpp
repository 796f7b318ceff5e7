// SPDX-License-Identifier: Apache-2.0
#include "store/transaction_base.hpp"

namespace fokus::store {

bool TransactionBase::in_savepoint(const std::function<bool()>& body) {
  const std::size_t callbacks = callbacks_.size();
  const int depth = depth_ + 1;
  guard([&] { open_savepoint(depth); });
  depth_ = depth;
  try {
    if (!body()) {
      undo_savepoint(depth, callbacks);
      return false;
    }
    guard([&] { release_savepoint(depth); });
    depth_ = depth - 1;
    return true;
  } catch (...) {
    undo_savepoint(depth, callbacks);
    throw;
  }
}

void TransactionBase::require_sound() const {
  if (failed_) {
    throw Failure(FailureKind::statement,
                  "an earlier statement failed: roll back or leave its savepoint first");
  }
}

void TransactionBase::check_payload(std::string_view payload) {
  if (payload.empty() || payload.size() > notify_bytes_max) {
    throw Failure(FailureKind::statement, "a notification is empty or too long");
  }
}

// When even this fails the whole transaction is gone; the failed mark then stays and nothing
// commits.
bool TransactionBase::undo_savepoint(int depth, std::size_t callbacks) {
  depth_ = depth - 1;
  callbacks_.resize(callbacks);
  try {
    roll_back_to_savepoint(depth);
    failed_ = false;
    return true;
  } catch (const Failure&) {
    failed_ = true;
    return false;
  }
}

}  // namespace fokus::store
