// SPDX-License-Identifier: Apache-2.0
// What the search index keeps of a record.
#include <set>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "platform/national_ids.hpp"
#include "platform/romanise.hpp"
#include "records/initials.hpp"
#include "records/inner.hpp"
#include "records/phone_words.hpp"
#include "records/rights.hpp"
#include "records/search_marks.hpp"
#include "records/search_query.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t words_max = 60;  // per record
constexpr std::size_t word_bytes_max = 40;
constexpr std::size_t number_digits_min = 6;
constexpr std::size_t variant_length_min = 4;
constexpr std::size_t variant_length_max = 20;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_all_letters(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Typing errors: the word and each form of it with one letter left out lead to the word.
void add_variants(store::Transaction& tx, const store::Statements& sql, const std::string& word) {
  if (tx.execute(sql["records.add_search_word"], {word}) == 0) return;
  for (const auto& variant : variants_of(word))
    tx.execute(sql["records.add_search_variant"], {variant, word});
}

void learn_words(store::Transaction& tx, const Records::Inner& inner,
                 const std::set<std::string>& words) {
  std::vector<std::string> fresh;
  for (const auto& word : words) {
    if (word.size() < variant_length_min || word.size() > variant_length_max ||
        !is_all_letters(word) || inner.known_words->contains(word))
      continue;
    add_variants(tx, inner.sql, word);
    fresh.push_back(word);
  }
  if (fresh.empty()) return;
  tx.after_commit([known = inner.known_words, fresh = std::move(fresh)] { known->add(fresh); });
}

struct Entry {
  std::string type;
  RecordId record;
  std::string name, subtitle, text;
  store::Value owner, group;
  bool restricted = false, is_new = false;
};

struct StoredEntry {
  std::int64_t id = 0;  // 0: there is none
  std::string text;
};

StoredEntry find_entry(store::Session& session, const store::Statements& sql,
                       const std::string& type, RecordId record) {
  const auto rows = session.query(sql["records.find_search_entry"], {type, record});
  return rows->next() ? StoredEntry{rows->integer(0), std::string(rows->text(1))} : StoredEntry{};
}

// SQLite's index is a table of its own; on PostgreSQL it is an index of search_entries. Single rows
// of literal values: for anything else SQLite opens a savepoint, at which the index goes to disk.
void put_into_index(store::Transaction& tx, const Records::Inner& inner, const StoredEntry& entry) {
  if (tx.engine() != store::Engine::sqlite) return;
  tx.execute("INSERT INTO search_index(rowid, text) VALUES ($1, $2)", {entry.id, entry.text});
  if (inner.search_written) tx.after_commit([&inner] { inner.search_written(); });
}

void take_from_index(store::Transaction& tx, const StoredEntry& entry) {
  if (tx.engine() == store::Engine::sqlite)
    tx.execute("INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', $1, $2)",
               {entry.id, entry.text});
}

void write_entry(store::Transaction& tx, const Records::Inner& inner, const Entry& e) {
  const store::Statements& sql = inner.sql;
  auto stored = e.is_new ? StoredEntry{} : find_entry(tx, sql, e.type, e.record);
  if (stored.id == 0) {
    stored.id =
        tx.insert(sql["records.add_search_entry"],
                  {e.type, e.record, e.name, e.subtitle, e.text, e.owner, e.group, e.restricted});
    return put_into_index(tx, inner, {stored.id, e.text});
  }
  if (stored.text != e.text) {
    take_from_index(tx, stored);
    put_into_index(tx, inner, {stored.id, e.text});
  }
  tx.execute(sql["records.change_search_entry"],
             {stored.id, e.name, e.subtitle, e.text, e.owner, e.group, e.restricted});
}

std::string subtitle_of(const Draft& draft, const std::vector<ContactPoint>& points) {
  for (const char* field : subtitle_fields)
    if (draft.has(field) && draft.type.find(field)->kind != FieldKind::address)
      if (const auto text = draft.text(field); !text.empty()) return std::string(text);
  return points.empty() ? std::string() : points.front().value;
}

// Collects the words of one class of data.
class WordCollector {
 public:
  WordCollector(MarkedWords& words, std::string_view data_class)
      : words_(words), mark_(search_mark(data_class)) {}

  void add(std::string_view text) {
    for (const auto& word : search_words(text)) words_.add(mark_, word);
  }
  void add_text(std::string_view text, std::string_view folded) {
    add(folded);
    for (const auto& other : other_spellings(text)) add(other);
    add_written_numbers(folded);
  }
  void add_phone(std::string_view digits) {
    for (const auto& word : phone_words(digits)) words_.add(mark_, word);
  }
  // "DK29181234" is looked for with its country and without.
  void add_number(std::string_view folded) {
    add(folded);
    std::string digits;
    for (const char c : folded)
      if (c >= '0' && c <= '9') digits += c;
    if (digits.size() >= number_digits_min) words_.add(mark_, digits);
  }
  void add_initials(std::string_view name) {
    for (const auto& initials : initials_of(name)) words_.add(mark_, initials);
  }

 private:
  // "Offer 2024-117" is also looked for by what looks like a phone number: as one word, that is.
  void add_written_numbers(std::string_view text) {
    add_written_number(text);
    for (const auto part : split(text, ' ')) add_written_number(part);
  }
  void add_written_number(std::string_view part) {
    if (!is_phone_query(part)) return;
    if (const auto digits = fold_phone(part); !digits.empty()) words_.add(mark_, digits);
  }

  MarkedWords& words_;
  char mark_;
};

void collect_field(const Field& field, const ColumnValues& columns, MarkedWords& words) {
  if (!field.searchable || columns.empty()) return;
  const auto* folded = columns.size() > 1 ? std::get_if<std::string>(&columns[1]) : nullptr;
  if (!folded) return;
  WordCollector collector(words, field.privacy.data_class);
  if (field.kind == FieldKind::phone)
    collector.add_phone(*folded);
  else if (field.kind == FieldKind::registration_number)
    collector.add_number(*folded);
  else if (const auto* text = std::get_if<std::string>(&columns[0]))
    // Whoever may search must not find persons by numbers that nobody was to write down there.
    collector.add_text(without_national_ids(*text), without_national_ids(*folded));
  else
    collector.add(without_national_ids(*folded));  // the name of a file
}

void collect_words(const Draft& draft, const std::vector<ContactPoint>& points,
                   MarkedWords& words) {
  for (std::size_t i = 0; i < draft.columns.size(); ++i)
    collect_field(draft.type.fields[i], draft.columns[i], words);
  WordCollector collector(words, contact_class);
  for (const auto& point : points) {
    if (point.kind == "phone")
      collector.add_phone(point.folded);
    else if (point.kind == "email" || point.kind == "address")
      collector.add_text(without_national_ids(point.value), without_national_ids(point.folded));
  }
}

struct MadeEntry {
  Entry entry;
  std::set<std::string> learned;  // its words, but for initials
};

MadeEntry make_entry(const Draft& draft, RecordId id, const std::vector<ContactPoint>& points) {
  const RecordType& type = draft.type;
  MarkedWords words;
  collect_words(draft, points, words);
  std::set<std::string> learned = words.plain();
  const Field* name = type.find("name");
  WordCollector(words, name ? std::string_view(name->privacy.data_class) : std::string_view())
      .add_initials(draft.text("name"));
  const auto column = [&](const char* field) {
    return draft.has(field) ? draft[field][0] : store::Value();
  };
  Entry entry{type.name,
              id,
              std::string(draft.text("name")),
              subtitle_of(draft, points),
              words.render(search_type_word(type), id.value),
              column("owner"),
              column("owner_group"),
              draft.has("restricted") && draft.integer("restricted") != 0,
              false};
  return {std::move(entry), std::move(learned)};
}

}  // namespace

std::vector<std::string> variants_of(const std::string& word) {
  std::vector<std::string> out{word};
  for (std::size_t i = 0; i < word.size(); ++i) {
    out.push_back(word);
    out.back().erase(i, 1);
  }
  return out;
}

std::vector<std::string> search_words(std::string_view text) {
  const std::string folded = fold(text);
  std::vector<std::string> out;
  std::string word;
  for (std::size_t i = 0; i <= folded.size(); ++i) {
    if (i < folded.size() && is_word_byte(folded[i])) {
      if (word.size() < word_bytes_max) word += folded[i];
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
      if (out.size() == words_max) break;
    }
  }
  return out;
}

std::string search_type_word(const RecordType& type) {
  std::string out = "t0";
  for (const char c : type.name)
    if (is_word_byte(c)) out += c;
  return out;
}

bool is_searchable(const RecordType& type) {
  return std::any_of(type.fields.begin(), type.fields.end(),
                     [](const Field& field) { return field.searchable; });
}

void save_search_entry(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                       RecordId id, const std::vector<ContactPoint>& points) {
  if (!is_searchable(draft.type)) return;
  auto [entry, learned] = make_entry(draft, id, points);
  entry.is_new = draft.integer("version") == 1;
  tx.at_end(
      [&inner, learned = std::move(learned), entry = std::move(entry)](store::Transaction& end) {
        learn_words(end, inner, learned);
        write_entry(end, inner, entry);
      });
}

void renew_search_entry(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                        RecordId id, const std::vector<ContactPoint>& points) {
  if (!is_searchable(draft.type)) return;
  auto [entry, learned] = make_entry(draft, id, points);
  tx.at_end(
      [&inner, learned = std::move(learned), entry = std::move(entry)](store::Transaction& end) {
        if (find_entry(end, inner.sql, entry.type, entry.record).text == entry.text) return;
        learn_words(end, inner, learned);
        write_entry(end, inner, entry);
      });
}

void remove_search_entry(store::Transaction& tx, const Records::Inner& inner,
                         const RecordType& type, RecordId id) {
  tx.at_end([&inner, type_name = type.name, id](store::Transaction& end) {
    const auto stored = find_entry(end, inner.sql, type_name, id);
    if (stored.id == 0) return;
    take_from_index(end, stored);
    end.execute(inner.sql["records.remove_search_entry"], {stored.id});
  });
}

}  // namespace fokus::records
