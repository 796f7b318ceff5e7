// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/field_kind.hpp"

namespace fokus::records {

// A telephone or registration number is one number whether its country is written or not: "+45 33
// 12 45 67" and "33 12 45 67", "DK 12345678" and "12345678". A reading is one way to understand
// what was written; two numbers agree when a reading of each has the same rest, and the same
// country unless one has none.
struct NumberReading {
  std::string country;  // "45", "dk"; empty: none is written
  std::string rest;     // without the 0 that leads national telephone numbers
};

bool has_number_forms(FieldKind kind);

// Of a stored number, in the form of its folded column.
std::vector<NumberReading> stored_readings(FieldKind kind, std::string_view folded);
// Of a term; none when it does not look like such a number.
std::vector<NumberReading> typed_readings(FieldKind kind, std::string_view typed);

// The countries that a reading can have, by the length of their codes: those of telephone numbers
// (ITU-T E.164) begin no other one.
std::span<const std::string> number_countries(FieldKind kind, std::size_t length);
// A stored number has a country only when it is at least so long.
std::size_t number_length_min(FieldKind kind);

}  // namespace fokus::records
