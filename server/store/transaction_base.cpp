// SPDX-License-Identifier: Apache-2.0
#include "store/transaction_base.hpp"

namespace fokus::store {

bool TransactionBase::in_savepoint(const std::function<bool()>& body) {
  const Mark mark{callbacks_.size(), endings_.size()};
  const int depth = depth_ + 1;
  guard([&] { open_savepoint(depth); });
  depth_ = depth;
  try {
    if (!body()) {
      undo_savepoint(depth, mark);
      return false;
    }
    guard([&] { release_savepoint(depth); });
    depth_ = depth - 1;
    return true;
  } catch (...) {
    undo_savepoint(depth, mark);
    throw;
  }
}

void TransactionBase::run_endings(const Endings& endings) {
  for (const auto& ending : endings) ending(*this);
  require_sound();
}

void TransactionBase::require_sound() const {
  if (failed_) {
    throw Failure(FailureKind::statement,
                  "an earlier statement failed: roll back or leave its savepoint first");
  }
}

void TransactionBase::notify(std::string_view channel, std::string_view payload) {
  guard([&] {
    if (payload.empty() || payload.size() > notify_bytes_max) {
      throw Failure(FailureKind::statement, "a notification is empty or too long");
    }
    if (notices_.emplace(channel, payload).second) send_notice(channel, payload);
  });
}

// When even this fails the whole transaction is gone; the failed mark then stays and nothing
// commits.
bool TransactionBase::undo_savepoint(int depth, Mark mark) {
  depth_ = depth - 1;
  callbacks_.resize(mark.callbacks);
  endings_.resize(mark.endings);
  notices_.clear();  // some may have gone with the savepoint
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
