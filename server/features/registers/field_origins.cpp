// SPDX-License-Identifier: Apache-2.0
#include "features/registers/field_origins.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "features/registers/company_fill.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;
using Names = std::set<std::string, std::less<>>;

constexpr int saves_per_page = 200;

// The newest save of a field decides: `seen` are those that a newer one has decided.
void take_page(const json::array& items, Names& seen, FieldOrigins& out) {
  for (const auto& item : items) {
    const auto* source = item.at("source").if_object();
    const std::string_view kind = source ? std::string_view(source->at("kind").as_string()) : "";
    const bool by_person = kind == "form" || kind == "chat" || item.at("action") == "rectify";
    for (const auto& change : item.at("changes").as_array()) {
      const std::string field(change.at("field").as_string());
      if (!seen.insert(field).second) continue;
      if (by_person) out.given.insert(field);
      if (!source && !by_person) out.typed.insert(field);
    }
  }
}

bool has_all(const Names& seen) {
  const auto wanted = company_fields();
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](std::string_view field) { return seen.contains(field); });
}

// The number of the page's last save; 0 after the last page.
std::int64_t next_of(const json::value& page) {
  const auto* next = page.at("next").if_string();
  std::int64_t out = 0;
  if (next) std::from_chars(next->data(), next->data() + next->size(), out);
  return out;
}

}  // namespace

Result<FieldOrigins> find_origins(const records::ApiParts& parts, store::Session& session,
                                  const access::Scope& scope, RecordId company) {
  const auto dictionary = parts.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
  Names seen;
  FieldOrigins out;
  auto before = std::numeric_limits<std::int64_t>::max();
  do {
    std::string text;
    JsonWriter writer(text);
    TRY(parts.records.write_history(session, scope, *type, company, before, saves_per_page,
                                    writer));
    const auto page = json::parse(text);
    take_page(page.at("items").as_array(), seen, out);
    before = next_of(page);
  } while (before > 0 && !has_all(seen));
  return out;
}

}  // namespace fokus::registers
