// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/records.hpp"

namespace fokus::records {

// The search box: type-ahead over every searchable type the viewer may read, grouped by type in
// the dictionary's order. Several words in any order, each a prefix; names by their folded form;
// phones in any format; initials; record numbers; one typing error per word of four letters and
// more when nothing else is found. Writes {"groups": [{"type", "items": [{id, name, subtitle}]}]}
// and returns what persons were shown, for the access log.
struct SearchHits {
  std::vector<std::int64_t> persons;
  std::int64_t shown = 0;
};

namespace limits {
constexpr std::size_t search_bytes_max = 200;
constexpr int search_items_max = 50;  // per type
}  // namespace limits

SearchHits write_search(const Records& records, store::Session& session,
                        const store::Statements& sql, const Scope& scope, Instant now,
                        std::string_view q, int limit, JsonWriter& json);

}  // namespace fokus::records
