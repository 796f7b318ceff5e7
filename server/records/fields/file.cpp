// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

// The id alone; name, size and type come from the upload (file_fields.hpp), never from the client.
Result<ColumnValues> parse(const FieldContext& context, const Field& field,
                           const boost::json::value& input) {
  auto id = link_field.parse(context, field, input);
  if (!id) return bad_value("not_a_file");
  return ColumnValues{id->front(), {}, {}, {}};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.begin_object().field("id", rows.integer(at)).field("name", rows.text(at + 1));
  json.field("size", rows.integer(at + 2)).field("type", rows.text(at + 3)).end_object();
}

}  // namespace

const FieldType file_field = {parse, write};

}  // namespace fokus::records
