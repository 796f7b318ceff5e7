// SPDX-License-Identifier: Apache-2.0
#include "records/search_matching.hpp"

#include "base/text.hpp"
#include "records/rights.hpp"
#include "records/search_marks.hpp"

namespace fokus::records {
namespace {

// How an engine writes the beginning of a word, a whole word, and what joins them.
struct MatchWords {
  std::string_view open, begins, whole, all, any;

  std::string one(const QueryWord& word) const {
    std::vector<std::string> parts;
    const auto add = [&](const std::string& text, std::string_view end) {
      parts.push_back(std::string(open) + text + std::string(end));
    };
    if (word.instead.empty()) add(word.text, begins);
    if (word.instead.empty())
      for (const auto& other : word.also) add(other, begins);
    for (const auto& other : word.instead) add(other, whole);
    return "(" + join(parts, any) + ")";
  }
};
constexpr MatchWords sqlite_words{"\"", "\"*", "\"", " AND ", " OR "};
constexpr MatchWords postgres_words{"'", "':*", "'", " & ", " | "};

// The text of an entry, looked through for the words that the viewer may see.
struct VisibleWords {
  std::string marks;
  SqlText& sql;
  std::string_view all = " AND ", any = " OR ";

  std::string one(const QueryWord& word) const {
    std::vector<std::string> parts;
    // Words are letters and digits, and marks are signs: nothing to escape.
    const auto add = [&](const std::string& text, std::string_view from, const char* end) {
      for (const char mark : marks)
        parts.push_back(std::string(from) + " LIKE " +
                        sql.bind(std::string{'%', ' ', mark, ' '} + text + end));
    };
    if (word.instead.empty()) add(word.text, "e.text", "%");
    if (word.instead.empty())
      for (const auto& other : word.also) add(other, "e.text", "%");
    for (const auto& other : word.instead) add(other, "(e.text || ' ')", " %");
    return "(" + join(parts, any) + ")";
  }
};

// All the words, or one of the numbers, as an engine writes it.
template <class Words>
std::string render(const Words& words, const SearchQuery& query) {
  std::vector<std::string> each;
  for (const auto& word : query.words) each.push_back(words.one(word));
  std::vector<std::string> ways{"(" + join(each, words.all) + ")"};
  for (const auto& number : query.numbers) ways.push_back(words.one({number, {}, {}}));
  return join(ways, words.any);
}

}  // namespace

std::string from_matching(const store::Session& session, const Scope& scope, const RecordType& type,
                          const SearchQuery& query, SqlText& sql) {
  std::string of_type = " AND e.record_type = '" + type.name + "'";
  if (is_search_masked(scope, type))
    of_type += " AND (" + render(VisibleWords{visible_marks(scope), sql}, query) + ")";
  if (session.engine() == store::Engine::sqlite)
    return "search_index s CROSS JOIN search_entries e ON e.id = s.rowid WHERE search_index "
           "MATCH " +
           sql.bind("\"" + search_type_word(type) + "\" AND (" + render(sqlite_words, query) +
                    ")") +
           of_type;
  return "search_entries e WHERE array_to_tsvector(string_to_array(e.text, ' ')) @@ CAST(" +
         sql.bind(render(postgres_words, query)) + " AS tsquery)" + of_type;
}

std::string matching(const store::Session& session, const std::string& select) {
  if (session.engine() == store::Engine::sqlite) return select;
  return "WITH hits AS MATERIALIZED (" + select + ") SELECT * FROM hits";
}

bool append_search(const store::Session& session, const Scope& scope, const RecordType& type,
                   std::string_view alias, std::string_view q, SqlText& sql) {
  const auto query = parse_search(q);
  if (query.words.empty()) return false;
  const std::string from = from_matching(session, scope, type, query, sql);
  sql.text +=
      std::string(alias) + ".id IN (" + matching(session, "SELECT e.record_id FROM " + from) + ")";
  return true;
}

}  // namespace fokus::records
