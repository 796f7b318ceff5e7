// SPDX-License-Identifier: Apache-2.0
// Lists of records, and tables of other systems.
#include <algorithm>

#include "base/text.hpp"
#include "features/reports/json_parts.hpp"
#include "features/reports/tile_view.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;
using records::Field;
using records::FieldKind;
using records::RecordType;

// A column of a list: the field at the end of a path, and what the path is called.
struct Column {
  std::string path, label;
  const Field* field = nullptr;
};

std::optional<Column> column_of(const RecordType& type, const std::string& path,
                                const Reader& reader) {
  Column out{path, {}, nullptr};
  const RecordType* at = &type;
  for (const auto part : split(path, '.')) {
    out.field = at ? at->find(part) : nullptr;
    if (!out.field) return std::nullopt;
    std::string label(part);
    for (const std::string& language : {std::string("en"), reader.language})
      if (const auto found = out.field->label.find(language); found != out.field->label.end())
        label = found->second;
    out.label += (out.label.empty() ? "" : " › ") + label;
    at = reader.dictionary.find(out.field->kind == FieldKind::user    ? "user"
                                : out.field->kind == FieldKind::group ? "group"
                                                                      : out.field->target);
  }
  return out;
}

const json::value* value_at(const json::object& row, const std::string& path) {
  if (const auto* value = row.if_contains(path)) return value;
  const json::object* at = &row;
  const json::value* value = nullptr;
  for (const auto part : split(path, '.')) {
    value = at ? at->if_contains(part) : nullptr;
    if (!value) return nullptr;
    at = value->if_object();
  }
  return value;
}

bool is_number_kind(FieldKind kind) {
  return kind == FieldKind::money || kind == FieldKind::integer || kind == FieldKind::decimal;
}

std::string count_text(const json::object& count, const Reader& reader) {
  const auto value = number_in(count, "value").value_or(0);
  const std::string text = reader.figures.number(value) + (flag_in(count, "at_least") ? "+" : "");
  return sentence(Word::more_rows, reader.language, {{"count", text}});
}

}  // namespace

TileView list_view(const json::object& answer, const Reader& reader) {
  TileView out;
  out.title = text_in(answer, "title");
  out.presentation = "list";
  out.note = word(Word::nothing, reader.language);
  const RecordType* type = reader.dictionary.find(text_in(answer, "record_type"));
  const auto* items = list_in(answer, "items");
  if (!type || !items || items->empty()) return out;
  std::vector<Column> columns;
  if (const auto* paths = list_in(answer, "columns"))
    for (const auto& path : *paths)
      if (path.is_string())
        if (auto column = column_of(*type, std::string(path.get_string()), reader))
          columns.push_back(*std::move(column));
  if (columns.empty())
    if (auto name = column_of(*type, "name", reader)) columns.push_back(*std::move(name));
  for (const auto& column : columns) {
    out.headers.push_back(column.label);
    out.is_number.push_back(is_number_kind(column.field->kind));
  }
  for (const auto& item : *items) {
    const auto* row = item.if_object();
    if (!row) continue;
    std::vector<std::string> texts;
    for (const auto& column : columns) {
      const auto* value = value_at(*row, column.path);
      texts.push_back(value ? value_text(*column.field, *value, reader) : std::string());
    }
    out.rows.push_back(std::move(texts));
  }
  const auto* count = object_in(answer, "count");
  if (count && number_in(*count, "value").value_or(0) > static_cast<double>(out.rows.size()))
    out.below = count_text(*count, reader);
  out.kind = TileView::Kind::list;
  out.note.clear();
  return out;
}

// Rows of another system, as it wrote them.
TileView table_view(const json::object& answer, const Reader& reader) {
  TileView out;
  out.title = text_in(answer, "title");
  out.presentation = "list";
  out.note = word(Word::nothing, reader.language);
  const auto* columns = list_in(answer, "columns");
  const auto* rows = list_in(answer, "rows");
  if (!columns || columns->empty() || !rows || rows->empty()) return out;
  for (const auto& column : *columns)
    out.headers.push_back(column.is_string() ? std::string(column.get_string()) : std::string());
  out.is_number.assign(out.headers.size(), false);
  for (const auto& one : *rows) {
    std::vector<std::string> texts(out.headers.size());
    const auto* cells = one.if_array();
    for (std::size_t c = 0; cells && c < std::min(cells->size(), texts.size()); ++c) {
      const auto& cell = (*cells)[c];
      if (cell.is_string()) texts[c] = std::string(cell.get_string());
      if (const auto number = real_of(cell)) texts[c] = reader.figures.number(*number);
    }
    out.rows.push_back(std::move(texts));
  }
  out.kind = TileView::Kind::list;
  out.note.clear();
  return out;
}

}  // namespace fokus::reports
