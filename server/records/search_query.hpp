// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus::records {

// What stands for one word of the query: itself as a prefix, or whole words it may have meant.
struct QueryWord {
  std::string text;
  std::vector<std::string> instead;
  std::vector<std::string> also;  // further beginnings
};

// What is looked for: every word, or one word that begins as one of the numbers does.
struct SearchQuery {
  std::vector<QueryWord> words;      // empty: nothing is looked for
  std::vector<std::string> numbers;  // "DK 29 18 12 34" is "dk29181234" and "29181234"
};

// A number as people write it, of five digits and more, and of signs that stand in such numbers.
bool is_phone_query(std::string_view q);
SearchQuery parse_search(std::string_view q);

}  // namespace fokus::records
