// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_traces.hpp"

#include <algorithm>
#include <vector>

namespace fokus::imports {
namespace {

namespace json = boost::json;

// Persons that a row names beside the record itself: linked ones, and members.
void add_named(const records::Dictionary& dictionary, const records::RecordType& type,
               const json::value& row, records::Seen& seen) {
  const auto* changes = row.as_object().if_contains("changes");
  if (!changes) return;
  for (const auto& change : changes->as_array()) {
    const auto* field = type.find(change.at("field").as_string());
    const auto* target = field ? dictionary.find(field->target) : nullptr;
    if (!target || !target->about_person) continue;
    const auto add = [&](const json::value& named) {
      const auto* id = named.is_object() ? named.get_object().if_contains("id") : nullptr;
      if (id && id->is_int64()) seen.add(target->name, id->get_int64());
    };
    for (const char* side : {"old", "new"}) {
      const auto& value = change.at(side);
      if (value.is_array()) std::for_each(value.get_array().begin(), value.get_array().end(), add);
      add(value);
    }
  }
}

}  // namespace

void trace_rows(const records::ApiParts& parts, const access::Scope& scope,
                std::string_view record_type, const json::array& rows, std::string_view what) {
  const auto dictionary = parts.records.dictionary_ptr();
  const auto* type = dictionary->find(record_type);
  if (!type) return;
  std::vector<std::int64_t> ids;
  records::Seen named;
  for (const auto& one : rows) {
    if (const auto* id = one.as_object().if_contains("id")) ids.push_back(id->as_int64());
    add_named(*dictionary, *type, one, named);
  }
  records::trace_read(parts, scope, "read", *type, ids, what, named);
}

}  // namespace fokus::imports
