// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/answer_cache.hpp"

namespace fokus::dashboards {

std::size_t AnswerCache::size_of(const Entry& entry) {
  std::size_t ids = 0;
  for (const auto& named : entry.answer->named) ids += named.ids.size();
  constexpr std::size_t overhead = 400;  // list, map, both copies of the key's head
  return 2 * entry.key.size() + entry.answer->body.size() + entry.answer->stamp.size() +
         entry.answer->shape.size() + ids * sizeof(std::int64_t) + overhead;
}

void AnswerCache::drop(std::list<Entry>::iterator at) {
  bytes_ -= size_of(*at);
  places_.erase(at->key);
  entries_.erase(at);
}

std::shared_ptr<const CachedAnswer> AnswerCache::find(const std::string& key,
                                                      const std::string& stamp) {
  std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  if (place->second->answer->stamp != stamp) {
    drop(place->second);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->answer;
}

void AnswerCache::keep(const std::string& key, std::shared_ptr<const CachedAnswer> answer) {
  Entry entry{key, std::move(answer)};
  const std::size_t size = size_of(entry);
  if (size > bytes_max_) return;
  std::lock_guard lock(mutex_);
  if (const auto place = places_.find(key); place != places_.end()) drop(place->second);
  entries_.push_front(std::move(entry));
  places_[key] = entries_.begin();
  bytes_ += size;
  while (bytes_ > bytes_max_) drop(std::prev(entries_.end()));
}

std::size_t AnswerCache::bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace fokus::dashboards
