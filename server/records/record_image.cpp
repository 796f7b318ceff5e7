// SPDX-License-Identifier: Apache-2.0
// Records and their contact points as JSON, column by column.
#include "records/record_image.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

json::value to_json(const store::Value& value) {
  if (const auto* n = std::get_if<std::int64_t>(&value)) return *n;
  if (const auto* d = std::get_if<double>(&value)) return *d;
  if (const auto* s = std::get_if<std::string>(&value)) return json::string(*s);
  return nullptr;
}

store::Value from_json(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_double()) return value.get_double();
  if (value.is_string()) return std::string(value.get_string());
  return {};
}

// What every change counts on, whatever the record holds, and what others make of its values.
bool is_counter(std::string_view field) {
  return field == "id" || field == "version" || field == "updated_at" || field == "updated_by" ||
         field == "quality_score";
}

}  // namespace

json::array columns_to_json(const ColumnValues& columns) {
  json::array out;
  for (const auto& column : columns) out.push_back(to_json(column));
  return out;
}

ColumnValues columns_from_json(const json::array& columns) {
  ColumnValues out;
  for (const auto& column : columns) out.push_back(from_json(column));
  return out;
}

json::object fields_of(const Draft& draft) {
  json::object out;
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    if (!is_counter(field.name) && !draft.columns[i].empty())
      out[field.name] = columns_to_json(draft.columns[i]);
  }
  return out;
}

void apply_fields(const json::object& fields, Draft& draft) {
  for (const auto& [name, columns] : fields) {
    const Field* field = draft.type.find(name);
    if (!field || is_counter(name) || !columns.is_array()) continue;
    // A field that has become another kind since keeps what it has.
    if (columns.get_array().size() != columns_of(*field).size()) continue;
    draft[name] = columns_from_json(columns.get_array());
  }
}

json::array points_to_json(const std::vector<ContactPoint>& points) {
  json::array out;
  for (const auto& point : points)
    out.push_back(json::object{{"kind", point.kind},
                               {"label", point.label},
                               {"value", point.value},
                               {"folded", point.folded},
                               {"primary", point.primary},
                               {"address", columns_to_json(point.address)}});
  return out;
}

std::vector<ContactPoint> points_from_json(const json::array& points) {
  std::vector<ContactPoint> out;
  for (const auto& one : points) {
    const auto& o = one.as_object();
    const auto text = [&](const char* key) { return std::string(o.at(key).as_string()); };
    out.push_back({text("kind"), text("label"), text("value"), text("folded"),
                   o.at("primary").as_bool(), columns_from_json(o.at("address").as_array())});
  }
  return out;
}

json::object image_to_json(const RecordImage& image) {
  return {{"id", image.id.value},
          {"version", image.version},
          {"archived", image.archived},
          {"fields", image.fields},
          {"points", image.points}};
}

RecordImage image_from_json(const json::object& o) {
  return {RecordId{o.at("id").as_int64()}, o.at("version").as_int64(), o.at("archived").as_bool(),
          o.at("fields").as_object(), o.at("points").as_array()};
}

}  // namespace fokus::records
