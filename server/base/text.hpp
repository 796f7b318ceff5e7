// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus {

// True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms) without NUL.
// Every text that enters the program passes here: PostgreSQL refuses the rest, SQLite would not.
bool is_clean_utf8(std::string_view text);

// Cuts at a code point, so that the result has at most `max` bytes and is still UTF-8.
std::string_view cut_utf8(std::string_view text, std::size_t max);
// Code points, not bytes; the text must be UTF-8.
std::size_t count_code_points(std::string_view text);

// ASCII white space and U+00A0 off both ends.
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string lower_ascii(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
// What turns the writing direction around and shows a name as another one than it is: the
// embeddings and overrides U+202A … U+202E and the isolates U+2066 … U+2069. The text must be
// UTF-8.
bool has_direction_control(std::string_view text);
// Why a text of UTF-8 cannot be a name, as the code of a field: "control_character" (U+0000 …
// U+001F, U+007F) or "direction_control"; empty when it can.
std::string_view flaw_of_name(std::string_view text);
// Letters, digits and '_', starting with a letter; at most 60 bytes. What may be a column or type.
bool is_identifier(std::string_view text);

}  // namespace fokus
