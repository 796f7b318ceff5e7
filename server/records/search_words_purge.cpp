// SPDX-License-Identifier: Apache-2.0
// A name that nobody has any more is still a name: words leave the help with spelling with the last
// record that has them.
#include "records/inner.hpp"

namespace fokus::records {
namespace {

constexpr int words_per_look = 500;

std::vector<std::string> read_words(store::Rows& rows) {
  std::vector<std::string> out;
  while (rows.next()) out.emplace_back(rows.text(0));
  return out;
}

// Each word is looked up in the index that the search uses: PostgreSQL has one per record type.
std::string unused_words_sql(store::Engine engine, const Dictionary& dictionary) {
  std::string text = "SELECT w.word FROM search_words w WHERE w.word > $1 AND w.word <= $2";
  if (engine == store::Engine::sqlite)
    return text +
           " AND NOT EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH '\"' || "
           "w.word || '\"')";
  for (const auto& [name, type] : dictionary.types) {
    const bool searchable = std::any_of(type.fields.begin(), type.fields.end(),
                                        [](const Field& field) { return field.searchable; });
    if (searchable)
      text += " AND NOT EXISTS (SELECT 1 FROM search_entries e WHERE e.record_type = '" + name +
              "' AND array_to_tsvector(string_to_array(e.text, ' ')) @@ CAST(w.word AS tsquery))";
  }
  return text;
}

}  // namespace

void Records::purge_search_words(store::Database& database,
                                 const std::function<bool()>& should_stop) const {
  const auto dictionary = dictionary_ptr();
  const std::string unused = unused_words_sql(database.engine(), *dictionary);
  std::string after;
  while (!should_stop()) {
    std::string last;
    const bool found = database.read([&](store::Session& session) {
      const auto page = read_words(
          *session.query(inner_->sql["records.search_words_after"], {after, words_per_look}));
      if (page.empty()) return false;
      last = page.back();
      return session.query(unused, {after, last})->next();
    });
    if (last.empty()) return;
    // Asked again, because meanwhile somebody may have got the name.
    if (found)
      database.write([&](store::Transaction& tx) {
        for (const auto& word : read_words(*tx.query(unused, {after, last}))) {
          for (const auto& variant : variants_of(word))
            tx.execute(inner_->sql["records.remove_search_variant"], {variant, word});
          tx.execute(inner_->sql["records.remove_search_word"], {word});
        }
        tx.after_commit([known = inner_->known_words] { known->clear(); });
        tx.notify(search_words_channel, "purged");
      });
    after = last;
  }
}

void Records::forget_search_words() const {
  inner_->known_words->clear();
}

}  // namespace fokus::records
