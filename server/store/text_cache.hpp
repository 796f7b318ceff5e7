// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace fokus::store {

// Prepared statements by their text, the least recently used given up first. One thread.
template <class T>
class TextCache {
 public:
  explicit TextCache(std::size_t entries_max) : entries_max_(entries_max) {}

  T* find(std::string_view text) {
    const auto found = index_.find(text);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  // The text must not be in the cache. The reference is good until the entry is given up.
  T& insert(std::string_view text, T value) {
    entries_.emplace_front(std::string(text), std::move(value));
    index_.emplace(entries_.front().first, entries_.begin());
    return entries_.front().second;
  }

  void erase(std::string_view text) {
    const auto found = index_.find(text);
    if (found == index_.end()) return;
    const auto entry = found->second;
    index_.erase(found);
    entries_.erase(entry);
  }

  // Shrinks to the limit, oldest first; entries that `is_busy` says are in use stay.
  template <class IsBusy, class GiveUp>
  void trim(IsBusy is_busy, GiveUp give_up) {
    auto at = entries_.end();
    while (entries_.size() > entries_max_ && at != entries_.begin()) {
      --at;
      if (is_busy(at->second)) continue;
      give_up(at->second);
      index_.erase(at->first);
      at = entries_.erase(at);
    }
  }

  std::size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::pair<std::string, T>>;
  std::size_t entries_max_;
  Entries entries_;
  std::unordered_map<std::string_view, typename Entries::iterator> index_;
};

}  // namespace fokus::store
