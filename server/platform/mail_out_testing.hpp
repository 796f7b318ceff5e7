// SPDX-License-Identifier: Apache-2.0
// For tests: a mail server that keeps what it is given.
#pragma once
#include <deque>
#include <mutex>

#include "platform/mail_out.hpp"

namespace fokus::mail {

class FakeMail final : public MailOut {
 public:
  struct Sent {
    Server server;
    std::string from, to, letter;
  };

  // What the next calls answer, in this order; then everything is taken.
  void answer_next(Outcome outcome) {
    std::lock_guard lock(mutex_);
    next_.push_back(outcome);
  }
  std::vector<Sent> sent() const {
    std::lock_guard lock(mutex_);
    return sent_;
  }

  Outcome send(const Server& server, std::string_view from, std::string_view to,
               std::string_view letter, const Watch& watch) override {
    Outcome outcome{.status = 250};
    {
      std::lock_guard lock(mutex_);
      if (!next_.empty()) outcome = next_.front(), next_.pop_front();
    }
    const bool gets_letter = outcome.ok() || outcome.may_have_arrived;
    if (!gets_letter) return outcome;
    if (watch.before_end && !watch.before_end()) return {.failure = Failure::stopped};
    outcome.bytes_out = static_cast<std::int64_t>(letter.size());
    if (!outcome.ok()) return outcome;
    std::lock_guard lock(mutex_);
    sent_.push_back({server, std::string(from), std::string(to), std::string(letter)});
    return outcome;
  }

 private:
  mutable std::mutex mutex_;
  std::deque<Outcome> next_;
  std::vector<Sent> sent_;
};

}  // namespace fokus::mail
