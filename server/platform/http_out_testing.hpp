// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <map>
#include <mutex>

#include "platform/http_out.hpp"

namespace fokus::outgoing {

// Answers from memory, for tests of those who call. Thread-safe.
class FakeHttp final : public HttpOut {
 public:
  // Of a URL, or of all that begin with what stands before a '*' at its end; the longest counts.
  // Given again for the same one: answered after those before it, the last for ever.
  void answer(const std::string& url, Answer answer) {
    const std::lock_guard lock(mutex_);
    outcomes_[url].push_back({Failure::none, std::move(answer), 100, 200});
  }
  void fail(const std::string& url, Failure failure) {
    const std::lock_guard lock(mutex_);
    outcomes_[url].push_back({failure, {}, 0, 0});
  }
  // All that were sent.
  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  Outcome send(const Request& request) override {
    Outcome out = next(request);
    const bool is_fine = out.answer.status >= 200 && out.answer.status <= 299;
    if (request.sink && is_fine && !request.sink(out.answer.body)) out.failure = Failure::stopped;
    if (request.sink && is_fine) out.answer.body.clear();
    out.answer.url = request.url;
    return out;
  }

 private:
  Outcome next(const Request& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    auto* left = find(request.url);
    if (!left) return {Failure::unknown_host, {}, 0, 0};
    Outcome out = left->front();
    if (left->size() > 1) left->erase(left->begin());
    return out;
  }
  std::vector<Outcome>* find(const std::string& url) {
    if (const auto at = outcomes_.find(url); at != outcomes_.end()) return &at->second;
    std::vector<Outcome>* found = nullptr;
    std::size_t longest = 0;
    for (auto& [key, outcomes] : outcomes_) {
      const bool fits = key.ends_with('*') && url.starts_with(key.substr(0, key.size() - 1));
      if (fits && key.size() > longest) found = &outcomes, longest = key.size();
    }
    return found;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Outcome>> outcomes_;
  std::vector<Request> requests_;
};

}  // namespace fokus::outgoing
