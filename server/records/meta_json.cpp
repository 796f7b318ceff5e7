// SPDX-License-Identifier: Apache-2.0
#include "records/meta_json.hpp"

#include "records/retirement.hpp"

namespace fokus::records {

namespace json = boost::json;

namespace {

void write_labels(JsonWriter& out, std::string_view key, const Labels& labels) {
  out.key(key).begin_object();
  for (const auto& [language, text] : labels) out.field(language, text);
  out.end_object();
}

void write_meta_field(JsonWriter& out, const Field& f) {
  out.begin_object().field("name", f.name).field("kind", field_kind_name(f.kind));
  write_labels(out, "label", f.label);
  out.field("required", f.required).field("unique", f.unique).field("read_only", f.read_only);
  out.field("indexed", f.indexed).field("searchable", f.searchable).field("custom", f.custom);
  out.field("computed", !f.computed.empty() || !f.product.factors.empty())
      .field("list", f.list)
      .field("target", f.target);
  out.field("scale", f.scale).field("length_max", f.length_max).key("privacy").begin_object();
  out.field("class", f.privacy.data_class)
      .field("purpose", f.privacy.purpose)
      .field("erasure", f.privacy.erasure);
  out.end_object().end_object();
}

}  // namespace

void write_type(JsonWriter& out, const RecordType& t) {
  out.begin_object().field("name", t.name).field("plural", t.plural);
  write_labels(out, "label", t.label);
  write_labels(out, "label_plural", t.label_plural);
  out.field("icon", t.icon).field("owned", t.owned).field("about_person", t.about_person);
  out.field("contact_points", t.contact_points).field("timeline", t.timeline);
  out.field("custom", t.custom).field("system", t.system);
  out.field("retired", is_retired(t)).key("fields").begin_array();
  for (const auto& field : t.fields)
    if (!field.hidden) write_meta_field(out, field);
  out.end_array().key("backlinks").begin_array();
  for (const auto& link : t.backlinks)
    out.begin_object()
        .field("name", link.name)
        .field("type", link.type)
        .field("field", link.field)
        .end_object();
  out.end_array().key("layout").raw(t.layout.is_null() ? "{}" : json::serialize(t.layout));
  out.key("list_columns")
      .raw(t.list_columns.is_null() ? "[\"name\"]" : json::serialize(t.list_columns));
  out.end_object();
}

void write_item(JsonWriter& out, const ListItem& item) {
  out.begin_object().field("key", item.key);
  write_labels(out, "label", item.label);
  out.field("colour", item.colour)
      .field("retired", item.retired)
      .key("extra")
      .raw(json::serialize(item.extra));
  out.end_object();
}

}  // namespace fokus::records
