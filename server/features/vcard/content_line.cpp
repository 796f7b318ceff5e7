// SPDX-License-Identifier: Apache-2.0
#include "features/vcard/content_line.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/vcard/vcard.hpp"

namespace fokus::vcard {
namespace {

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// Where one of the characters stands outside quotes.
std::size_t find_unquoted(std::string_view text, std::string_view wanted, std::size_t from) {
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && wanted.find(text[i]) != wanted.npos) return i;
  }
  return std::string_view::npos;
}

// RFC 6868: carets write what a parameter cannot hold.
std::string plain_parameter(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '"') continue;
    if (text[i] == '^' && (next == 'n' || next == '^' || next == '\'')) {
      out += next == 'n' ? '\n' : next == '^' ? '^' : '"';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Control characters and broken UTF-8 have no place in a text of a record.
std::string cleaned(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c == '\n' || (static_cast<unsigned char>(c) >= ' ' && c != 127)) out += c;
  out = std::string(trim(out));
  return is_clean_utf8(out) ? out : std::string();
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::vector<std::string> ContentLine::words_of(std::string_view parameter) const {
  std::vector<std::string> out;
  for (const auto& [name, value] : parameters)
    if (name == parameter)
      for (const auto word : split(value, ',')) out.push_back(lower_ascii(trim(word)));
  return out;
}

std::optional<ContentLine> parse_line(std::string_view line) {
  const auto colon = find_unquoted(line, ":", 0);
  if (colon == line.npos) return std::nullopt;
  const auto head = line.substr(0, colon);
  ContentLine out;
  auto at = find_unquoted(head, ";", 0);
  auto name = trim(head.substr(0, at));
  if (const auto dot = name.find('.'); dot != name.npos) {
    out.group = name.substr(0, dot);
    name.remove_prefix(dot + 1);
    if (!is_name(out.group)) return std::nullopt;
  }
  if (!is_name(name)) return std::nullopt;
  out.name = upper_ascii(name);
  while (at != head.npos) {
    const auto end = find_unquoted(head, ";", at + 1);
    const auto one = head.substr(at + 1, end == head.npos ? end : end - at - 1);
    const auto equals = one.find('=');
    if (out.parameters.size() == limits::parameters_max) return std::nullopt;
    if (equals == one.npos)
      out.parameters.emplace_back("TYPE", plain_parameter(trim(one)));
    else
      out.parameters.emplace_back(upper_ascii(trim(one.substr(0, equals))),
                                  plain_parameter(trim(one.substr(equals + 1))));
    at = end;
  }
  out.value = line.substr(colon + 1);
  return out;
}

std::string unescaped(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    const char next = value[++i];
    out += next == 'n' || next == 'N' ? '\n' : next;
  }
  return cleaned(out);
}

std::vector<std::string> split_value(std::string_view value, char separator) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] == '\\') {
      ++i;
      continue;
    }
    if (i < value.size() && value[i] != separator) continue;
    out.push_back(unescaped(value.substr(begin, i - begin)));
    begin = i + 1;
  }
  if (begin < value.size()) out.push_back(unescaped(value.substr(begin)));
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ',' || c == ';')
      (out += '\\') += c;
    else if (static_cast<unsigned char>(c) >= ' ' && c != 127)
      out += c;
  }
  return out;
}

std::string decode_quoted_printable(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const int high = i + 2 < value.size() ? hex_digit(value[i + 1]) : -1;
    const int low = i + 2 < value.size() ? hex_digit(value[i + 2]) : -1;
    if (value[i] != '=' || high < 0 || low < 0) {
      out += value[i];
      continue;
    }
    const char c = static_cast<char>(high * 16 + low);
    if (c != '\r') out += c;
    i += 2;
  }
  return is_clean_utf8(out) ? out : std::string();
}

}  // namespace fokus::vcard
