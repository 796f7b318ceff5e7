// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field&,
                           const boost::json::value& input) {
  if (!input.is_string()) return bad_value("not_an_instant");
  const std::string_view text = input.get_string();
  if (text == "now") return ColumnValues{context.now.ms};
  const auto instant = parse_instant(text);
  if (!instant) return bad_value("not_an_instant");
  return ColumnValues{instant->ms};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(render_instant({rows.integer(at)}));
}

}  // namespace

const FieldType instant_field = {parse, write};

}  // namespace fokus::records
