// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

constexpr std::array<std::string_view, 5> parts = {"street", "postcode", "city", "region",
                                                   "country"};

Result<ColumnValues> parse(const FieldContext& context, const Field& field,
                           const boost::json::value& input) {
  if (!input.is_object()) return bad_value("not_an_address");
  ColumnValues out;
  for (const auto part : parts) {
    Field one = field;
    one.kind = part == "country" ? FieldKind::country : FieldKind::text;
    const auto* v = input.get_object().if_contains(part);
    auto columns = TRY(parse_field_input(context, one, v ? *v : boost::json::value()));
    for (auto& column : columns) out.push_back(std::move(column));
  }
  return out;
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  bool any = false;
  for (std::size_t i = 0; i < parts.size(); ++i) any |= !rows.is_null(at + static_cast<int>(2 * i));
  if (!any) {
    json.null();
    return;
  }
  json.begin_object();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int column = at + static_cast<int>(2 * i);
    json.key(parts[i]);
    rows.is_null(column) ? json.null() : json.value(rows.text(column));
  }
  json.end_object();
}

}  // namespace

const FieldType address_field = {parse, write};

}  // namespace fokus::records
