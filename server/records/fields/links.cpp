// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

// Members are rows of `relations`; the save recipe writes them. No column of its own.
Result<ColumnValues> parse(const FieldContext&, const Field&, const boost::json::value& input) {
  if (!input.is_array()) return bad_value("not_links");
  return ColumnValues{};
}

void write(JsonWriter& json, const Field&, const store::Rows&, int) {
  json.null();
}

}  // namespace

const FieldType links_field = {parse, write};

}  // namespace fokus::records
