// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace fokus::dashboards {

namespace limits {
constexpr std::size_t cache_bytes_max = 16 * 1024 * 1024;
}

// The records of a type about persons that an answer names: who sees them is logged each time.
struct NamedRecords {
  std::string type;
  std::vector<std::int64_t> ids;
};

struct CachedAnswer {
  std::string stamp;  // what the data were when it was computed; see TileAnswers
  std::string body;   // JSON without its last brace
  std::vector<NamedRecords> named;
  // Numbers about persons: their type and what was counted, logged each time too.
  std::string counted, shape;
};

// The answers used last, up to a number of bytes. Thread-safe.
class AnswerCache {
 public:
  explicit AnswerCache(std::size_t bytes_max = limits::cache_bytes_max) : bytes_max_(bytes_max) {}

  // Nothing when it is not there or belongs to other data.
  std::shared_ptr<const CachedAnswer> find(const std::string& key, const std::string& stamp);
  void keep(const std::string& key, std::shared_ptr<const CachedAnswer> answer);
  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const CachedAnswer> answer;  // shared with calls that are being answered
  };
  static std::size_t size_of(const Entry& entry);
  void drop(std::list<Entry>::iterator at);

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // used last, first
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace fokus::dashboards
