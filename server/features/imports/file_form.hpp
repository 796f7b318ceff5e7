// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "features/imports/csv_reader.hpp"
#include "features/imports/encoding.hpp"

namespace fokus::imports {

namespace limits {
constexpr std::int64_t header_row_max = 1000;
}

// Which row of the file names its columns: the one that is found, a numbered one (a spreadsheet's
// first is 1), or 0: none does.
using HeaderRow = std::optional<std::int64_t>;

// What is said of a file's form. What nobody says is found.
struct FileForm {
  HeaderRow header_row = {};
  std::optional<char> delimiter = {};
  std::optional<Encoding> encoding = {};
  std::optional<std::string> sheet = {};  // of a workbook, by its name
};

// The words of the API and the command line. Errors: "imports/invalid" with the member's name.
// "none" or a number: not_a_number, out_of_range.
Result<HeaderRow> parse_header_row(std::string_view text);
// "tab", or one ASCII sign that is no letter, digit, blank or quote: unknown.
Result<char> parse_delimiter(std::string_view text);
// As parse_encoding(): unknown.
Result<Encoding> parse_file_encoding(std::string_view text);
// The name of a sheet: unknown for what cannot be one.
Result<std::string> parse_sheet(std::string_view text);

constexpr std::array<std::string_view, 4> form_members = {"header_row", "delimiter", "encoding",
                                                          "sheet"};
bool is_form_member(std::string_view name);
// Whether the changes of a definition read the file anew.
bool names_form(const boost::json::object& changes);
// `said` with what the changes say instead; null: it shall be found.
Result<FileForm> form_of(const boost::json::object& changes, FileForm said);

// Where the table begins and how its rows are cut, from the file's first bytes in UTF-8. Error:
// "imports/invalid" with header_row and out_of_range or empty_row.
Result<CsvSniff> find_table(std::string_view start, const FileForm& form);

}  // namespace fokus::imports
