// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/imports/cell_values.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {

// A moment in a cell, as RFC 3339: one with Z or an offset as it stands, "31-12-2025 9:30",
// "7/1/2026 9:00 PM" and bare days by the clocks of `zone`. Of an hour that comes twice it is the
// first. What cannot be read stays as it is, for the recipe to refuse. Errors, without a field:
// "no_such_time" for a time that the clocks leap over.
Result<std::string> instant_of_cell(std::string_view cell, DateOrder order, const TimeZone& zone);

}  // namespace fokus::imports
