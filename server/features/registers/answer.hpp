// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/registers/mapping.hpp"

namespace fokus::registers {

namespace limits {
constexpr int answer_depth_max = 32;
constexpr std::size_t answer_items_max = 10'000;  // read of one answer
}  // namespace limits

// What is asked of a provider, to be put in the places of an Ask.
struct Question {
  std::string number;  // plain; in the shape of the interface where the definition has one
  std::string q, limit, cursor, since;
};

// The path with the values percent-encoded, and the body with them in its texts.
std::string fill_path(const Online& online, std::string_view path, const Question& question);
std::string fill_body(const Online& online, std::string_view body, const Question& question);

// The bytes as clean UTF-8: as they are, or read as ISO-8859-1 when the media type says so. Errors:
// "registers/online_failed" with the param "reason" "not_text".
Result<std::string> decode_answer(std::string body, std::string_view media_type);

// The entries of an answer, at most `limit`; items that are none are left out. Values are clean
// UTF-8 within limits, without control characters and direction controls. Errors:
// "registers/online_failed" with the param "reason" "not_json" or "no_items" (the answer has not
// the documented shape).
Result<std::vector<Entry>> read_answer(const Online& online, const Ask& ask, std::string_view body,
                                       std::size_t limit);

// The answer about one number. Errors: as read_answer(); "registers/not_found" when it has no item
// or says so; "registers/online_failed" with the reason "no_entry" (an item that is none: whoever
// answered was not the provider as it is documented) or "another_number".
Result<Entry> read_entry(const Online& online, const Ask& ask, std::string_view body,
                         std::string_view number);

struct FeedPage {
  std::vector<std::string> numbers;  // plain, each once
  std::string cursor;                // of the last item; empty: the page had none
  std::size_t items = 0;
};
// Errors: as read_answer(), but a page without items is one.
Result<FeedPage> read_feed_page(const FeedAsk& feed, const Ask& ask, std::string_view body);

}  // namespace fokus::registers
