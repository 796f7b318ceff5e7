// SPDX-License-Identifier: Apache-2.0
#include "features/quality/knowledge.hpp"

#include <map>
#include <tuple>

#include "features/quality/number_checks.hpp"
#include "features/quality/quality.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::FieldKind;

constexpr std::int64_t name_uses_min = 5;
constexpr std::int64_t names_max = 50'000;
constexpr int rows_per_read = 5'000;
constexpr std::size_t places_per_write = 2'000, places_max = 200'000, text_max = 100;

// country, postcode, city → how often
using Counts = std::map<std::tuple<std::string, std::string, std::string>, std::int64_t>;

std::string country_of(std::string_view language) {
  if (language.starts_with("nb") || language.starts_with("no")) return "NO";
  if (language.starts_with("sv")) return "SE";
  if (language.starts_with("de")) return "DE";
  if (language.starts_with("fi")) return "FI";
  return "DK";
}

void count_names(store::Session& session, const records::RecordType& person, const char* column,
                 std::int64_t NameCount::*count, NameCounts& out) {
  const std::string folded = std::string("t.") + column + "_f";
  const std::string sql = "SELECT " + folded + ", count(*) FROM " + person.table +
                          " t WHERE t.archived_at IS NULL AND " + folded +
                          " IS NOT NULL GROUP BY " + folded +
                          " HAVING count(*) >= $1 ORDER BY count(*) DESC LIMIT $2";
  for (auto rows = session.query(sql, {name_uses_min, names_max}); rows->next();)
    out[std::string(rows->text(0))].*count = rows->integer(1);
}

void add_place(Counts& counts, std::string_view country, std::string_view postcode,
               std::string_view city, std::int64_t times) {
  if (counts.size() >= places_max || city.size() > text_max || postcode.size() > text_max) return;
  const std::string of = plain_number(country), code = plain_number(postcode);
  if (of.size() == 2 && !code.empty() && !city.empty())
    counts[{of, code, std::string(city)}] += times;
}

void count_own(store::Session& session, const records::RecordType& type, Counts& counts) {
  const auto* address = type.find("address");
  if (type.system || !address || address->kind != FieldKind::address || address->hidden) return;
  const bool has_country = type.find("country") && type.find("country")->kind == FieldKind::country;
  const std::string country =
      has_country ? "COALESCE(t.address_country, t.country)" : std::string("t.address_country");
  const std::string sql = "SELECT " + country +
                          ", t.address_postcode, t.address_city, count(*) FROM " + type.table +
                          " t WHERE t.archived_at IS NULL AND t.address_postcode IS NOT NULL AND "
                          "t.address_city IS NOT NULL GROUP BY " +
                          country + ", t.address_postcode, t.address_city";
  for (auto rows = session.query(sql); rows->next();)
    add_place(counts, rows->text(0), rows->text(1), rows->text(2), rows->integer(3));
}

std::string postcode_in(std::string_view details) {
  boost::system::error_code failed;
  const auto parsed = json::parse(json::string_view(details.data(), details.size()), failed);
  const auto* postcode =
      !failed && parsed.is_object() ? parsed.get_object().if_contains("postcode") : nullptr;
  return postcode && postcode->is_string() ? std::string(postcode->get_string()) : std::string();
}

void count_registers(store::Database& registers, const store::Statements& sql,
                     const std::function<bool()>& should_stop, Counts& counts) {
  std::int64_t after = 0, read = 0;
  while (read < limits::register_addresses_max && !should_stop()) {
    int found = 0;
    registers.read([&](store::Session& session) {
      found = 0;
      for (auto rows =
               session.query(sql["quality.list_register_addresses"], {after, rows_per_read});
           rows->next(); ++found) {
        after = rows->integer(0);
        add_place(counts, rows->text(1), postcode_in(rows->text(3)), rows->text(2), 1);
      }
    });
    read += found;
    if (found < rows_per_read) return;
  }
}

void store_places(const records::ApiParts& parts, const Counts& counts, Instant now) {
  for (auto at = counts.begin(); at != counts.end();) {
    const auto from = at;
    parts.database.write([&](store::Transaction& tx) {
      at = from;
      for (std::size_t i = 0; i < places_per_write && at != counts.end(); ++i, ++at) {
        const auto& [country, postcode, city] = at->first;
        tx.execute(parts.statements["quality.save_place"],
                   {country, postcode, city, at->second, now});
      }
    });
  }
  parts.database.write([&](store::Transaction& tx) {
    tx.execute(parts.statements["quality.remove_old_places"], {now});
  });
}

}  // namespace

Knowledge read_knowledge(store::Session& session, const records::ApiParts& parts) {
  const auto dictionary = parts.dictionary.current();
  Knowledge out;
  out.country = country_of(dictionary->installation.default_language);
  for (auto rows = session.query(parts.statements["quality.list_places"]); rows->next();)
    out.places.add(rows->text(0), rows->text(1), rows->text(2), rows->integer(3));
  const auto* person = dictionary->find("person");
  if (!person || !person->find("first_name") || !person->find("last_name")) return out;
  count_names(session, *person, "first_name", &NameCount::as_first, out.names);
  count_names(session, *person, "last_name", &NameCount::as_last, out.names);
  return out;
}

void count_places(const records::ApiParts& parts, store::Database& registers,
                  const std::function<bool()>& should_stop) {
  const auto dictionary = parts.dictionary.current();
  Counts counts;
  for (const auto& [name, type] : dictionary->types) {
    Counts own;
    parts.database.read([&](store::Session& session) {
      own.clear();
      count_own(session, type, own);
    });
    for (const auto& [place, times] : own) counts[place] += times;
  }
  count_registers(registers, parts.statements, should_stop, counts);
  if (!should_stop()) store_places(parts, counts, parts.clock.now());
}

}  // namespace fokus::quality
