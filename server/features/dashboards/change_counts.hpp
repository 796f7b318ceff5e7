// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace fokus::dashboards {

// How often records of each type have changed since the program started, on any node. An answer
// that was computed after the counts were read is good as long as they are the same. Thread-safe.
class ChangeCounts {
 public:
  // An empty name stands for "anything may have changed": a connection to the other nodes was lost.
  void add(std::string_view type) {
    std::lock_guard lock(mutex_);
    ++total_;
    if (type.empty())
      ++everything_;
    else
      ++counts_[std::string(type)];
  }
  // Never falls.
  std::uint64_t of(std::string_view type) const {
    std::lock_guard lock(mutex_);
    const auto at = counts_.find(type);
    return everything_ + (at == counts_.end() ? 0 : at->second);
  }
  std::uint64_t of_everything() const {
    std::lock_guard lock(mutex_);
    return total_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  std::uint64_t everything_ = 0, total_ = 0;
};

}  // namespace fokus::dashboards
