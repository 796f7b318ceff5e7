// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field&,
                           const boost::json::value& input) {
  if (!input.is_string()) return bad_value("not_a_date");
  const std::string_view text = input.get_string();
  if (text == "today") return ColumnValues{render_date(context.today)};
  const auto date = parse_date(text);
  if (!date) return bad_value("not_a_date");
  return ColumnValues{render_date(*date)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType date_field = {parse, write};

}  // namespace fokus::records
