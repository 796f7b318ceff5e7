// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "records/fields/field_type.hpp"
#include "records/fields/money_text.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field&,
                           const boost::json::value& input) {
  std::string currency = context.base_currency;
  const boost::json::value* amount = &input;
  if (input.is_object()) {
    amount = input.get_object().if_contains("amount");
    const auto* code = input.get_object().if_contains("currency");
    if (code && code->is_string()) currency = std::string(code->get_string());
  }
  boost::json::value number;
  if (input.is_string()) {
    auto said = TRY(cut_money_text(input.get_string(), context.base_currency));
    if (!said.currency.empty()) currency = std::move(said.currency);
    number = said.number;
    amount = &number;
  }
  if (!amount || amount->is_null()) return ColumnValues(3);
  if (!is_currency(currency)) return bad_value("not_a_currency");
  const auto minor = TRY(scaled_input(*amount, currency_scale(currency)));
  // What it is worth in the base currency depends on the record's day: fill_base_amounts().
  return ColumnValues{minor, currency, store::Value()};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  const auto currency = rows.text(at + 1);
  json.begin_object();
  json.field("amount", render_scaled(rows.integer(at), currency_scale(currency)));
  json.field("currency", currency);
  json.end_object();
}

}  // namespace

const FieldType money_field = {parse, write};

}  // namespace fokus::records
