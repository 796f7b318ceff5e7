// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fokus::store {

// Who wants to hear of which channel. Thread-safe; callbacks run outside of the lock.
class Subscribers {
 public:
  using Callback = std::function<void(std::string_view payload)>;

  void add(std::string channel, Callback callback) {
    std::lock_guard lock(mutex_);
    channels_[std::move(channel)].push_back(std::move(callback));
  }

  void call(std::string_view channel, std::string_view payload) const {
    for (const Callback& callback : of(channel)) callback(payload);
  }

  std::vector<std::string> channels() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, callbacks] : channels_) names.push_back(name);
    return names;
  }

 private:
  std::vector<Callback> of(std::string_view channel) const {
    std::lock_guard lock(mutex_);
    const auto found = channels_.find(channel);
    return found == channels_.end() ? std::vector<Callback>{} : found->second;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Callback>, std::less<>> channels_;
};

}  // namespace fokus::store
