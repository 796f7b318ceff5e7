// SPDX-License-Identifier: Apache-2.0
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t digits_min = 3;   // 112
constexpr std::size_t digits_max = 20;  // E.164 has 15; room for an extension

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto text = TRY(text_input(field, input));
  auto digits = fold_phone(text);
  if (digits.size() < digits_min || digits.size() > digits_max) return bad_value("not_a_phone");
  return ColumnValues{std::move(text), std::move(digits)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType phone_field = {parse, write};

}  // namespace fokus::records
