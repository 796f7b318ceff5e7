// SPDX-License-Identifier: Apache-2.0
// /api/v1/meta/types: custom record types, made, changed and retired by administrators.
#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/custom_rules.hpp"
#include "records/meta_json.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::size_t label_max = 100;
constexpr std::size_t icon_max = 60;

constexpr const char* type_answer =
    "{name!: text, plural!: text, label!: object, label_plural!: object, icon: text, "
    "owned: boolean, about_person: boolean, contact_points: boolean, timeline: boolean, "
    "custom: boolean, system: boolean, retired: boolean, fields!: [object], backlinks: [object], "
    "layout: object, list_columns: [text]}";
constexpr const char* new_type_body =
    "{name!: text, plural: text, label!: object, label_plural: object, icon: text, "
    "position: integer, owned: boolean, about_person: boolean, contact_points: boolean, "
    "timeline: boolean, layout: object, list_columns: [text], fields: [object], ...}";
constexpr const char* type_changes =
    "{label: object, label_plural: object, icon: text, position: integer, layout: object, "
    "list_columns: [text], retired: boolean, ...}";

Error wrong(std::string_view field, std::string_view code) {
  return field_error("records/invalid", std::string(field), std::string(code));
}

Status check_labels(std::string_view key, const json::value& value) {
  if (!value.is_object() || value.get_object().empty()) return wrong(key, "required");
  TRY(check_languages(key, value));
  for (const auto& [language, text] : value.get_object()) {
    if (text.is_null()) continue;
    if (trim(text.get_string()).empty()) return wrong(key, "not_a_text");
    if (!is_clean_utf8(text.get_string())) return wrong(key, "invalid_text");
    if (count_code_points(text.get_string()) > label_max) return wrong(key, "too_long");
  }
  return {};
}

Status check_icon(std::string_view key, const json::value& value) {
  const bool fits = value.is_string() && !value.get_string().empty() &&
                    value.get_string().size() <= icon_max && is_clean_utf8(value.get_string());
  return fits ? Status() : wrong(key, "not_a_text");
}

Status check_object(std::string_view key, const json::value& value) {
  return value.is_object() ? Status() : wrong(key, "not_an_object");
}

Status check_texts(std::string_view key, const json::value& value) {
  if (!value.is_array()) return wrong(key, "not_a_list");
  for (const auto& one : value.get_array())
    if (!one.is_string()) return wrong(key, "not_a_text");
  return {};
}

Status check_integer(std::string_view key, const json::value& value) {
  return value.is_int64() ? Status() : wrong(key, "not_a_number");
}

Status check_boolean(std::string_view key, const json::value& value) {
  return value.is_bool() ? Status() : wrong(key, "not_yes_or_no");
}

// What of a type may change. Its name, its plural and its switches are for good: columns, paths and
// stored rights are made of them.
struct Member {
  std::string_view name;
  Status (*check)(std::string_view key, const json::value& value);
};
constexpr Member members[] = {{"label", check_labels},   {"label_plural", check_labels},
                              {"icon", check_icon},      {"position", check_integer},
                              {"layout", check_object},  {"list_columns", check_texts},
                              {"retired", check_boolean}};

Status check_member(std::string_view key, const json::value& value) {
  for (const auto& member : members)
    if (member.name == key) return member.check(key, value);
  return wrong(key, "not_changeable");
}

// The type, its plural when it is said, and each of its fields.
Status check_own_names(const json::object& input) {
  TRY(check_own_name(input, "name"));
  if (input.contains("plural")) TRY(check_own_name(input, "plural"));
  const auto* fields = input.if_contains("fields");
  if (!fields || !fields->is_array()) return {};
  for (const auto& field : fields->get_array())
    if (field.is_object()) TRY(check_own_name(field.get_object(), "name"));
  return {};
}

// Of a new type and of each of its fields, as far as they are of the right shape.
Status check_all_languages(const json::object& input) {
  for (const char* member : {"label", "label_plural"})
    if (const auto* labels = input.if_contains(member)) TRY(check_languages(member, *labels));
  const auto* fields = input.if_contains("fields");
  if (!fields || !fields->is_array()) return {};
  for (const auto& field : fields->get_array())
    if (const auto* labels = field.is_object() ? field.get_object().if_contains("label") : nullptr)
      TRY(check_languages("label", *labels));
  return {};
}

void say_scales(json::object& input) {
  auto* fields = input.if_contains("fields");
  if (!fields || !fields->is_array()) return;
  for (auto& field : fields->get_array())
    if (field.is_object()) say_scale(field.get_object());
}

class TypeApi {
 public:
  explicit TypeApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> get(Visit& visit) const { return answer(visit.call.param("type"), 200); }

  Result<Reply> create(Visit& visit) const {
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
    say_scales(input);
    TRY(check_own_names(input));
    TRY(check_all_languages(input));
    const auto type = TRY(parse_type(input, true));
    TRY(save(visit, type.name, [&](store::Transaction&) -> Result<json::object> {
      const auto dictionary = parts_.dictionary.current();
      if (dictionary->find(type.name) || dictionary->find_plural(type.plural)) return taken();
      TRY(check_custom_type(*dictionary, type));
      return input;
    }));
    Reply reply = TRY(answer(type.name, 201));
    reply.header("Location", "/api/v1/meta/types/" + type.name);
    return reply;
  }

  Result<Reply> change(Visit& visit) const {
    const auto changes = TRY(body_object(visit.call));
    const std::string name(visit.call.param("type"));
    const auto dictionary = parts_.dictionary.current();
    const RecordType* type = dictionary->find(name);
    if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
    if (!type->custom) return make_error(ErrorKind::conflict, "records/built_in_type");
    for (const auto& [key, value] : changes) TRY(check_member(key, value));
    TRY(save(visit, name, [&](store::Transaction& tx) -> Result<json::object> {
      const auto stored = tx.query_text(parts_.statements["records.find_custom_type"], {name});
      if (!stored) return make_error(ErrorKind::not_found, "records/no_such_type");
      auto definition = json::parse(*stored).as_object();
      for (const auto& [key, value] : changes) {
        auto& member = definition[key];
        if (member.is_object() && (key == "label" || key == "label_plural"))
          change_labels(member.get_object(), value.get_object());
        else
          member = value;
      }
      TRY(parse_type(definition, true));
      return definition;
    }));
    return answer(name, 200);
  }

 private:
  static Error taken() {
    Error error = wrong("name", "taken");
    error.kind = ErrorKind::conflict;
    return error;
  }

  // The definition, the columns it needs and the new dictionary become visible together.
  template <class Define>
  Status save(Visit& visit, const std::string& name, Define define) const {
    return parts_.database.write([&](store::Transaction& tx) -> Status {
      const json::object definition = TRY(define(tx));
      tx.execute(parts_.statements["records.save_custom_type"],
                 {name, json::serialize(definition), parts_.clock.now(), visit.scope.actor.user});
      return publish_dictionary(tx, parts_.statements, parts_.model, parts_.dictionary,
                                parts_.clock.now());
    });
  }

  Result<Reply> answer(std::string_view name, int status) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType* type = dictionary->find(name);
    if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
    std::string body;
    JsonWriter json(body);
    write_type(json, *type);
    return Reply::json(std::move(body), status);
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> type_routes(const ApiParts& parts) {
  const auto to = access::handlers_of(std::make_shared<TypeApi>(parts));
  const auto administer = Right::function(access::functions::administer);
  return {
      {Method::post,
       "/api/v1/meta/types",
       administer,
       to(&TypeApi::create),
       {"Make a record type", {.body = new_type_body, .answer = type_answer, .status = 201}}},
      {Method::get,
       "/api/v1/meta/types/{type}",
       administer,
       to(&TypeApi::get),
       {"One record type", {.answer = type_answer}}},
      {Method::patch,
       "/api/v1/meta/types/{type}",
       administer,
       to(&TypeApi::change),
       {"Change labels, icon or layout of a custom type, or retire it",
        {.body = type_changes, .answer = type_answer}}},
  };
}

}  // namespace fokus::records
