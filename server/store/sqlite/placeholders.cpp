// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/placeholders.hpp"

namespace fokus::store::sqlite {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The end of the string, quoted name or comment that starts at `at`, or `at` when none does. A
// doubled quote needs no care: it ends one string and starts the next.
std::size_t skip_opaque(std::string_view sql, std::size_t at) {
  const auto after = [&](std::string_view end, std::size_t from) {
    const std::size_t found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  const std::string_view rest = sql.substr(at);
  if (rest.starts_with('\'')) return after("'", at + 1);
  if (rest.starts_with('"')) return after("\"", at + 1);
  if (rest.starts_with("--")) return after("\n", at + 2);
  if (rest.starts_with("/*")) return after("*/", at + 2);
  return at;
}

}  // namespace

std::string translate_placeholders(std::string_view sql) {
  std::string out;
  out.reserve(sql.size());
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = skip_opaque(sql, at);
    if (end != at) {
      out += sql.substr(at, end - at);
      at = end;
      continue;
    }
    const bool starts = sql[at] == '$' && at + 1 < sql.size() && is_digit(sql[at + 1]) &&
                        (at == 0 || !is_word(sql[at - 1]));
    out += starts ? '?' : sql[at];
    ++at;
  }
  return out;
}

std::string_view from_first_word(std::string_view sql) {
  for (std::size_t at = 0; at < sql.size();) {
    const bool is_space = sql[at] == ' ' || (sql[at] >= '\t' && sql[at] <= '\r');
    const bool is_comment = sql.substr(at).starts_with("--") || sql.substr(at).starts_with("/*");
    if (!is_space && !is_comment) return sql.substr(at);
    at = is_space ? at + 1 : skip_opaque(sql, at);
  }
  return {};
}

}  // namespace fokus::store::sqlite
