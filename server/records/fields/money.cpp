// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "base/text.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

bool is_currency(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Rates are list items of `currency` with "rate": units of the base currency for one unit.
Result<std::int64_t> to_base(const FieldContext& context, std::int64_t minor,
                             const std::string& currency) {
  if (currency == context.base_currency) return minor;
  const auto* item = context.dictionary.find_item("currency", currency);
  const auto* rate = item ? item->extra.if_contains("rate") : nullptr;
  if (!rate) return bad_value("currency_without_rate", {{"currency", currency}});
  const int shift = currency_scale(context.base_currency) - currency_scale(currency);
  return std::llround(static_cast<double>(minor) * rate->to_number<double>() *
                      std::pow(10.0, shift));
}

Result<ColumnValues> parse(const FieldContext& context, const Field&,
                           const boost::json::value& input) {
  std::string currency = context.base_currency;
  const boost::json::value* amount = &input;
  if (input.is_object()) {
    amount = input.get_object().if_contains("amount");
    const auto* code = input.get_object().if_contains("currency");
    if (code && code->is_string()) currency = std::string(code->get_string());
  }
  if (!amount || amount->is_null()) return ColumnValues(3);
  if (!is_currency(currency)) return bad_value("not_a_currency");
  const auto minor = TRY(scaled_input(*amount, currency_scale(currency)));
  const auto base = TRY(to_base(context, minor, currency));
  return ColumnValues{minor, currency, base};
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
