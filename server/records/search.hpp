// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/records.hpp"

namespace fokus::records {

// The search box: type-ahead over every searchable type the viewer may read, grouped by type in
// the dictionary's order. Several words in any order, each a prefix; names by their folded form;
// phones in any format; initials; record numbers; one typing error per word of four letters and
// more when nothing else is found. Writes {"groups": [{"type", "items": [{id, name, subtitle}]}]}
// and returns what persons were shown, for the access log. `only_type`: nothing but this type.
struct SearchHits {
  std::vector<std::int64_t> persons;
  std::int64_t shown = 0;
};

namespace limits {
constexpr std::size_t search_bytes_max = 200;
constexpr int search_items_max = 50;  // per type
}  // namespace limits

// The words as they are, or "records/bad_search" with too_long: none are cut off unsaid.
Result<std::string> checked_words(std::string q);

SearchHits write_search(const Records& records, store::Session& session,
                        const store::Statements& sql, const Scope& scope, Instant now,
                        std::string_view q, int limit, JsonWriter& json,
                        std::string_view only_type = {});

}  // namespace fokus::records
