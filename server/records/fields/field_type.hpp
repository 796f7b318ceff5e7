// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "records/dictionary.hpp"
#include "store/database.hpp"

namespace fokus::records {

// What reading an input may depend on besides the input.
struct FieldContext {
  const Dictionary& dictionary;
  std::string base_currency;
  UserId actor;
  GroupId actor_group;
  Instant now;
  Date today;
};

// The columns of one field, in the order of columns_of(). Empty input is all NULL.
using ColumnValues = std::vector<store::Value>;

// One kind of field: how an input becomes columns and columns become JSON. Pure; the twin of
// web/src/records/fields/<kind>. Every kind is one file in this folder.
struct FieldType {
  // `input` is never null or an empty string (that is "no value", handled by the caller).
  // Errors carry a field code only ("not_a_date", "too_long"); the caller adds the field's name.
  Result<ColumnValues> (*parse)(const FieldContext& context, const Field& field,
                                const boost::json::value& input);
  // Writes the value that starts at column `at`. Called only when the first column is not NULL,
  // but for addresses, whose parts may be NULL each. Links are written by the list plan.
  void (*write)(JsonWriter& json, const Field& field, const store::Rows& rows, int at);
};

const FieldType& field_type(FieldKind kind);

// Parses "no value" too: null and "" become NULL columns.
Result<ColumnValues> parse_field_input(const FieldContext& context, const Field& field,
                                       const boost::json::value& input);
// Writes null when there is none.
void write_field(JsonWriter& json, const Field& field, const store::Rows& rows, int at);

// The error a parse function returns.
Error bad_value(std::string code, std::map<std::string, std::string> params = {});
// Trimmed text, clean and not too long. Whole numbers are taken as digits; others "not_a_text".
Result<std::string> text_input(const Field& field, const boost::json::value& input);
// "12.50" or 12.5 → 1250 for scale 2, exactly; no floating point on the way from text.
Result<std::int64_t> scaled_input(const boost::json::value& input, int scale);
std::string render_scaled(std::int64_t value, int scale);
// Minor units of an ISO 4217 currency: 2, but 0 for JPY, ISK, KRW … and 3 for KWD, BHD …
int currency_scale(std::string_view currency);

extern const FieldType text_field, long_text_field, rich_text_field, integer_field, decimal_field,
    money_field, boolean_field, date_field, instant_field, choice_field, choices_field, link_field,
    links_field, phone_field, email_field, url_field, address_field, registration_number_field,
    country_field, language_field, user_field, group_field, file_field;

}  // namespace fokus::records
