// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace fokus::imports {

// How a workbook shows a number: what kind of thing it means.
struct NumberFormat {
  enum class Kind : std::uint8_t { number, date, time, date_time } kind = Kind::number;
  std::uint8_t zeros = 0;  // "0000": filled up to so many digits
  bool operator==(const NumberFormat&) const = default;
};

// Of one that every spreadsheet program knows by its number (ECMA-376, 18.8.30).
NumberFormat known_number_format(int id);
// Of one that is written out: `dd-mm-yyyy`, `[$-406]d. mmmm yyyy`, `0.00" kr."`.
NumberFormat parse_number_format(std::string_view code);

// From which day a workbook counts.
enum class DayCount { from_1900, from_1904 };

// What the cell shows, in one form for all languages: "1250.5", "2026-03-01", "14:30",
// "2026-03-01 14:30:00". At most 15 digits count, as the programs that write such files have it.
// Dates outside the years 1900 to 9999, and what is no number, stay as they are.
std::string text_of_number(std::string_view raw, NumberFormat format, DayCount count);

}  // namespace fokus::imports
