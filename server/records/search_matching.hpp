// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "records/inner.hpp"
#include "records/search_query.hpp"

namespace fokus::records {

// Rows of search_entries e of one type that match. The type stands in the text, so that PostgreSQL
// sees which of its indexes serves; its name is an identifier. What the index finds by a word that
// is masked for the viewer is left out; an entry of an earlier program has no marks, and is found
// by nobody for whom something is masked until "search_rebuild" has reached it.
std::string from_matching(const store::Session& session, const Scope& scope, const RecordType& type,
                          const SearchQuery& query, SqlText& sql);

// PostgreSQL must not know that only a few are wanted: it would rather walk the table until it has
// met them, and of a rare word that is all of it. The rows are still read only as they are asked
// for.
std::string matching(const store::Session& session, const std::string& select);

}  // namespace fokus::records
