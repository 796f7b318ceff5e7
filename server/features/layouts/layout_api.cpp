// SPDX-License-Identifier: Apache-2.0
// /api/v1/layouts: how pages of records are laid out.
#include <charconv>

#include "access/handlers_of.hpp"
#include "features/layouts/layouts.hpp"
#include "records/if_match.hpp"
#include "records/stored_filter.hpp"

namespace fokus::layouts {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;
using records::RecordType;

#define LAYOUT_MEMBERS                                                              \
  "{sections!: [{key!: text, label: object, columns: integer, collapsed: boolean, " \
  "shown_if: text, fields!: [{name!: text, shown_if: text}]}], hidden: [text]}"
constexpr const char* layout_body = LAYOUT_MEMBERS;
constexpr const char* state_answer =
    "{type!: text, role!: integer, version!: integer, is_own!: boolean, from_role: integer?, "
    "own_for!: [integer], layout!: " LAYOUT_MEMBERS "}";
constexpr const char* list_answer =
    "{items!: [{type!: text, role!: integer, version!: integer, layout!: " LAYOUT_MEMBERS "}]}";
#undef LAYOUT_MEMBERS
constexpr const char* versions_answer =
    "{items!: [{version!: integer, is_standard!: boolean, changed_at!: instant, changed_by: {id!: "
    "id, name!: text}?}]}";

std::int64_t role_of(const Visit& visit) {
  std::int64_t role = 0;
  const auto text = visit.call.query_value("role").value_or("");
  std::from_chars(text.data(), text.data() + text.size(), role);
  return role;
}

// Without the values that rules compare masked fields with.
json::object shown_layout(const records::Dictionary& dictionary, const Scope& scope,
                          const std::string& type, Layout layout) {
  const auto mask = [&](std::string& rule) {
    if (!rule.empty()) rule = records::show_filter(dictionary, scope, type, rule).text;
  };
  for (auto& section : layout.sections) {
    mask(section.shown_if);
    for (auto& field : section.fields) mask(field.shown_if);
  }
  return layout_to_json(layout);
}

json::array texts(const std::vector<std::string>& all) {
  json::array out;
  for (const auto& one : all) out.emplace_back(one);
  return out;
}

class LayoutApi {
 public:
  explicit LayoutApi(const Layouts& layouts) : layouts_(layouts), parts_(layouts.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    json::array items;
    const auto mine = parts_.database.read(
        [&](store::Session& session) { return layouts_.list(session, visit.scope); });
    for (const auto& one : mine)
      items.push_back(
          json::object{{"type", one.type},
                       {"role", one.role},
                       {"version", one.version},
                       {"layout", shown_layout(*dictionary, visit.scope, one.type, one.layout)}});
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  }

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    return state(visit, *TRY(type_of(*dictionary, visit)));
  }

  Result<Reply> save(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(type_of(*dictionary, visit));
    const auto layout = TRY(parse_layout(TRY(records::body_object(visit.call))));
    return keep(visit, type, layout);
  }

  Result<Reply> reset(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    return keep(visit, *TRY(type_of(*dictionary, visit)), std::nullopt);
  }

  Result<Reply> versions(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(type_of(*dictionary, visit));
    json::array items;
    const auto found = parts_.database.read([&](store::Session& session) {
      return layouts_.list_versions(session, {type.name, role_of(visit)});
    });
    for (const auto& one : found) {
      json::value by;
      if (!one.changed_by_name.empty())
        by = json::object{{"id", one.changed_by}, {"name", one.changed_by_name}};
      items.push_back(json::object{{"version", one.number},
                                   {"is_standard", one.is_standard},
                                   {"changed_at", render_instant(one.changed_at)},
                                   {"changed_by", std::move(by)}});
    }
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  }

  Result<Reply> restore(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(type_of(*dictionary, visit));
    const auto input = TRY(records::body_object(visit.call));
    const auto* version = input.if_contains("version");
    if (!version || !version->is_int64())
      return field_error("layouts/invalid", "version", version ? "not_a_number" : "required");
    const auto layout = TRY(parts_.database.read([&](store::Session& session) {
      return layouts_.find_version(session, type, role_of(visit), version->get_int64());
    }));
    return keep(visit, type, layout);
  }

  // What the rules of the viewer's layout, or for an administrator those of a role's, keep off the
  // page of a record.
  Result<Reply> unshown(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(records::id_of(visit));
    const bool is_preview = visit.call.query_value("role").has_value();
    if (is_preview && !visit.scope.permissions().has_function(access::functions::administer))
      return make_error(ErrorKind::forbidden, "access/forbidden");
    const auto found = TRY(parts_.database.read([&](store::Session& session) -> Result<Unshown> {
      const auto effective = is_preview ? layouts_.of_role(session, type, role_of(visit))
                                        : layouts_.of_viewer(session, type, visit.scope);
      return layouts_.find_unshown(session, visit.scope, type, id, effective.layout);
    }));
    records::trace_read(parts_, visit.scope, "read", type, std::span(&id.value, 1), "layout");
    return Reply::json(json::serialize(
        json::object{{"sections", texts(found.sections)}, {"fields", texts(found.fields)}}));
  }

 private:
  // By its name or its plural.
  static Result<const RecordType*> type_of(const records::Dictionary& dictionary,
                                           const Visit& visit) {
    const auto name = visit.call.param("type");
    const RecordType* type = dictionary.find(name);
    if (!type) type = dictionary.find_plural(name);
    if (!type || !visit.scope.permissions().may(type->name, access::Action::read))
      return make_error(ErrorKind::not_found, "records/no_such_type");
    return type;
  }

  Result<Reply> keep(Visit& visit, const RecordType& type,
                     const std::optional<Layout>& layout) const {
    TRY(records::save_if_match(parts_.database, visit.call, [&](auto& tx, auto version) {
      return layouts_.save(tx, visit.scope, type, role_of(visit), layout, version);
    }));
    return state(visit, type);
  }

  Result<Reply> state(const Visit& visit, const RecordType& type) const {
    const auto dictionary = parts_.dictionary.current();
    const std::int64_t role = role_of(visit);
    std::int64_t version = 0;
    const auto body =
        TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
          const bool is_role = role == 0 || session.query_integer(
                                                parts_.statements["layouts.has_role"], {role}) != 0;
          if (!is_role) return field_error("layouts/invalid", "role", "no_such_record");
          const auto effective = layouts_.of_role(session, type, role);
          const Stored own = layouts_.find(session, {type.name, role});
          version = own.version;
          json::array own_for;
          for (const auto one : layouts_.list_own(session, type.name)) own_for.emplace_back(one);
          return json::object{
              {"type", type.name},
              {"role", role},
              {"version", version},
              {"is_own", own.layout.has_value()},
              {"from_role", effective.is_standard ? json::value() : json::value(effective.role)},
              {"own_for", std::move(own_for)},
              {"layout", shown_layout(*dictionary, visit.scope, type.name, effective.layout)}};
        }));
    Reply reply = Reply::json(json::serialize(body));
    reply.header("ETag", "\"v" + std::to_string(version) + "\"");
    return reply;
  }

  const Layouts& layouts_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> layout_routes(const Layouts& layouts) {
  const auto to = access::handlers_of(std::make_shared<LayoutApi>(layouts));
  const auto admin = Right::function(access::functions::administer);
  const std::string base = "/api/v1/layouts";
  const std::string one = base + "/{type}";
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&LayoutApi::list),
       {"Layouts of records' pages that the caller gets, where they are not the standard",
        {.answer = list_answer}}},
      {Method::get,
       one + "/records/{id}",
       Right::signed_in(),
       to(&LayoutApi::unshown),
       {"What the rules of a layout keep off the page of a record",
        {.query = "role: integer", .answer = "{sections!: [text], fields!: [text]}"}}},
      {Method::get,
       one,
       admin,
       to(&LayoutApi::get),
       {"The layout of a type for a role, or for everybody else",
        {.query = "role: integer", .answer = state_answer}}},
      {Method::put,
       one,
       admin,
       to(&LayoutApi::save),
       {"Change a layout",
        {.query = "role: integer",
         .body = layout_body,
         .answer = state_answer,
         .versioned = true}}},
      {Method::remove,
       one,
       admin,
       to(&LayoutApi::reset),
       {"Back to the layout that comes with the program, or that of everybody else",
        {.query = "role: integer", .answer = state_answer, .versioned = true}}},
      {Method::get,
       one + "/versions",
       admin,
       to(&LayoutApi::versions),
       {"What a layout was, newest first", {.query = "role: integer", .answer = versions_answer}}},
      {Method::post,
       one + "/restoration",
       admin,
       to(&LayoutApi::restore),
       {"Make an earlier version of a layout the present one",
        {.query = "role: integer",
         .body = "{version!: integer}",
         .answer = state_answer,
         .versioned = true}}},
  };
}

}  // namespace fokus::layouts
