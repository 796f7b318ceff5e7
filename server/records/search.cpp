// SPDX-License-Identifier: Apache-2.0
#include "records/search.hpp"

#include <unordered_map>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/inner.hpp"
#include "records/retirement.hpp"
#include "records/rights.hpp"
#include "records/search_corrections.hpp"
#include "records/search_marks.hpp"
#include "records/search_matching.hpp"
#include "records/search_query.hpp"

namespace fokus::records {
namespace {

constexpr int candidates_per_item = 4;  // fetched for each hit shown, to choose the best from

using Types = std::vector<const RecordType*>;

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

// Asks for the hits of several types together: each question to PostgreSQL is a round trip.
class Finder {
 public:
  Finder(const CriteriaContext& context, store::Session& session, std::string_view q, int limit)
      : context_(context), session_(session), query_(fold(q)), limit_(limit) {}

  // The best hits of each type, in the order of `types`.
  std::vector<std::vector<Hit>> find(const Types& types, const SearchQuery& query) {
    std::vector<Found> found(types.size());
    if (!query.words.empty() && query.words[0].instead.empty()) collect(types, query, false, found);
    // Names that begin with the query come before all others: when they fill the list it is done.
    Types open = types;
    for (std::size_t i = 0; i < types.size(); ++i)
      if (static_cast<int>(found[i].size()) >= limit_) open[i] = nullptr;
    collect(open, query, true, found);
    std::vector<std::vector<Hit>> out;
    for (std::size_t i = 0; i < types.size(); ++i) out.push_back(best(*types[i], found[i]));
    return out;
  }

 private:
  using Found = std::unordered_map<std::int64_t, Hit>;

  std::vector<Hit> best(const RecordType& type, Found& found) const {
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

  // A type that is null is left out.
  void collect(const Types& types, const SearchQuery& query, bool words,
               std::vector<Found>& found) {
    std::vector<SqlText> texts;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (!types[i]) continue;
      texts.push_back(words ? by_words(*types[i], query) : by_name(*types[i]));
      places.push_back(i);
    }
    std::vector<std::vector<store::Param>> params;
    for (const auto& text : texts) params.push_back(text.params());
    std::vector<store::Question> questions;
    for (std::size_t i = 0; i < texts.size(); ++i) questions.push_back({texts[i].text, params[i]});
    const auto answers = session_.query_each(questions);
    for (std::size_t i = 0; i < answers.size(); ++i)
      while (answers[i]->next()) keep(*answers[i], query.words, found[places[i]]);
  }

  void keep(const store::Rows& row, const std::vector<QueryWord>& words, Found& found) const {
    const std::int64_t id = row.integer(0);
    if (found.contains(id)) return;
    const std::string name(row.text(1));
    found.emplace(id, Hit{id, name, std::string(row.text(2)), rank_of(fold(name), query_, words)});
  }

  const CriteriaContext& context_;
  store::Session& session_;
  std::string query_;
  int limit_;
};

// Those that the viewer may search. A hit shows the name.
Types searched_types(const Dictionary& dictionary, const Scope& scope, std::string_view only_type) {
  Types out;
  for (const RecordType* type : dictionary.in_order()) {
    if (!only_type.empty() && type->name != only_type) continue;
    if (is_retired(*type) || !is_searchable(*type)) continue;
    if (!scope.permissions().may(type->name, access::Action::read)) continue;
    const Field* name = type->find("name");
    if (!name || !is_masked(scope, *name)) out.push_back(type);
  }
  return out;
}

void write_hits(const RecordType& type, const std::vector<Hit>& hits, JsonWriter& json,
                SearchHits& shown) {
  if (hits.empty()) return;
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

}  // namespace

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
  const Types types = searched_types(*dictionary, scope, only_type);
  const auto write_all = [&] {
    const auto hits = finder.find(types, query);
    for (std::size_t i = 0; i < types.size(); ++i) write_hits(*types[i], hits[i], json, shown);
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
