// SPDX-License-Identifier: Apache-2.0
#include "records/search_corrections.hpp"

#include <set>
#include <utility>

namespace fokus::records {
namespace {

constexpr std::size_t corrected_length_min = 4;
constexpr std::size_t alternatives_max = 8;

// At most one letter added, left out, replaced, or two neighbours swapped.
bool is_one_error_apart(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1) return false;
  std::size_t i = 0;
  while (i < b.size() && a[i] == b[i]) ++i;
  if (i == b.size()) return true;
  if (a.size() != b.size()) return a.substr(i + 1) == b.substr(i);
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < b.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

std::vector<std::string> similar_words(store::Session& session, const store::Statements& sql,
                                       const std::string& word) {
  std::set<std::string> found;
  const auto look_up = [&](const std::string& variant) {
    auto rows = session.query(sql["records.words_of_variant"], {variant});
    while (rows->next())
      if (is_one_error_apart(rows->text(0), word)) found.emplace(rows->text(0));
  };
  look_up(word);
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::string shorter = word;
    look_up(shorter.erase(i, 1));
  }
  std::vector<std::string> out(found.begin(), found.end());
  if (out.size() > alternatives_max) out.resize(alternatives_max);
  return out;
}

}  // namespace

bool correct_words(store::Session& session, const store::Statements& sql,
                   std::vector<QueryWord>& words) {
  bool corrected = false;
  for (auto& word : words) {
    if (word.text.size() < corrected_length_min) continue;
    word.instead = similar_words(session, sql, word.text);
    corrected |= !word.instead.empty();
  }
  return corrected;
}

}  // namespace fokus::records
