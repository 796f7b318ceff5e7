// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "features/registers/provider.hpp"

namespace fokus::registers {

// An entry of a register in the words of Fokus. Values are clean UTF-8 within limits; empty: the
// register does not say.
struct Entry {
  std::array<std::string, field_count> values;
  std::string& operator[](Field field) { return values[static_cast<std::size_t>(field)]; }
  const std::string& operator[](Field field) const {
    return values[static_cast<std::size_t>(field)];
  }
};

namespace limits {
constexpr std::size_t value_bytes_max = 500;
constexpr std::size_t number_bytes_max = 40;
}  // namespace limits

// Applies the rules of a provider to one row; `cells` are in the order of mapping.columns. The
// problem is empty, or why the row is no entry: "no_number", "no_name", "number_too_long".
struct Mapped {
  Entry entry;
  std::string_view problem;
};
Mapped map_row(const Mapping& mapping, std::span<const std::string_view> cells);

std::string apply_transform(Transform transform, std::string_view text);
// A number as it is looked up: letters and digits, in capitals.
std::string plain_number(std::string_view text);

}  // namespace fokus::registers
