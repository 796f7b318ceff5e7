// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "records/search_query.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

// Gives each word of four letters and more the words of the index that are one typing error away
// (a letter added, left out, replaced, or two neighbours swapped), eight at most, to be looked for
// in its place. False when there is none for any word.
bool correct_words(store::Session& session, const store::Statements& sql,
                   std::vector<QueryWord>& words);

}  // namespace fokus::records
