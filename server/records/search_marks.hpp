// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "access/actor.hpp"
#include "records/dictionary.hpp"

namespace fokus::records {

// The text of a search entry: "t0person = anna = lund + 20112233 = 17". Before each word stands a
// sign of the class of data that it came from, so that whoever may not see a class still finds
// records by the rest. The full-text indexes pass over the signs: they ask for every word, and what
// they find is looked through for what the viewer may see only where something is masked.
class MarkedWords {
 public:
  void add(char mark, std::string_view word);
  std::string render(std::string_view type_word, std::int64_t id) const;
  std::set<std::string> plain() const;

 private:
  std::set<std::string> words_;  // each behind its sign
};

constexpr char open_mark = '=';  // of what is not masked for anybody
char search_mark(std::string_view data_class);
// The signs of what the viewer sees, at least open_mark.
std::string visible_marks(const access::Scope& scope);

// Some words that the index holds of the type are masked for the viewer.
bool is_search_masked(const access::Scope& scope, const RecordType& type);
// The line under a hit may show what is masked for the viewer.
bool is_subtitle_masked(const access::Scope& scope, const RecordType& type);
// The fields that fill that line, the first that says something; then the contact points.
constexpr const char* subtitle_fields[] = {"job_title", "email", "phone", "code", "address"};

}  // namespace fokus::records
