// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// One content line of a vCard, taken apart and put together.
namespace fokus::vcard {

struct ContentLine {
  std::string group;  // "item1" of "item1.TEL"
  std::string name;   // in capitals
  // Names in capitals; a value without a name, as 2.1 has them, is a TYPE. Unquoted.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string value;  // as it stands there

  // The values of all parameters of that name, in lower case, at commas taken apart.
  std::vector<std::string> words_of(std::string_view parameter) const;
};

// Nothing when it has no colon, no name, or too many parameters.
std::optional<ContentLine> parse_line(std::string_view line);

// A value at semicolons or commas taken apart, escapes undone; texts are cleaned and trimmed.
std::vector<std::string> split_value(std::string_view value, char separator);
std::string unescaped(std::string_view value);
std::string escaped(std::string_view text);

// Of 2.1: "=C3=A6" is "æ". Charsets other than UTF-8 give nothing unless they are ASCII.
std::string decode_quoted_printable(std::string_view value);

}  // namespace fokus::vcard
