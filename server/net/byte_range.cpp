// SPDX-License-Identifier: Apache-2.0
#include "net/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.hpp"

namespace fokus::net {

namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

ByteRange parse_byte_range(std::string_view header, std::uint64_t size) {
  const ByteRange whole{ByteRange::Kind::whole, 0, size};
  const ByteRange unsatisfiable{ByteRange::Kind::unsatisfiable, 0, 0};
  header = trim(header);
  if (!header.starts_with("bytes=")) return whole;
  header.remove_prefix(6);
  const auto dash = header.find('-');
  if (dash == header.npos || header.find(',') != header.npos) return whole;
  const auto first = parse_number(trim(header.substr(0, dash)));
  const auto last_text = trim(header.substr(dash + 1));
  const auto last = parse_number(last_text);
  if (!first) {  // the last n bytes
    if (dash != 0 || !last) return whole;
    if (*last == 0 || size == 0) return unsatisfiable;
    const auto length = std::min(*last, size);
    return {ByteRange::Kind::part, size - length, length};
  }
  if (!last && !last_text.empty()) return whole;
  if (last && *last < *first) return whole;
  if (*first >= size) return unsatisfiable;
  const auto end = std::min(last.value_or(size - 1), size - 1);
  return {ByteRange::Kind::part, *first, end - *first + 1};
}

}  // namespace fokus::net
