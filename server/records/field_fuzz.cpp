// SPDX-License-Identifier: Apache-2.0
// Whatever is put into a field of whichever kind: it is refused with a code, or becomes as many
// columns as the kind has, in clean text of no more than its length; what is then read out is JSON,
// and saving that again changes nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/check.hpp"
#include "base/text.hpp"
#include "records/fields/field_testing.hpp"

using namespace fokus::records;
namespace json = boost::json;
using fokus::records::testing::FieldWorld;

namespace {

// Their names, and what a file is called, are put in by those who have the database.
bool is_read_out_elsewhere(FieldKind kind) {
  return kind == FieldKind::links || kind == FieldKind::file;
}

// A decimal is put out as a JSON number, and what reads those keeps 15 digits.
constexpr std::int64_t exact_max = 999'999'999'999'999;
bool is_exact(const Field& field, const ColumnValues& columns) {
  const auto* number = std::get_if<std::int64_t>(&columns[0]);
  return field.kind != FieldKind::decimal || !number || std::abs(*number) <= exact_max;
}

void check_columns(const ColumnValues& columns) {
  for (const auto& value : columns)
    if (const auto* text = std::get_if<std::string>(&value)) CHECK(fokus::is_clean_utf8(*text));
}

void check_input(const FieldWorld& world, const Field& field, const json::value& input) {
  const auto columns = parse_field_input(world.context, field, input);
  if (!columns.ok()) {
    CHECK(columns.error().errors.size() == 1 && !columns.error().errors[0].code.empty());
    CHECK(columns.error().errors[0].field == field.name);
    return;
  }
  CHECK(columns->size() == column_count(field.kind));
  check_columns(*columns);
  if (is_read_out_elsewhere(field.kind) || !is_exact(field, *columns)) return;
  json::error_code fault;
  const auto shown = json::parse(FieldWorld::read_out(field, *columns), fault);
  CHECK(!fault);
  const auto again = parse_field_input(world.context, field, shown);
  CHECK(again.ok() && *again == *columns);
}

}  // namespace

// The first byte chooses the kind; what follows is a text, and JSON when it can be read as that.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const FieldWorld world;
  if (size == 0) return 0;
  const auto field = world.field(static_cast<FieldKind>(bytes[0] % FieldWorld::kinds));
  const json::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  check_input(world, field, json::value(text));
  json::error_code fault;
  const auto input = json::parse(text, fault);
  if (!fault) check_input(world, field, input);
  return 0;
}
