// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fokus::records {

// Whom an answer shows beside the records that it was asked for: through links, as members, in what
// changed. Only types about persons are noted. For the access log.
class Seen {
 public:
  bool empty() const { return types_.empty(); }
  void add(std::string_view type, std::int64_t id) {
    auto found = types_.find(type);
    if (found == types_.end()) found = types_.emplace(std::string(type), Ids()).first;
    auto& ids = found->second;
    // A page often names one and the same person row after row.
    if (ids.empty() || ids.back() != id) ids.push_back(id);
  }
  void add(const Seen& other) {
    for (const auto& [type, ids] : other.types_)
      for (const auto id : ids) add(type, id);
  }

  using Ids = std::vector<std::int64_t>;
  // By record type, each id once, in ascending order.
  std::map<std::string, Ids, std::less<>> types() const {
    auto out = types_;
    for (auto& [type, ids] : out) {
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    return out;
  }

 private:
  std::map<std::string, Ids, std::less<>> types_;
};

}  // namespace fokus::records
