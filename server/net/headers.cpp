// SPDX-License-Identifier: Apache-2.0
#include "net/headers.hpp"

#include "base/text.hpp"

namespace fokus::net {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view without_weak_mark(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return std::nullopt;
}

bool has_token(std::string_view list, std::string_view token) {
  for (auto part : split(list, ',')) {
    if (auto semicolon = part.find(';'); semicolon != part.npos) part = part.substr(0, semicolon);
    if (same_name(trim(part), token)) return true;
  }
  return false;
}

std::string clean_header_value(std::string_view value) {
  std::string clean(value);
  for (char& c : clean)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) c = '_';
  return clean;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  if (trim(if_none_match) == "*") return true;
  for (auto part : split(if_none_match, ','))
    if (without_weak_mark(trim(part)) == without_weak_mark(etag)) return true;
  return false;
}

}  // namespace fokus::net
