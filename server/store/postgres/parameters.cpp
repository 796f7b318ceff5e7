// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/parameters.hpp"

#include <fmt/format.h>

namespace fokus::store::postgres {
namespace {

constexpr std::size_t absent = static_cast<std::size_t>(-1);

// A text with a NUL would silently be cut short by libpq.
void append_text(std::string& arena, std::string_view text, bool is_bytes) {
  if (!is_bytes && text.find('\0') != std::string_view::npos) {
    throw Failure(FailureKind::statement, "a text parameter holds a NUL");
  }
  arena += text;
}

}  // namespace

Parameters::Parameters(Params params, const std::vector<Oid>& types) {
  if (params.size() != types.size()) {
    throw Failure(FailureKind::statement,
                  fmt::format("the statement takes {} parameters and was given {}", types.size(),
                              params.size()));
  }
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < params.size(); ++i) {
    const auto& content = params[i].content;
    const bool is_bytes = types[i] == oid_bytea;
    const std::size_t start = arena_.size();
    if (const auto* n = std::get_if<std::int64_t>(&content)) {
      fmt::format_to(std::back_inserter(arena_), "{}", *n);
    } else if (const auto* d = std::get_if<double>(&content)) {
      fmt::format_to(std::back_inserter(arena_), "{}", *d);
    } else if (const auto* text = std::get_if<std::string_view>(&content)) {
      append_text(arena_, *text, is_bytes);
    }
    const bool is_null = std::holds_alternative<std::monostate>(content);
    starts.push_back(is_null ? absent : start);
    lengths_.push_back(static_cast<int>(arena_.size() - start));
    formats_.push_back(is_bytes ? 1 : 0);
    arena_ += '\0';
  }
  for (const std::size_t start : starts) {
    values_.push_back(start == absent ? nullptr : arena_.data() + start);
  }
}

}  // namespace fokus::store::postgres
