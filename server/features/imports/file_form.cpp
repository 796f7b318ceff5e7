// SPDX-License-Identifier: Apache-2.0
#include "features/imports/file_form.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

Error wrong_header_row(std::string code) {
  return field_error("imports/invalid", "header_row", std::move(code),
                     {{"max", std::to_string(limits::header_row_max)}});
}

Result<HeaderRow> header_row_of(const json::value& value) {
  if (value.is_null()) return HeaderRow();
  if (value.is_int64()) return parse_header_row(std::to_string(value.get_int64()));
  if (value.is_string()) return parse_header_row(value.get_string());
  return wrong_header_row("not_a_number");
}

// The table that begins in a row of its own choice: what stands above may be cut quite differently.
Result<CsvSniff> find_below(std::string_view start, std::int64_t wanted,
                            std::optional<char> delimiter) {
  const CsvSniff whole = sniff_csv(start, delimiter);
  CsvReader reader(make_text_source(std::string(start)), whole.format, whole.header);
  CsvRow row;
  do {
    if (!reader.next(row)) return wrong_header_row("out_of_range");
  } while (row.row < wanted);
  if (row.row != wanted) return wrong_header_row("empty_row");
  const bool says = whole.header.offset > 0;  // "sep=;"
  const auto rest = sniff_csv(start.substr(static_cast<std::size_t>(row.offset)), delimiter);
  return CsvSniff{says ? whole.format : rest.format, {row.offset, wanted}};
}

}  // namespace

Result<HeaderRow> parse_header_row(std::string_view text) {
  if (text == "none") return HeaderRow(0);
  std::int64_t row = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), row);
  if (text.empty() || end.ec != std::errc{} || end.ptr != text.data() + text.size())
    return wrong_header_row("not_a_number");
  if (row < 1 || row > limits::header_row_max) return wrong_header_row("out_of_range");
  return HeaderRow(row);
}

Result<char> parse_delimiter(std::string_view text) {
  constexpr std::string_view signs = "\t!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  if (text == "tab") return '\t';
  if (text.size() != 1 || signs.find(text.front()) == signs.npos)
    return field_error("imports/invalid", "delimiter", "unknown");
  return text.front();
}

Result<Encoding> parse_file_encoding(std::string_view text) {
  const auto found = parse_encoding(text);
  if (!found) return field_error("imports/invalid", "encoding", "unknown");
  return *found;
}

Result<std::string> parse_sheet(std::string_view text) {
  if (text.empty() || text.size() > 200 || !is_clean_utf8(text))
    return field_error("imports/invalid", "sheet", "unknown");
  return std::string(text);
}

bool is_form_member(std::string_view name) {
  return std::find(form_members.begin(), form_members.end(), name) != form_members.end();
}

bool names_form(const json::object& changes) {
  return std::any_of(form_members.begin(), form_members.end(),
                     [&](std::string_view name) { return changes.contains(name); });
}

Result<FileForm> form_of(const json::object& changes, FileForm said) {
  const auto text_of = [](const json::value& value) {
    return value.is_string() ? std::string_view(value.get_string()) : std::string_view();
  };
  if (const auto* row = changes.if_contains("header_row"))
    said.header_row = TRY(header_row_of(*row));
  if (const auto* value = changes.if_contains("delimiter")) {
    said.delimiter.reset();
    if (!value->is_null()) said.delimiter = TRY(parse_delimiter(text_of(*value)));
  }
  if (const auto* value = changes.if_contains("encoding")) {
    said.encoding.reset();
    if (!value->is_null()) said.encoding = TRY(parse_file_encoding(text_of(*value)));
  }
  if (const auto* value = changes.if_contains("sheet")) {
    said.sheet.reset();
    if (!value->is_null()) said.sheet = TRY(parse_sheet(text_of(*value)));
  }
  return said;
}

Result<CsvSniff> find_table(std::string_view start, const FileForm& form) {
  if (form.header_row.value_or(0) > 0) return find_below(start, *form.header_row, form.delimiter);
  return sniff_csv(start, form.delimiter);
}

}  // namespace fokus::imports
