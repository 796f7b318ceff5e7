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
// Letters, digits and '_', starting with a letter; at most 60 bytes. What may be a column or type.
bool is_identifier(std::string_view text);

}  // namespace fokus
