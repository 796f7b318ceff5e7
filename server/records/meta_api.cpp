// SPDX-License-Identifier: Apache-2.0
// The dictionary, as the web UI and integrations read it, and its changes by administrators.
#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/custom_rules.hpp"
#include "records/meta_json.hpp"
#include "records/schema.hpp"
#include "records/search_marks.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(trim(v->get_string())) : std::string();
}

// The whole dictionary: types as write_type() has them, list items as write_item().
constexpr const char* meta_answer =
    "{revision!: integer, base_currency!: text, installation!: object, "
    "types!: [{name!: text, plural!: text, label: object, label_plural: object, icon: text, "
    "owned: boolean, about_person: boolean, contact_points: boolean, timeline: boolean, "
    "custom: boolean, system: boolean, retired: boolean, layout: object, list_columns: any, "
    "backlinks: [{name!: text, type!: text, field!: text}], "
    "fields!: [{name!: text, kind!: text, label: object, required: boolean, "
    "unique: boolean, read_only: boolean, indexed: boolean, searchable: boolean, "
    "custom: boolean, computed: boolean, list: text, target: text, scale: integer, "
    "length_max: integer, privacy: object}]}], lists!: object, limits!: {file_bytes!: integer}}";
constexpr const char* field_body =
    "{name!: text, kind!: text, label!: object, privacy!: {class!: text, purpose!: text, "
    "erasure!: text}, required: boolean, unique: boolean, indexed: boolean, "
    "searchable: boolean, list: text, target: text, scale: integer, length_max: integer, "
    "default: any, ...}";

constexpr std::int64_t item_distance = 10;  // of the positions of two list items

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

  Result<Reply> add_field(Visit& visit) const {
    auto input = TRY(body_object(visit.call));
    say_scale(input);
    if (const auto* labels = input.if_contains("label")) TRY(check_languages("label", *labels));
    TRY(check_own_name(input, "name"));
    const auto field = TRY(parse_field(input, true));
    const std::string type(visit.call.param("type"));
    return save(visit, [&](store::Transaction& tx) -> Status {
      // Held: a job or another node may bring the next snapshot meanwhile.
      const auto dictionary = parts_.dictionary.current();
      const RecordType* known = dictionary->find(type);
      if (!known) return make_error(ErrorKind::not_found, "records/no_such_type");
      if (known->find(field.name)) return conflict("name", "taken");
      TRY(check_in(*known, field));
      TRY(check_purpose(*dictionary, field));
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
      const auto before = TRY(parse_field(definition, true));
      TRY(take_field_changes(changes, definition));
      const auto field = TRY(parse_field(definition, true));
      const auto dictionary = parts_.dictionary.current();
      if (field.privacy.purpose != before.privacy.purpose) TRY(check_purpose(*dictionary, field));
      if (const auto* known = dictionary->find(type)) TRY(check_in(*known, field));
      // What the search index holds of the records that are there, and for whom, is another now.
      if (field.searchable != before.searchable ||
          search_mark(field.privacy.data_class) != search_mark(before.privacy.data_class))
        parts_.jobs.create(tx, "search_rebuild", {}, {}, parts_.clock.now());
      return write_field_row(tx, visit, type, name, definition);
    });
  }

  Result<Reply> save_item(Visit& visit) const {
    const auto input = TRY(body_object(visit.call));
    const std::string list(visit.call.param("list"));
    const std::string key = text_of(input, "key");
    TRY(check_list_item(*parts_.dictionary.current(), list, input));
    return save(visit, [&](store::Transaction& tx) -> Status {
      const auto dictionary = parts_.dictionary.current();
      const auto known = dictionary->lists.find(list);
      if (known == dictionary->lists.end() && !list.starts_with("x_"))
        return make_error(ErrorKind::not_found, "records/no_such_list");
      StoredItem item = find_item(tx, list, key);
      TRY(take_item_input(input, item));
      tx.execute(parts_.statements["records.save_list_item"],
                 {list, key, json::serialize(item.label), item.colour, item.position, item.retired,
                  json::serialize(item.extra)});
      return {};
    });
  }

 private:
  struct StoredItem {
    json::object label, extra;
    std::string colour;
    std::int64_t position = 0;
    bool retired = false;
  };

  // A new one stands at the end of its list.
  StoredItem find_item(store::Transaction& tx, const std::string& list,
                       const std::string& key) const {
    StoredItem item;
    auto rows = tx.query(parts_.statements["records.get_list_item"], {list, key});
    if (rows->next()) {
      const auto object = [&](int at) {
        const auto text = rows->text(at);
        return json::parse(json::string_view(text.data(), text.size())).as_object();
      };
      return {object(0), object(1), std::string(rows->text(2)), rows->integer(3),
              rows->integer(4) != 0};
    }
    rows.reset();
    item.position =
        tx.query_integer(parts_.statements["records.last_item_position"], {list}) + item_distance;
    return item;
  }

  // What the call does not say stays: also the languages that whoever calls does not know.
  static Status take_item_input(const json::object& input, StoredItem& item) {
    change_labels(item.label, input.at("label").as_object());
    if (item.label.empty()) return field_error("records/invalid", "label", "required");
    if (input.contains("colour")) item.colour = text_of(input, "colour");
    const auto* position = input.if_contains("position");
    if (position && position->is_int64()) item.position = position->get_int64();
    const auto* retired = input.if_contains("retired");
    if (retired && retired->is_bool()) item.retired = retired->get_bool();
    const auto* extra = input.if_contains("extra");
    if (extra && extra->is_object()) item.extra = extra->get_object();
    return {};
  }

  static Status take_field_changes(const json::object& changes, json::object& definition) {
    for (const auto& [key, value] : changes) {
      if (key == "name" || key == "kind" || key == "list" || key == "target" || key == "scale")
        continue;
      if (key == "label" && value.is_object() && !value.get_object().empty()) {
        TRY(check_languages(key, value));
        change_labels(definition["label"].as_object(), value.get_object());
      } else {
        definition[key] = value;
      }
    }
    return {};
  }

  static Error conflict(std::string field, std::string code) {
    Error error = field_error("records/invalid", std::move(field), std::move(code));
    error.kind = ErrorKind::conflict;
    return error;
  }

  // As the type would be with the field.
  Status check_in(RecordType type, const Field& field) const {
    const auto same = [&](const Field& other) { return other.name == field.name; };
    std::erase_if(type.fields, same);
    type.fields.push_back(field);
    return check_custom_field(*parts_.dictionary.current(), type, field);
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
    try {
      TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
        TRY(change(tx));
        return publish_dictionary(tx, parts_.statements, parts_.model, parts_.dictionary,
                                  parts_.clock.now());
      }));
    } catch (const store::Failure& failure) {
      if (failure.kind != store::FailureKind::unique) throw;
      return conflict("unique", "not_unique");  // the records that are there have a value twice
    }
    return meta(visit);
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> meta_routes(const ApiParts& parts) {
  const auto to = access::handlers_of(std::make_shared<MetaApi>(parts));
  const auto administer = Right::function(access::functions::administer);
  return {
      {Method::get,
       "/api/v1/meta",
       Right::signed_in(),
       to(&MetaApi::meta),
       {"Record types, fields and lists", {.answer = meta_answer}}},
      {Method::post,
       "/api/v1/meta/types/{type}/fields",
       administer,
       to(&MetaApi::add_field),
       {"Add a field to a record type", {.body = field_body, .answer = meta_answer}}},
      {Method::patch,
       "/api/v1/meta/types/{type}/fields/{field}",
       administer,
       to(&MetaApi::change_field),
       {"Change or hide a custom field",
        {.body = "{label: object, required: boolean, indexed: boolean, searchable: boolean, "
                 "hidden: boolean, length_max: integer, default: any, privacy: object, ...}",
         .answer = meta_answer}}},
      {Method::post,
       "/api/v1/meta/lists/{list}/items",
       administer,
       to(&MetaApi::save_item),
       {"Add or change a list item",
        {.body = "{key!: text, label!: object, colour: text, position: integer, retired: boolean, "
                 "extra: object}",
         .answer = meta_answer}}},
  };
}

}  // namespace fokus::records
