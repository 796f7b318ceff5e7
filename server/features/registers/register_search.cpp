// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "features/registers/check_digits.hpp"
#include "features/registers/register_index.hpp"
#include "features/registers/registers.hpp"
#include "platform/locale.hpp"
#include "records/rights.hpp"
#include "records/search.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;
using access::Scope;

constexpr int by_name_max = 50;
// Enough to choose the best from, few enough to read.
constexpr int by_words_max = 150;
constexpr std::size_t query_words_max = 6;
constexpr std::size_t number_bytes_min = 4;

// "DK-12 34 56 78" is a number; "3M" is a name.
bool is_number_like(std::string_view plain) {
  const auto digits =
      std::count_if(plain.begin(), plain.end(), [](char c) { return c >= '0' && c <= '9'; });
  return plain.size() >= number_bytes_min && digits * 2 > static_cast<std::ptrdiff_t>(plain.size());
}

// What comes first: a number, then a name that is what was typed, then one that starts with it.
int rank_of(const StoredEntry& entry, const std::string& query, std::string_view number) {
  if (!number.empty() && entry.number == number) return 0;
  if (entry.name_f == query) return 1;
  if (entry.name_f.starts_with(query)) return entry.name_f.starts_with(query + " ") ? 2 : 3;
  return number.empty() || !entry.number.starts_with(number) ? 5 : 4;
}

bool is_gone(const StoredEntry& entry) {
  return entry.status == "dissolved" || entry.status == "bankrupt" || entry.status == "inactive";
}

struct Candidate {
  StoredEntry entry;
  const Load* load;
  int rank;
};

bool operator<(const Candidate& a, const Candidate& b) {
  const auto key = [](const Candidate& c) {
    return std::tuple(c.rank, is_gone(c.entry), c.entry.name_f.size(),
                      std::string_view(c.entry.name_f), c.entry.id);
  };
  return key(a) < key(b);
}

struct Query {
  std::string folded, number;
  std::vector<std::string> words;
};

Query read_query(std::string_view q) {
  Query out;
  out.folded = fold(q);
  const auto plain = plain_number(q);
  if (is_number_like(plain)) out.number = plain;
  out.words = entry_words(q);
  if (out.words.size() > query_words_max) out.words.resize(query_words_max);
  return out;
}

void collect(store::Session& session, const Load& load, const Query& query,
             std::string_view country, int limit, std::vector<Candidate>& out) {
  const RegisterIndex index(load.id);
  const auto& provider = *find_provider(load.provider);
  std::set<std::int64_t> seen;
  const auto take = [&](std::vector<StoredEntry> found) {
    for (auto& entry : found) {
      if (!country.empty() && entry.country != country) continue;
      if (!seen.insert(entry.id).second) continue;
      const int rank = rank_of(entry, query.folded, query.number);
      out.push_back({std::move(entry), &load, rank});
    }
  };
  if (!query.number.empty()) {
    take(index.by_number(session, query.number, by_name_max));
    // A number that cannot be one was mistyped: what it may have been, as far as it is there.
    if (seen.empty())
      for (const auto& meant : suggest_numbers(provider.number_kind, query.number))
        if (auto entry = index.get(session, meant)) take({std::move(*entry)});
  }
  take(index.by_name(session, query.folded, by_name_max));
  // What starts with all that was typed comes before what holds its words.
  if (static_cast<int>(seen.size()) >= limit || query.words.empty()) return;
  const bool narrows = !country.empty() && provider.country.empty();
  take(index.by_words(session, query.words, narrows ? country_word(country) : "", by_words_max));
}

Found to_found(const StoredEntry& stored, const Load& load) {
  return {find_provider(load.provider), from_stored(stored), load.obtained_on, std::nullopt};
}

std::string text_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string_view number_of_company(const Entry& entry) {
  return entry[Field::org_number].empty() ? entry[Field::number] : entry[Field::org_number];
}

}  // namespace

Result<SearchOutcome> Registers::search(const Scope& scope, std::string_view q,
                                        std::string_view country, int limit) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "registers/not_found");
  TRY(records::check_type_right(scope, *type, access::Action::create));
  const auto query = trim(q);
  if (query.size() > limits::query_bytes_max)
    return field_error("registers/invalid", "q", "too_long",
                       {{"max", std::to_string(limits::query_bytes_max)}});
  SearchOutcome out;
  if (query.size() < limits::query_bytes_min) return out;
  const int shown = std::clamp(limit, 1, limits::found_max);
  out.companies = find_companies(scope, query, shown);
  out.entries = find_entries(query, country, shown);
  mark_ours(scope, out.entries);
  return out;
}

std::vector<Found> Registers::find_entries(std::string_view q, std::string_view country,
                                           int limit) const {
  const Query query = read_query(q);
  std::vector<Found> out;
  // One session, so that no load is taken away between its being found and being read.
  places_.database.read([&](store::Session& session) {
    const auto loads = store_.list_with_status(session, LoadStatus::ready);
    std::vector<Candidate> found;
    for (const auto& load : loads) {
      const auto* provider = find_provider(load.provider);
      const bool fits = provider && (country.empty() || provider->country.empty() ||
                                     provider->country == country);
      if (fits) collect(session, load, query, country, limit, found);
    }
    std::sort(found.begin(), found.end());
    if (static_cast<int>(found.size()) > limit) found.resize(static_cast<std::size_t>(limit));
    for (const auto& one : found) out.push_back(to_found(one.entry, *one.load));
  });
  return out;
}

std::vector<OwnCompany> Registers::find_companies(const Scope& scope, std::string_view q,
                                                  int limit) const {
  std::vector<OwnCompany> out;
  if (!scope.permissions().may("company", access::Action::read)) return out;
  const auto dictionary = parts_.records.dictionary_ptr();
  std::string text;
  JsonWriter writer(text);
  parts_.database.read([&](store::Session& session) {
    records::write_search(parts_.records, session, parts_.statements, scope, parts_.clock.now(), q,
                          limit, writer, "company");
  });
  const auto root = json::parse(text);
  for (const auto& group : root.at("groups").as_array())
    for (const auto& item : group.at("items").as_array())
      out.push_back({RecordId{item.at("id").as_int64()},
                     std::string(item.at("name").as_string()),
                     {},
                     {},
                     {}});
  return out;
}

// Companies of ours are known by their number and, where both say it, the country: eight digits are
// a number in several countries.
void Registers::mark_ours(const Scope& scope, std::vector<Found>& found) const {
  if (found.empty() || !scope.permissions().may("company", access::Action::read)) return;
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  std::vector<std::string> numbers;
  for (const auto& one : found)
    numbers.push_back("'" + plain_number(number_of_company(one.entry)) + "'");
  const auto criteria = records::parse_filter("org_number in (" + join(numbers, ", ") + ")");
  CHECK(criteria.ok());
  records::ListQuery query;
  query.criteria = criteria->get();
  query.fields = {"org_number", "country"};
  query.limit = records::limits::page_max;
  std::string text;
  JsonWriter writer(text);
  const auto page = parts_.database.read([&](store::Session& session) {
    text.clear();
    return parts_.records.list(session, scope, *type, query, writer);
  });
  if (!page) return;  // the number is masked for this viewer
  const auto items = json::parse(text);
  for (const auto& item : items.as_array()) {
    const auto& company = item.as_object();
    const auto number = plain_number(text_of(company, "org_number"));
    const auto country = text_of(company, "country");
    for (auto& one : found) {
      if (plain_number(number_of_company(one.entry)) != number) continue;
      const auto& theirs = one.entry[Field::country];
      if (!country.empty() && !theirs.empty() && country != theirs) continue;
      one.company = RecordId{company.at("id").as_int64()};
    }
  }
}

Result<Found> Registers::look_up(const Scope& scope, std::string_view provider,
                                 std::string_view number) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "registers/not_found");
  TRY(records::check_type_right(scope, *type, access::Action::create));
  const auto* of = find_provider(provider);
  auto loaded = of ? find_loaded(*of, number) : std::nullopt;
  if (!loaded) return make_error(ErrorKind::not_found, "registers/not_found");
  std::vector<Found> found;
  found.push_back(std::move(*loaded));
  mark_ours(scope, found);
  return std::move(found.front());
}

std::optional<Found> Registers::find_loaded(const Provider& provider,
                                            std::string_view number) const {
  const std::string plain = plain_number(number);
  return places_.database.read([&](store::Session& session) -> std::optional<Found> {
    for (const auto& load : store_.list_with_status(session, LoadStatus::ready)) {
      if (load.provider != provider.name) continue;
      if (const auto entry = RegisterIndex(load.id).get(session, plain))
        return to_found(*entry, load);
    }
    return std::nullopt;
  });
}

}  // namespace fokus::registers
