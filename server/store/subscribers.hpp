// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace fokus::store {

// Who wants to hear of which channel. Thread-safe; callbacks run outside of the lock.
class Subscribers {
 public:
  using Callback = std::function<void(std::string_view payload)>;

  Subscription add(std::string channel, Callback callback) {
    const auto entry = std::make_shared<Entry>();
    entry->callback = std::move(callback);
    std::lock_guard lock(mutex_);
    auto& entries = channels_[std::move(channel)];
    std::erase_if(entries, [](const auto& other) { return other->is_over(); });
    entries.push_back(entry);
    return Subscription(entry.get(), [entry](void*) { entry->end(); });
  }

  void call(std::string_view channel, std::string_view payload) const {
    for (const auto& entry : of(channel)) entry->call(payload);
  }

  std::vector<std::string> channels() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, callbacks] : channels_) names.push_back(name);
    return names;
  }

 private:
  struct Entry {
    std::mutex mutex;
    Callback callback;  // none: the subscription is over

    void call(std::string_view payload) {
      std::lock_guard lock(mutex);
      if (callback) callback(payload);
    }
    void end() {
      std::lock_guard lock(mutex);
      callback = nullptr;
    }
    bool is_over() {
      std::lock_guard lock(mutex);
      return !callback;
    }
  };
  using Entries = std::vector<std::shared_ptr<Entry>>;

  Entries of(std::string_view channel) const {
    std::lock_guard lock(mutex_);
    const auto found = channels_.find(channel);
    return found == channels_.end() ? Entries{} : found->second;
  }

  mutable std::mutex mutex_;
  std::map<std::string, Entries, std::less<>> channels_;
};

}  // namespace fokus::store
