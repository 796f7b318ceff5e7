// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "records/dictionary.hpp"

namespace fokus::imports {

enum class DateOrder { day_first, month_first };

// How numbers and dates of a file are to be read where they are ambiguous: "03-04-2025", "1.234".
struct CellStyle {
  DateOrder date_order = DateOrder::day_first;
  char decimal_mark = ',';  // or '.'
};

// What a cell says, as the input the save recipe takes. Cells are what people and spreadsheets
// write: "1.234,50", "31-12-2025", "ja", "Kunde", "Danmark"; the recipe takes one form. Text that
// is in neither form is passed on as it is, so that the recipe refuses it with its own code.
// A cell is never null here; money, instants, links, users and groups are read in row_values.
boost::json::value cell_to_value(const records::Dictionary& dictionary, const records::Field& field,
                                 std::string_view cell, const CellStyle& style,
                                 boost::json::storage_ptr storage = {});

// Whether a list has an item of that key, or with that label in any language.
bool is_choice(const records::Dictionary& dictionary, std::string_view list, std::string_view cell);

// "DK" for "Danmark", "Denmark", "Dänemark", "DNK", "dk"; the text itself when it is no country.
std::string country_code(std::string_view text);

// "1234.50" for "1.234,50", "1,234.50", "1 234,50 kr."; the text itself when it is no number. The
// mark decides only for one mark with three digits behind it, which may be either.
std::string plain_number(std::string_view text, char decimal_mark);

// The decimal mark that a number shows whatever one expects: the last of two marks, the other one
// when a mark stands twice, one that has not three digits behind it. 0 when it shows none.
char shown_decimal_mark(std::string_view text);

// "2025-12-31" for 31-12-2025, 31.12.25, 31/12/2025, 20251231, "31. december 2025".
std::string plain_date(std::string_view text, DateOrder order);

// What the export put before text that a spreadsheet would take for a formula goes again.
std::string_view without_guard(std::string_view cell);

}  // namespace fokus::imports
