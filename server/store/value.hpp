// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fokus::store {

// What a column can hold, owned. Booleans are 0 and 1, instants milliseconds, dates text.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

inline bool is_null(const Value& v) {
  return std::holds_alternative<std::monostate>(v);
}

// One bound parameter. A view: what it points at must outlive the call it is passed to.
struct Param {
  std::variant<std::monostate, std::int64_t, double, std::string_view> content;

  Param(std::nullptr_t) {}
  Param(bool b) : content(static_cast<std::int64_t>(b)) {}
  Param(int n) : content(static_cast<std::int64_t>(n)) {}
  Param(std::int64_t n) : content(n) {}
  Param(double d) : content(d) {}
  Param(const char* text) : content(std::string_view(text)) {}
  Param(std::string_view text) : content(text) {}
  Param(const std::string& text) : content(std::string_view(text)) {}
  Param(Instant instant) : content(instant.ms) {}
  template <class Tag>
  Param(Id<Tag> id) : content(id.value) {}
  template <class T>
  Param(const std::optional<T>& maybe) {
    if (maybe) content = Param(*maybe).content;
  }
  Param(const Value& v) {
    if (const auto* n = std::get_if<std::int64_t>(&v)) content = *n;
    if (const auto* d = std::get_if<double>(&v)) content = *d;
    if (const auto* s = std::get_if<std::string>(&v)) content = std::string_view(*s);
  }
};

}  // namespace fokus::store
