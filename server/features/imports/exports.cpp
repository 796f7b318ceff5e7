// SPDX-License-Identifier: Apache-2.0
#include "features/imports/exports.hpp"

#include <fmt/format.h>

#include <array>

#include "base/text.hpp"
#include "features/imports/contact_cells.hpp"
#include "platform/random.hpp"
#include "records/page_extras.hpp"
#include "records/rights.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using access::Action;
using records::Dictionary;
using records::Field;
using records::FieldKind;
using records::RecordType;

constexpr std::array<std::string_view, 5> address_parts = {"street", "postcode", "city", "region",
                                                           "country"};

// One column of the table: which value of a record, and which part of it.
struct Column {
  std::string path, part;
  const Field* field = nullptr;
};

const Field* field_at(const Dictionary& dictionary, const RecordType& type, std::string_view path) {
  const auto dot = path.find('.');
  const Field* field = type.find(path.substr(0, dot));
  if (!field || dot == path.npos || !records::is_link_kind(field->kind)) return field;
  const RecordType* target = dictionary.find(field->target);
  return target ? field_at(dictionary, *target, path.substr(dot + 1)) : nullptr;
}

std::vector<std::string> all_fields(const RecordType& type) {
  std::vector<std::string> names;
  for (const auto& field : type.fields)
    if (!field.hidden) names.push_back(field.name);
  if (type.contact_points) names.emplace_back(points_key);
  return names;
}

bool names_points(const RecordType& type, std::string_view name) {
  return type.contact_points && name == points_key;
}

// What of the wanted fields a list does not give.
records::PageExtras extras_of(const RecordType& type, const std::vector<std::string>& fields) {
  records::PageExtras out;
  for (const auto& name : fields) {
    const Field* field = type.find(name);
    if (field && !field->hidden && field->kind == FieldKind::links) out.links.push_back(field);
    out.contact_points |= names_points(type, name);
  }
  return out;
}

// What a list is asked for instead: never nothing, which would be its own choice of fields.
std::vector<std::string> listed_fields(const RecordType& type,
                                       const std::vector<std::string>& fields) {
  std::vector<std::string> out;
  for (const auto& name : fields)
    if (!names_points(type, name)) out.push_back(name);
  if (out.empty() && !fields.empty()) out.emplace_back("id");
  return out;
}

std::vector<Column> columns_for(const Dictionary& dictionary, const RecordType& type,
                                const std::vector<std::string>& fields) {
  std::vector<Column> columns = {{"id", "", nullptr}};
  for (const auto& path : fields) {
    if (names_points(type, path))
      for (const auto kind : point_kinds) columns.push_back({path, std::string(kind), nullptr});
    const Field* field = field_at(dictionary, type, path);
    if (path == "id" || !field) continue;
    if (field->kind == FieldKind::address) {
      for (const auto part : address_parts) columns.push_back({path, std::string(part), field});
    } else if (field->kind == FieldKind::money) {
      columns.push_back({path, "amount", field});
      columns.push_back({path, "currency", field});
    } else {
      columns.push_back({path, "", field});
    }
  }
  return columns;
}

std::string header_of(const Column& column) {
  const bool is_amount = column.part == "amount";
  return column.part.empty() || is_amount ? column.path : column.path + "." + column.part;
}

class Cells {
 public:
  Cells(const Dictionary& dictionary, std::string language)
      : dictionary_(dictionary), language_(std::move(language)) {}

  Cell cell_of(const Column& column, const json::object& record) const {
    const auto* value = record.if_contains(column.path);
    if (column.path == points_key && !column.field) return points_cell(column, value);
    if (value && !column.part.empty() && value->is_object())
      value = value->get_object().if_contains(column.part);
    if (!value || value->is_null()) return {};
    auto text = text_of(column, *value);
    if (text.empty()) return {};
    return {kind_of(column, *value), std::move(text)};
  }

 private:
  static Cell::Kind kind_of(const Column& column, const json::value& value) {
    if (value.is_bool()) return Cell::Kind::boolean;
    if (value.is_number() || column.part == "amount") return Cell::Kind::number;
    if (!column.field) return Cell::Kind::text;
    if (column.field->kind == FieldKind::date) return Cell::Kind::date;
    if (column.field->kind == FieldKind::instant) return Cell::Kind::instant;
    return Cell::Kind::text;
  }

  std::string label(const Column& column, std::string_view key) const {
    const bool listed = column.field && (column.field->kind == FieldKind::choice ||
                                         column.field->kind == FieldKind::choices);
    const auto* item = listed ? dictionary_.find_item(column.field->list, key) : nullptr;
    if (!item) return std::string(key);
    const auto found = item->label.find(language_);
    const auto english = item->label.find("en");
    if (found != item->label.end()) return found->second;
    return english != item->label.end() ? english->second : std::string(key);
  }

  std::string text_of(const Column& column, const json::value& value) const {
    if (value.is_string()) return label(column, value.get_string());
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    if (value.is_double()) return fmt::format("{}", value.get_double());
    if (value.is_object()) return name_of(value.get_object());
    if (!value.is_array()) return json::serialize(value);
    std::vector<std::string> parts;
    for (const auto& one : value.get_array())
      if (auto text = text_of(column, one); !text.empty()) parts.push_back(std::move(text));
    const bool are_names = column.field && column.field->kind == FieldKind::links;
    return join(parts, are_names ? "; " : ";");
  }

  static Cell points_cell(const Column& column, const json::value* points) {
    auto line = points ? points_line(*points, column.part) : std::string();
    if (line.empty()) return {};
    return {Cell::Kind::text, std::move(line)};
  }

  // What is linked and may not be seen has no name: its cell is blank, so that the file, imported
  // again, does not make a record that is called like a number.
  static std::string name_of(const json::object& linked) {
    const auto* name = linked.if_contains("name");
    if (!name) return json::serialize(linked);
    return name->is_string() ? std::string(name->get_string()) : std::string();
  }

  const Dictionary& dictionary_;
  std::string language_;
};

// Gives the pages of an export as JSON arrays, each logged before it is given.
class Pages {
 public:
  Pages(const records::ApiParts& parts, const access::Scope& scope, const Export& wanted)
      : parts_(parts), scope_(scope), wanted_(wanted), query_(wanted.query) {
    query_.limit = records::limits::page_max;
    query_.cursor.clear();
    query_.skip = 0;
    query_.exports = true;
    fields_ = query_.fields.empty() ? all_fields(*wanted.type) : query_.fields;
    extras_ = extras_of(*wanted.type, fields_);
    query_.fields = listed_fields(*wanted.type, fields_);
    if (query_.sort.empty()) query_.sort = {{"id", false}};  // the cheapest to walk
  }

  const std::vector<std::string>& fields() const { return fields_; }
  std::int64_t count() const { return count_; }

  // Empty at the end.
  Result<json::array> next() {
    while (!ended_) {
      json::array items;
      const auto page = TRY(
          parts_.database.read([&](store::Session& session) { return read_page(session, items); }));
      if (page.ids.empty()) continue;
      trace(page);
      count_ += static_cast<std::int64_t>(page.ids.size());
      return items;
    }
    return json::array();
  }

 private:
  // What leaves is named record by record, of whatever type.
  void trace(const records::Page& page) const {
    const auto& type = *wanted_.type;
    records::Seen persons = page.seen;
    if (!type.about_person)
      parts_.trace(scope_, {"export", type.name, page.ids, wanted_.shape});
    else
      for (const auto id : page.ids) persons.add(type.name, id);
    for (const auto& [name, ids] : persons.types())
      parts_.trace(scope_, {"export", name, ids, wanted_.shape});
  }

  Result<records::Page> read_page(store::Session& session, json::array& items) {
    std::string text;
    JsonWriter writer(text);
    auto page = TRY(parts_.records.list(session, scope_, *wanted_.type, query_, writer));
    items = json::parse(text).as_array();
    records::add_extras(parts_, session, scope_, *wanted_.type, extras_, items, page.seen);
    query_.cursor = page.next;
    ended_ = page.next.empty();
    return page;
  }

  const records::ApiParts& parts_;
  const access::Scope& scope_;
  const Export& wanted_;
  records::ListQuery query_;
  std::vector<std::string> fields_;  // of the table, in its order
  records::PageExtras extras_;
  bool ended_ = false;
  std::int64_t count_ = 0;
};

Status write_json(Pages& pages, const Sink& sink) {
  const Error gone = make_error(ErrorKind::unavailable, "imports/reader_gone");
  if (!sink("[")) return gone;
  bool first = true;
  for (;;) {
    const auto items = TRY(pages.next());
    if (items.empty()) break;
    std::string text;
    for (const auto& item : items) {
      text += first ? "\n" : ",\n";
      first = false;
      text += json::serialize(item);
    }
    if (!sink(text)) return gone;
  }
  return sink("\n]\n") ? Status() : Status(gone);
}

Status write_table(Pages& pages, const Cells& cells, const std::vector<Column>& columns,
                   TableWriter& writer) {
  std::vector<std::string> header;
  for (const auto& column : columns) header.push_back(header_of(column));
  bool going = writer.header(header);
  std::vector<Cell> row(columns.size());
  while (going) {
    const auto items = TRY(pages.next());
    if (items.empty()) break;
    for (const auto& item : items) {
      for (std::size_t i = 0; i < columns.size(); ++i)
        row[i] = cells.cell_of(columns[i], item.as_object());
      if (!(going = writer.row(row))) break;
    }
  }
  if (!going) return make_error(ErrorKind::unavailable, "imports/reader_gone");
  return writer.finish();
}

}  // namespace

std::optional<ExportFormat> parse_export_format(std::string_view name) {
  if (name == "csv") return ExportFormat::csv;
  if (name == "json") return ExportFormat::json;
  if (name == "xlsx") return ExportFormat::xlsx;
  return std::nullopt;
}

std::string_view media_type(ExportFormat format) {
  switch (format) {
    case ExportFormat::csv:
      return "text/csv; charset=utf-8";
    case ExportFormat::json:
      return "application/json; charset=utf-8";
    case ExportFormat::xlsx:
      break;
  }
  return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

Status check_export(const records::ApiParts& parts, const access::Scope& scope,
                    const Export& wanted) {
  const bool may = scope.actor.kind == access::ActorKind::system ||
                   scope.permissions().may(wanted.type->name, Action::export_out);
  if (!may) return make_error(ErrorKind::forbidden, "records/forbidden");
  // One record, thrown away: wrong filters and fields are refused while a refusal can be sent.
  auto query = wanted.query;
  query.limit = 1;
  query.fields = listed_fields(*wanted.type, query.fields);
  std::string unused;
  JsonWriter writer(unused);
  TRY(parts.database.read([&](store::Session& session) {
    return parts.records.list(session, scope, *wanted.type, query, writer);
  }));
  return {};
}

Result<std::int64_t> export_records(const records::ApiParts& parts, const access::Scope& scope,
                                    const Export& wanted, const std::string& folder,
                                    const Sink& sink) {
  TRY(check_export(parts, scope, wanted));
  const auto dictionary = parts.records.dictionary_ptr();
  Pages pages(parts, scope, wanted);
  if (wanted.format == ExportFormat::json) {
    TRY(write_json(pages, sink));
    return pages.count();
  }
  const auto writer =
      wanted.format == ExportFormat::csv
          ? make_csv_writer(sink, wanted.csv)
          : make_xlsx_writer(sink, folder + "/export-" + SystemRandom().hex(16) + ".xlsx");
  const Cells cells(*dictionary, scope.actor.language);
  TRY(write_table(pages, cells, columns_for(*dictionary, *wanted.type, pages.fields()), *writer));
  return pages.count();
}

}  // namespace fokus::imports
