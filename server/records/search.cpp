// SPDX-License-Identifier: Apache-2.0
#include "records/search.hpp"

#include <set>
#include <unordered_map>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/inner.hpp"
#include "records/retirement.hpp"
#include "records/rights.hpp"
#include "records/search_marks.hpp"
#include "records/search_query.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t corrected_length_min = 4;
constexpr std::size_t alternatives_max = 8;
constexpr int candidates_per_item = 4;  // fetched for each hit shown, to choose the best from

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

// Rows of search_entries e of one type that match. The type stands in the text, so that PostgreSQL
// sees which of its indexes serves; its name is an identifier. What the index finds by a word that
// is masked for the viewer is left out; an entry of an earlier program has no marks, and is found
// by nobody for whom something is masked until "search_rebuild" has reached it.
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

// PostgreSQL must not know that only a few are wanted: it would rather walk the table until it has
// met them, and of a rare word that is all of it. The rows are still read only as they are asked
// for.
std::string matching(const store::Session& session, const std::string& select) {
  if (session.engine() == store::Engine::sqlite) return select;
  return "WITH hits AS MATERIALIZED (" + select + ") SELECT * FROM hits";
}

struct Hit {
  std::int64_t id;
  std::string name, subtitle;
  int rank;  // lower is better
};

// 0: the name is what was typed; 1: starts with it; 2: each word starts a word of the name; 3:
// rest.
int rank_of(const std::string& folded_name, const std::string& folded_query,
            const std::vector<QueryWord>& words) {
  if (folded_name == folded_query) return 0;
  if (folded_name.starts_with(folded_query)) return 1;
  const std::string padded = " " + folded_name;
  for (const auto& word : words)
    if (padded.find(" " + word.text) == padded.npos) return 3;
  return 2;
}

class Finder {
 public:
  Finder(const CriteriaContext& context, store::Session& session, std::string_view q, int limit)
      : context_(context), session_(session), query_(fold(q)), limit_(limit) {}

  std::vector<Hit> find(const RecordType& type, const SearchQuery& query) {
    const auto& words = query.words;
    std::unordered_map<std::int64_t, Hit> found;
    if (words.size() >= 1 && words[0].instead.empty()) collect(by_name(type), words, found);
    // Names that begin with the query come before all others: when they fill the list it is done.
    if (static_cast<int>(found.size()) < limit_) collect(by_words(type, query), words, found);
    const bool no_subtitle = is_subtitle_masked(context_.scope, type);
    std::vector<Hit> out;
    for (auto& [id, hit] : found) {
      if (no_subtitle) hit.subtitle.clear();
      out.push_back(std::move(hit));
    }
    std::sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) {
      return std::tie(a.rank, a.name, a.id) < std::tie(b.rank, b.name, b.id);
    });
    if (static_cast<int>(out.size()) > limit_) out.resize(static_cast<std::size_t>(limit_));
    return out;
  }

 private:
  // Names that start with the whole query, straight from the index on the folded name: the word
  // index alone would have to rank every hit of a common prefix to find them.
  SqlText by_name(const RecordType& type) const {
    SqlText sql;
    const std::string from = sql.bind(query_);
    const std::string to = sql.bind(query_ + "\x7f");
    sql.text = "SELECT t.id, t.name, e.subtitle FROM " + type.table +
               " t JOIN search_entries e ON e.record_type = " + sql.bind(type.name) +
               " AND e.record_id = t.id WHERE t.name_f >= " + from + " AND t.name_f < " + to +
               " AND ";
    if (!append_rights(context_, type, access::Action::read, "t", sql)) sql.text += "1=1";
    // As the index has it: PostgreSQL would sort every name of a common beginning.
    sql.text += context_.engine == store::Engine::postgres ? " ORDER BY t.name_f NULLS FIRST"
                                                           : " ORDER BY t.name_f";
    sql.text += " LIMIT " + sql.bind(std::int64_t{limit_});
    return sql;
  }

  SqlText by_words(const RecordType& type, const SearchQuery& query) const {
    SqlText sql;
    const std::string from = from_matching(session_, context_.scope, type, query, sql);
    sql.text = "SELECT e.record_id, e.name, e.subtitle FROM " + from + " AND ";
    if (!append_rights(context_, type, access::Action::read, "e", sql)) sql.text += "1=1";
    sql.text = matching(session_, sql.text) + " LIMIT " +
               sql.bind(std::int64_t{limit_ * candidates_per_item});
    return sql;
  }

  void collect(const SqlText& sql, const std::vector<QueryWord>& words,
               std::unordered_map<std::int64_t, Hit>& found) {
    const auto params = sql.params();
    auto rows = session_.query(sql.text, store::Params(params));
    while (rows->next()) {
      const std::int64_t id = rows->integer(0);
      if (found.contains(id)) continue;
      const std::string name(rows->text(1));
      found.emplace(id,
                    Hit{id, name, std::string(rows->text(2)), rank_of(fold(name), query_, words)});
    }
  }

  const CriteriaContext& context_;
  store::Session& session_;
  std::string query_;
  int limit_;
};

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

}  // namespace

bool append_search(const store::Session& session, const Scope& scope, const RecordType& type,
                   std::string_view alias, std::string_view q, SqlText& sql) {
  const auto query = parse_search(q);
  if (query.words.empty()) return false;
  const std::string from = from_matching(session, scope, type, query, sql);
  sql.text +=
      std::string(alias) + ".id IN (" + matching(session, "SELECT e.record_id FROM " + from) + ")";
  return true;
}

Result<std::string> checked_words(std::string q) {
  if (q.size() > limits::search_bytes_max)
    return field_error("records/bad_search", "q", "too_long",
                       {{"max", std::to_string(limits::search_bytes_max)}});
  return q;
}

SearchHits write_search(const Records& records, store::Session& session,
                        const store::Statements& sql, const Scope& scope, Instant now,
                        std::string_view q, int limit, JsonWriter& json,
                        std::string_view only_type) {
  SearchHits shown;
  const auto dictionary = records.dictionary_ptr();
  const CriteriaContext context{*dictionary, scope, now, session.engine()};
  auto query = parse_search(trim(q));
  Finder finder(context, session, trim(q), std::clamp(limit, 1, limits::search_items_max));
  const auto write_all = [&] {
    for (const RecordType* one : dictionary->in_order()) {
      const RecordType& type = *one;
      if (!only_type.empty() && type.name != only_type) continue;
      if (is_retired(type)) continue;
      if (!is_searchable(type) || !scope.permissions().may(type.name, access::Action::read))
        continue;
      // A hit shows the name.
      if (const Field* name = type.find("name"); name && is_masked(scope, *name)) continue;
      const auto hits = finder.find(type, query);
      if (hits.empty()) continue;
      json.begin_object().field("type", type.name).key("items").begin_array();
      for (const auto& hit : hits) {
        json.begin_object()
            .field("id", hit.id)
            .field("name", hit.name)
            .field("subtitle", hit.subtitle)
            .end_object();
        if (type.about_person) shown.persons.push_back(hit.id);
      }
      shown.shown += static_cast<std::int64_t>(hits.size());
      json.end_array().end_object();
    }
  };
  json.begin_object().key("groups").begin_array();
  if (!query.words.empty()) {
    write_all();
    if (shown.shown == 0 && correct_words(session, sql, query.words)) write_all();
  }
  json.end_array().end_object();
  return shown;
}

}  // namespace fokus::records
