// SPDX-License-Identifier: Apache-2.0
#include "features/registers/register_store.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "features/registers/register_index.hpp"
#include "platform/locale.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> status_names = {"loading", "ready", "retired", "removed",
                                                          "failed"};
constexpr std::size_t name_f_bytes_max = 200;
constexpr std::size_t words_max = 24;
constexpr std::int64_t remove_step = 5'000;
constexpr int duplicates_step = 1'000;

// Fields with a column of their own; the rest is in `details`.
bool has_column(Field field) {
  return field == Field::number || field == Field::name || field == Field::country ||
         field == Field::city || field == Field::status;
}

LoadStatus parse_status(std::string_view name) {
  const auto found = std::find(status_names.begin(), status_names.end(), name);
  CHECK(found != status_names.end());
  return static_cast<LoadStatus>(found - status_names.begin());
}

Load read_load(const store::Rows& rows) {
  Load load;
  load.id = LoadId{rows.integer(0)};
  load.provider = rows.text(1);
  load.status = parse_status(rows.text(2));
  load.name = rows.text(3);
  load.file = rows.text(4);
  load.size_bytes = rows.integer(5);
  load.obtained_on = rows.text(6);
  load.created_by = UserId{rows.integer(7)};
  load.created_at = Instant{rows.integer(8)};
  load.ended_at = Instant{rows.integer(9)};
  load.job = JobId{rows.integer(10)};
  load.next = {rows.integer(11), rows.integer(12)};
  load.rows = rows.integer(13);
  load.bad_rows = rows.integer(14);
  load.problems = Problems::from_json(rows.text(15));
  load.error = rows.text(16);
  return load;
}

std::vector<Load> read_loads(std::unique_ptr<store::Rows> rows) {
  std::vector<Load> out;
  while (rows->next()) out.push_back(read_load(*rows));
  return out;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// What most names of some country end in.
bool is_legal_form(std::string_view word) {
  constexpr std::array<std::string_view, 26> forms = {
      "ab",  "amba", "ans", "aps", "as",  "asa",     "bv",   "co",  "da",
      "enk", "gmbh", "inc", "ivs", "ltd", "limited", "llc",  "llp", "nuf",
      "nv",  "oy",   "oyj", "plc", "sa",  "sarl",    "smba", "srl"};
  return std::binary_search(forms.begin(), forms.end(), word);
}

void append_words(std::string_view folded, std::vector<std::string>& out) {
  std::string word;
  for (std::size_t i = 0; i <= folded.size() && out.size() < words_max; ++i) {
    if (i < folded.size() && is_word_byte(folded[i])) {
      word += folded[i];
      continue;
    }
    if (word.size() > 1 && !is_legal_form(word)) out.push_back(word);
    word.clear();
  }
}

std::string details_of(const Entry& entry) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (std::size_t i = 0; i < field_count; ++i)
    if (!has_column(static_cast<Field>(i)) && !entry.values[i].empty())
      json.field(field_name(static_cast<Field>(i)), std::string_view(entry.values[i]));
  json.end_object();
  return out;
}

}  // namespace

std::string_view status_name(LoadStatus status) {
  return status_names[static_cast<std::size_t>(status)];
}

void Problems::add(std::string_view reason, std::int64_t row) {
  auto found = reasons.find(reason);
  if (found == reasons.end()) found = reasons.emplace(std::string(reason), Reason{}).first;
  ++found->second.count;
  if (found->second.rows.size() < limits::problem_rows_max) found->second.rows.push_back(row);
}

json::object Problems::to_json() const {
  json::object out;
  for (const auto& [name, reason] : reasons) {
    json::array rows;
    for (const auto row : reason.rows) rows.emplace_back(row);
    out[name] = json::object{{"count", reason.count}, {"rows", std::move(rows)}};
  }
  return out;
}

Problems Problems::from_json(std::string_view text) {
  Problems out;
  const auto root = json::parse(text);
  for (const auto& [name, value] : root.as_object()) {
    Reason reason{value.at("count").as_int64(), {}};
    for (const auto& row : value.at("rows").as_array()) reason.rows.push_back(row.as_int64());
    out.reasons.emplace(name, std::move(reason));
  }
  return out;
}

std::vector<std::string> entry_words(std::string_view text) {
  std::vector<std::string> out;
  append_words(fold(text), out);
  return out;
}

// Two letters would be met by words of names; digits and letters together hardly ever.
std::string country_word(std::string_view country) {
  return "c0" + lower_ascii(country);
}

StoredEntry to_stored(const Provider& provider, LoadId load, std::int64_t row, Entry&& entry) {
  StoredEntry out;
  if (entry[Field::country].empty()) entry[Field::country] = provider.country;
  out.id = load.value * ids_per_load + row;
  out.details = details_of(entry);
  out.name_f = fold(entry[Field::name]);
  std::vector<std::string> words;
  append_words(out.name_f, words);
  if (!entry[Field::city].empty()) append_words(fold(entry[Field::city]), words);
  // Within the register of one country the country says nothing.
  if (provider.country.empty()) words.push_back(country_word(entry[Field::country]));
  out.words = join(words, " ");
  out.name_f.resize(cut_utf8(out.name_f, name_f_bytes_max).size());
  out.number = std::move(entry[Field::number]);
  out.name = std::move(entry[Field::name]);
  out.country = std::move(entry[Field::country]);
  out.city = std::move(entry[Field::city]);
  out.status = std::move(entry[Field::status]);
  return out;
}

Entry from_stored(const StoredEntry& stored) {
  Entry out;
  const auto details = json::parse(stored.details);
  for (const auto& [name, value] : details.as_object())
    if (const auto field = parse_field(name)) out[*field] = std::string(value.as_string());
  out[Field::number] = stored.number;
  out[Field::name] = stored.name;
  out[Field::country] = stored.country;
  out[Field::city] = stored.city;
  out[Field::status] = stored.status;
  return out;
}

LoadId RegisterStore::create(store::Transaction& tx, const Load& load) const {
  return LoadId{tx.query_integer(statements_["registers.create_load"],
                                 {load.provider, load.name, load.file, load.size_bytes,
                                  load.obtained_on, load.created_by, load.created_at})};
}

void RegisterStore::set_job(store::Transaction& tx, LoadId id, JobId job) const {
  tx.execute(statements_["registers.set_load_job"], {id, job});
}

std::optional<Load> RegisterStore::find(store::Session& session, LoadId id) const {
  const auto rows = session.query(statements_["registers.get_load"], {id});
  if (!rows->next()) return std::nullopt;
  return read_load(*rows);
}

std::vector<Load> RegisterStore::list(store::Session& session, std::string_view provider, int limit,
                                      LoadId before) const {
  return read_loads(session.query(statements_["registers.list_loads"], {provider, limit, before}));
}

std::vector<Load> RegisterStore::list_with_status(store::Session& session,
                                                  LoadStatus status) const {
  return read_loads(
      session.query(statements_["registers.list_loads_with_status"], {status_name(status)}));
}

bool RegisterStore::advance(store::Transaction& tx, const Load& load, std::int64_t next_row) const {
  return tx.execute(statements_["registers.advance_load"],
                    {load.id, next_row, load.next.offset, load.next.row, load.rows, load.bad_rows,
                     json::serialize(load.problems.to_json())}) == 1;
}

void RegisterStore::add(store::Transaction& tx, LoadId load,
                        const std::vector<StoredEntry>& entries) const {
  const RegisterIndex index(load);
  // SQLite has the words in a table of their own.
  const bool keeps_words = tx.engine() == store::Engine::postgres;
  for (const auto& e : entries) {
    tx.execute(statements_["registers.add_entry"],
               {e.id, load, e.number, e.name, e.name_f, e.country, e.city, e.status, e.details,
                keeps_words ? std::string_view(e.words) : std::string_view()});
    index.add_words(tx, e.id, e.words);
  }
}

std::int64_t RegisterStore::remove_duplicates(store::Transaction& tx, Load& load) const {
  const RegisterIndex index(load.id);
  std::int64_t removed = 0;
  for (const auto& [number, last] : index.duplicates(tx, duplicates_step)) {
    for (const auto id : index.ids_of(tx, number)) {
      if (id == last) continue;
      load.problems.add("duplicate_number", id % ids_per_load);
      removed += tx.execute(statements_["registers.remove_entry"], {id});
    }
  }
  load.rows -= removed;
  tx.execute(statements_["registers.drop_duplicates_of"],
             {load.id, removed, json::serialize(load.problems.to_json())});
  return removed;
}

void RegisterStore::publish(store::Transaction& tx, const Load& load, Instant now) const {
  tx.execute(statements_["registers.retire_others"], {load.provider, load.id});
  tx.execute(statements_["registers.end_load"], {load.id, status_name(LoadStatus::ready), now, ""});
}

void RegisterStore::fail(store::Transaction& tx, LoadId id, std::string_view error,
                         Instant now) const {
  tx.execute(statements_["registers.end_load"], {id, status_name(LoadStatus::failed), now, error});
}

void RegisterStore::retire(store::Transaction& tx, LoadId id) const {
  tx.execute(statements_["registers.retire_load"], {id});
}

bool RegisterStore::remove_some(store::Transaction& tx, LoadId load) const {
  const std::int64_t begin = load.value * ids_per_load, end = begin + ids_per_load;
  const auto first = tx.query_integer(statements_["registers.first_entry_from"], {begin, end});
  if (first == 0) return false;
  tx.execute(statements_["registers.remove_entries"], {first, std::min(first + remove_step, end)});
  return true;
}

void RegisterStore::mark_removed(store::Transaction& tx, LoadId id) const {
  tx.execute(statements_["registers.mark_removed"], {id});
}

}  // namespace fokus::registers
