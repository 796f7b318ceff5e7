// SPDX-License-Identifier: Apache-2.0
// The dictionary, as the web UI and integrations read it, and its changes by administrators.
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

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
  out.field("computed", !f.computed.empty()).field("list", f.list).field("target", f.target);
  out.field("scale", f.scale).field("length_max", f.length_max).key("privacy").begin_object();
  out.field("class", f.privacy.data_class)
      .field("purpose", f.privacy.purpose)
      .field("erasure", f.privacy.erasure);
  out.end_object().end_object();
}

void write_type(JsonWriter& out, const RecordType& t) {
  out.begin_object().field("name", t.name).field("plural", t.plural);
  write_labels(out, "label", t.label);
  write_labels(out, "label_plural", t.label_plural);
  out.field("icon", t.icon).field("owned", t.owned).field("about_person", t.about_person);
  out.field("contact_points", t.contact_points).field("timeline", t.timeline);
  out.field("custom", t.custom).field("system", t.system).key("fields").begin_array();
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

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(trim(v->get_string())) : std::string();
}

class MetaApi {
 public:
  explicit MetaApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> meta(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    std::string body;
    JsonWriter out(body);
    out.begin_object()
        .field("revision", dictionary->revision)
        .field("base_currency", dictionary->installation.base_currency)
        .key("installation")
        .begin_object();
    for (const auto& spec : setting_specs())
      out.key(spec.key).raw(json::serialize(setting_value(dictionary->installation, spec.key)));
    out.end_object().key("types").begin_array();
    for (const RecordType* type : dictionary->in_order())
      if (visit.scope.permissions().may(type->name, access::Action::read)) write_type(out, *type);
    out.end_array().key("lists").begin_object();
    for (const auto& [key, items] : dictionary->lists) {
      out.key(key).begin_array();
      for (const auto& item : items) write_item(out, item);
      out.end_array();
    }
    out.end_object().key("limits").begin_object();
    out.field("file_bytes", parts_.file_bytes_max).end_object().end_object();
    return Reply::json(std::move(body));
  }

  Result<Reply> add_type(Visit& visit) const {
    auto input = TRY(body_object(visit.call));
    if (!input.contains("fields"))
      input["fields"] = {{{"name", "name"},
                          {"kind", "text"},
                          {"label", {{"en", "Name"}, {"da", "Navn"}}},
                          {"required", true},
                          {"indexed", true},
                          {"searchable", true},
                          {"length_max", limits::name_max},
                          {"privacy", {{"class", "none"}, {"purpose", ""}, {"erasure", "keep"}}}}};
    const auto type = TRY(parse_type(input, true));
    return save(visit, [&](store::Transaction& tx) -> Status {
      if (parts_.dictionary.current()->find(type.name) ||
          parts_.dictionary.current()->find_plural(type.plural))
        return conflict("name", "taken");
      tx.execute(parts_.statements["records.save_custom_type"],
                 {type.name, json::serialize(input), parts_.clock.now(), visit.scope.actor.user});
      return {};
    });
  }

  Result<Reply> add_field(Visit& visit) const {
    const auto input = TRY(body_object(visit.call));
    const auto field = TRY(parse_field(input, true));
    const std::string type(visit.call.param("type"));
    return save(visit, [&](store::Transaction& tx) -> Status {
      const RecordType* known = parts_.dictionary.current()->find(type);
      if (!known) return make_error(ErrorKind::not_found, "records/no_such_type");
      if (known->find(field.name)) return conflict("name", "taken");
      return write_field_row(tx, visit, type, field.name, input);
    });
  }

  // Labels, layout hints and hiding may change; the kind and the name are for good.
  Result<Reply> change_field(Visit& visit) const {
    const auto changes = TRY(body_object(visit.call));
    const std::string type(visit.call.param("type")), name(visit.call.param("field"));
    return save(visit, [&](store::Transaction& tx) -> Status {
      auto stored =
          tx.query_text("SELECT definition FROM custom_fields WHERE record_type = $1 AND name = $2",
                        {type, name});
      if (!stored) return make_error(ErrorKind::not_found, "records/no_such_field");
      auto definition = json::parse(*stored).as_object();
      for (const auto& [key, value] : changes)
        if (key != "name" && key != "kind" && key != "list" && key != "target" && key != "scale")
          definition[key] = value;
      TRY(parse_field(definition, true));
      return write_field_row(tx, visit, type, name, definition);
    });
  }

  Result<Reply> save_item(Visit& visit) const {
    const auto input = TRY(body_object(visit.call));
    const std::string list(visit.call.param("list"));
    const std::string key = text_of(input, "key");
    const auto* label = input.if_contains("label");
    const bool named = list == "currency" ? is_currency(key) : is_identifier(key);
    if (!named) return field_error("records/invalid", "key", "not_an_identifier");
    if (!label || !label->is_object() || label->get_object().empty())
      return field_error("records/invalid", "label", "required");
    for (const auto& [language, text] : label->get_object())
      if (!text.is_string()) return field_error("records/invalid", "label", "not_a_text");
    return save(visit, [&](store::Transaction& tx) -> Status {
      const auto dictionary = parts_.dictionary.current();
      const auto known = dictionary->lists.find(list);
      if (known == dictionary->lists.end() && !list.starts_with("x_"))
        return make_error(ErrorKind::not_found, "records/no_such_list");
      const auto* position = input.if_contains("position");
      const auto* retired = input.if_contains("retired");
      const auto* extra = input.if_contains("extra");
      const std::int64_t last =
          known == dictionary->lists.end() ? 0 : static_cast<std::int64_t>(known->second.size());
      tx.execute(
          parts_.statements["records.save_list_item"],
          {list, key, json::serialize(*label), text_of(input, "colour"),
           position && position->is_int64() ? position->get_int64() : (last + 1) * 10,
           retired && retired->is_bool() && retired->get_bool(),
           json::serialize(extra && extra->is_object() ? *extra : json::value(json::object()))});
      return {};
    });
  }

 private:
  static Error conflict(std::string field, std::string code) {
    Error error = field_error("records/invalid", std::move(field), std::move(code));
    error.kind = ErrorKind::conflict;
    return error;
  }

  Status write_field_row(store::Transaction& tx, const Visit& visit, const std::string& type,
                         const std::string& name, const json::object& definition) const {
    tx.execute(
        parts_.statements["records.save_custom_field"],
        {type, name, json::serialize(definition), parts_.clock.now(), visit.scope.actor.user});
    return {};
  }

  // The change, the columns it needs and the new dictionary become visible together.
  template <class Change>
  Result<Reply> save(Visit& visit, Change change) const {
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      TRY(change(tx));
      return publish_dictionary(tx, parts_.statements, parts_.model, parts_.dictionary,
                                parts_.clock.now());
    }));
    return meta(visit);
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> meta_routes(const ApiParts& parts) {
  const auto api = std::make_shared<MetaApi>(parts);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto administer = Right::function(access::functions::administer);
  return {
      {Method::get, "/api/v1/meta", Right::signed_in(), to(&MetaApi::meta),
       "Record types, fields and lists"},
      {Method::post, "/api/v1/meta/types", administer, to(&MetaApi::add_type),
       "Make a record type"},
      {Method::post, "/api/v1/meta/types/{type}/fields", administer, to(&MetaApi::add_field),
       "Add a field to a record type"},
      {Method::patch, "/api/v1/meta/types/{type}/fields/{field}", administer,
       to(&MetaApi::change_field), "Change or hide a custom field"},
      {Method::post, "/api/v1/meta/lists/{list}/items", administer, to(&MetaApi::save_item),
       "Add or change a list item"},
  };
}

}  // namespace fokus::records
