// SPDX-License-Identifier: Apache-2.0
#include "features/merge/merge_values.hpp"

#include <algorithm>
#include <array>

#include "features/merge/references.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;
using records::Field;
using records::RecordImage;

struct StrictField {
  std::string_view type, field;  // type empty: of every type
};
// Booleans of which a single "yes" counts.
constexpr std::array<StrictField, 2> strict_fields = {
    {{"", "restricted"}, {"person", "no_mailings"}}};

bool is_set(const RecordImage& image, std::string_view field) {
  const auto* columns = image.fields.if_contains(field);
  return columns && columns->as_array().at(0) == 1;
}

const RecordImage& image_of(const std::vector<RecordImage>& images, RecordId id) {
  return *std::find_if(images.begin(), images.end(),
                       [&](const RecordImage& image) { return image.id == id; });
}

// A record that pointed at one of the others would point at itself.
void drop_circles(const MergeOrder& order, json::object& fields) {
  for (const auto& field : order.type->fields) {
    if (way_of(field.kind) != FieldWay::link || field.target != order.type->name) continue;
    auto& columns = fields.at(field.name).as_array();
    const auto points_at = [&](RecordId id) { return columns.at(0) == id.value; };
    if (points_at(order.keep) || std::any_of(order.merge.begin(), order.merge.end(), points_at))
      columns.at(0) = nullptr;
  }
}

}  // namespace

bool is_chosen(const Field& field) {
  return !field.read_only && field.computed.empty() && !records::columns_of(field).empty();
}

bool is_strict(std::string_view type, std::string_view field) {
  return std::any_of(strict_fields.begin(), strict_fields.end(), [&](const StrictField& one) {
    return one.field == field && (one.type.empty() || one.type == type);
  });
}

bool is_blank(const RecordImage& image, std::string_view field) {
  const auto* columns = image.fields.if_contains(field);
  return !columns || std::all_of(columns->as_array().begin(), columns->as_array().end(),
                                 [](const json::value& one) { return one.is_null(); });
}

RecordId suggest(const std::vector<RecordImage>& images, std::string_view type,
                 std::string_view field) {
  if (is_strict(type, field))
    for (const auto& image : images)
      if (is_set(image, field)) return image.id;
  for (const auto& image : images)
    if (!is_blank(image, field)) return image.id;
  return images.front().id;
}

MergedValues merge_values(const MergeOrder& order, const std::vector<RecordImage>& images) {
  MergedValues out{images.front(), {}};
  for (const auto& field : order.type->fields) {
    const bool strict = is_strict(order.type->name, field.name);
    if (!strict && !is_chosen(field)) continue;
    const auto given = order.choices.find(field.name);
    const bool by_caller = !strict && given != order.choices.end();
    const RecordId whose =
        by_caller ? given->second : suggest(images, order.type->name, field.name);
    const auto& columns = image_of(images, whose).fields.at(field.name);
    if (whose != order.keep && columns != out.image.fields.at(field.name))
      out.origins[field.name] = whose.value;
    out.image.fields[field.name] = columns;
  }
  drop_circles(order, out.image.fields);
  return out;
}

}  // namespace fokus::merge
