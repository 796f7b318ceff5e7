// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"
#include "records/fields/sanitise.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto html = sanitise_html(TRY(text_input(field, input)));
  // Escaping makes it longer, and what is read must be short enough to be saved again.
  html = TRY(text_input(field, boost::json::value(html)));
  if (html.empty()) return ColumnValues(2);  // markup around nothing
  auto folded = fold(text_of_html(html));
  return ColumnValues{std::move(html), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType rich_text_field = {parse, write};

}  // namespace fokus::records
