// SPDX-License-Identifier: Apache-2.0
// /api/v1/views: saved views of lists.
#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "features/views/view_rules.hpp"
#include "records/criteria.hpp"
#include "records/sharing.hpp"
#include "records/stored_filter.hpp"

namespace fokus::views {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;
using records::RecordType;

Error invalid(std::string_view field, std::string_view code) {
  return field_error("views/invalid", std::string(field), std::string(code));
}

Result<ViewId> id_of(const Visit& visit) {
  const auto id = records::id_of(visit);
  if (!id) return make_error(ErrorKind::not_found, "views/not_found");
  return ViewId{id->value};
}

constexpr std::int64_t position_max = 1'000'000'000;  // of a pinned view among the others

Status take_name(const json::object& input, View& v) {
  if (const auto* name = input.if_contains("name")) {
    if (!name->is_string()) return invalid("name", "not_text");
    const std::string_view text(name->get_string().data(), name->get_string().size());
    if (!is_clean_utf8(text)) return invalid("name", "invalid_text");
    if (count_code_points(text) > limits::name_max) return invalid("name", "too_long");
    v.name = std::string(trim(text));
    if (const auto flaw = flaw_of_name(v.name); !flaw.empty()) return invalid("name", flaw);
  }
  return v.name.empty() ? Status(invalid("name", "required")) : Status();
}

Status take_sharing(const json::object& input, View& v) {
  if (const auto* shared = input.if_contains("visible_for")) {
    if (!shared->is_string()) return invalid("visible_for", "not_text");
    v.visible_for = std::string(shared->get_string());
  }
  if (v.visible_for != "me" && v.visible_for != "groups" && v.visible_for != "everyone")
    return invalid("visible_for", "unknown");
  const auto* groups = input.if_contains("groups");
  if (!groups) return {};
  if (!groups->is_array() || groups->get_array().size() > limits::groups_max)
    return invalid("groups", "not_a_list");
  v.groups.clear();
  for (const auto& one : groups->get_array()) {
    const auto* id = one.is_object() ? one.get_object().if_contains("id") : &one;
    if (!id || !id->is_int64()) return invalid("groups", "not_an_id");
    v.groups.push_back(id->get_int64());
  }
  return {};
}

Result<std::optional<bool>> yes_or_no(const json::object& input, const char* key) {
  const auto* value = input.if_contains(key);
  if (!value) return std::optional<bool>();
  if (!value->is_bool()) return invalid(key, "not_yes_or_no");
  return std::optional<bool>(value->get_bool());
}

constexpr const char* view_answer =
    "{id!: id, version!: integer, record_type!: text, name!: text, owner: {id!: id, name: text}, "
    "visible_for!: me|groups|everyone, groups: [id], definition!: object, is_masked: boolean, "
    "opens_with: object, "
    "problems: [{where: text, path: text, code: text}], is_editable: boolean, pinned: boolean, "
    "position: integer?, is_default: boolean, is_standard: boolean, created_at: instant, "
    "updated_at: instant}";
constexpr const char* view_members =
    "name: text, visible_for: me|groups|everyone, groups: [id], definition: {filter: text, "
    "criteria: $criteria?, "
    "columns: [any], sort: text, group_by: text, sum: text, density: text, presentation: text}}";

class ViewApi {
 public:
  explicit ViewApi(const Views& views) : views_(views), parts_(views.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto wanted = visit.call.query_value("type").value_or("");
    const RecordType& type = *TRY(readable_type(*dictionary, visit.scope, wanted));
    const auto ask = TRY(access::parse_page(visit.call));
    json::array items;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      for (const auto& view : TRY(views_.list(session, visit.scope, type.name, ask)))
        items.push_back(render(session, visit.scope, *dictionary, type, view));
      return {};
    }));
    return Reply::json(json::serialize(TRY(access::page_of(visit.call, std::move(items)))));
  }

  Result<Reply> get(Visit& visit) const { return answer(visit.scope, TRY(id_of(visit)), 200); }

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto dictionary = parts_.dictionary.current();
    const auto* named = input.if_contains("record_type");
    if (!named || !named->is_string()) return invalid("record_type", "required");
    const RecordType& type = *TRY(readable_type(*dictionary, visit.scope, named->get_string()));
    View view;
    view.record_type = type.name;
    view.owner = visit.scope.actor.user;
    TRY(take_all(visit.scope, type, input, view));
    const auto id = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<ViewId> {
      const ViewId made = TRY(views_.create(tx, view));
      // Who makes a view wants it at hand; the others find it in the list of views.
      views_.pin(tx, view.owner, made, made.value);
      return made;
    }));
    return answer(visit.scope, id, 201);
  }

  Result<Reply> update(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto dictionary = parts_.dictionary.current();
    View view = TRY(editable(visit.scope, TRY(id_of(visit))));
    TRY(records::check_if_match(visit.call, view.version, "views/stale"));
    const RecordType& type = *TRY(readable_type(*dictionary, visit.scope, view.record_type));
    TRY(take_all(visit.scope, type, input, view));
    TRY(parts_.database.write([&](store::Transaction& tx) { return views_.update(tx, view); }));
    return answer(visit.scope, view.id, 200);
  }

  Result<Reply> remove(Visit& visit) const {
    const View view = TRY(editable(visit.scope, TRY(id_of(visit))));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const View now = TRY(views_.get(tx, visit.scope, view.id));
      TRY(records::check_if_match(visit.call, now.version, "views/stale"));
      views_.remove(tx, view.id);
      return {};
    }));
    return Reply::no_content();
  }

  // How the caller has a view: as a tab, as what the list opens with; for everyone with `standard`.
  Result<Reply> choose(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const ViewId id = TRY(id_of(visit));
    const auto pinned = TRY(yes_or_no(input, "pinned"));
    const auto chosen = TRY(yes_or_no(input, "default"));
    const auto standard = TRY(yes_or_no(input, "standard"));
    const auto* position = input.if_contains("position");
    if (position && !position->is_int64()) return invalid("position", "not_a_number");
    if (position && (position->get_int64() < 0 || position->get_int64() > position_max))
      return invalid("position", "out_of_range");
    const auto& scope = visit.scope;
    if (standard && !scope.permissions().has_function(access::functions::administer))
      return make_error(ErrorKind::forbidden, "views/forbidden");
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const View view = TRY(views_.get(tx, scope, id));
      if (standard && *standard && view.visible_for != "everyone")
        return invalid("standard", "not_shared");
      const auto place = position ? position->get_int64() : view.pin.value_or(id.value);
      const bool wanted = pinned ? *pinned : view.pin.has_value();
      if (pinned || position)
        views_.pin(tx, scope.actor.user, id, wanted ? std::optional(place) : std::nullopt);
      if (chosen) views_.make_default(tx, scope.actor.user, view, *chosen);
      if (standard) views_.make_default(tx, UserId{}, view, *standard);
      return {};
    }));
    return answer(scope, id, 200);
  }

 private:
  static Result<const RecordType*> readable_type(const records::Dictionary& dictionary,
                                                 const Scope& scope, std::string_view name) {
    const RecordType* type = dictionary.find_plural(name);
    if (!type) type = dictionary.find(name);
    if (!type || !scope.permissions().may(type->name, access::Action::read))
      return make_error(ErrorKind::not_found, "records/no_such_type");
    return type;
  }

  Status take_all(const Scope& scope, const RecordType& type, const json::object& input,
                  View& view) const {
    TRY(take_name(input, view));
    const auto groups = view.groups;
    TRY(take_sharing(input, view));
    const bool are_there = parts_.database.read([&](store::Session& session) {
      return records::are_groups(session, parts_.statements, view.groups, groups);
    });
    if (!are_there) return invalid("groups", "no_such_record");
    const auto* definition = input.if_contains("definition");
    if (!definition) return {};
    if (!definition->is_object()) return invalid("definition", "not_an_object");
    view.definition = TRY(parse_definition(definition->get_object()));
    return parts_.database.read([&](store::Session& session) {
      return check_definition(parts_, session, scope, type, view.definition);
    });
  }

  Result<View> editable(const Scope& scope, ViewId id) const {
    View view = TRY(parts_.database.read(
        [&](store::Session& session) { return views_.get(session, scope, id); }));
    if (!views_.is_editable(scope, view))
      return make_error(ErrorKind::forbidden, "views/forbidden");
    return view;
  }

  json::object render(store::Session& session, const Scope& scope,
                      const records::Dictionary& dictionary, const RecordType& type,
                      const View& v) const {
    const records::CriteriaContext context{dictionary, scope, parts_.clock.now(), session.engine()};
    const Opened opened = open_definition(context, type, v.definition);
    Definition kept = v.definition;
    auto shown = records::show_filter(dictionary, scope, type.name, kept.filter);
    kept.filter = std::move(shown.text);
    json::array problems;
    for (const auto& p : opened.problems)
      problems.push_back(json::object{{"where", p.where}, {"path", p.path}, {"code", p.code}});
    json::object out{{"id", v.id.value},
                     {"version", v.version},
                     {"record_type", v.record_type},
                     {"name", v.name},
                     {"owner", {{"id", v.owner.value}, {"name", v.owner_name}}},
                     {"visible_for", v.visible_for},
                     {"groups", json::array(v.groups.begin(), v.groups.end())},
                     {"definition", definition_to_json(kept)},
                     {"is_masked", shown.is_masked},
                     {"opens_with", definition_to_json(opened.definition)},
                     {"problems", std::move(problems)},
                     {"is_editable", views_.is_editable(scope, v)},
                     {"pinned", v.pin.has_value()},
                     {"position", v.pin ? json::value(*v.pin) : json::value()},
                     {"is_default", v.is_default},
                     {"is_standard", v.is_standard},
                     {"created_at", render_instant(v.created_at)},
                     {"updated_at", render_instant(v.updated_at)}};
    return out;
  }

  Result<Reply> answer(const Scope& scope, ViewId id, int status) const {
    const auto dictionary = parts_.dictionary.current();
    std::int64_t version = 0;
    const auto body =
        TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
          const View view = TRY(views_.get(session, scope, id));
          version = view.version;
          const RecordType& type = *TRY(readable_type(*dictionary, scope, view.record_type));
          return render(session, scope, *dictionary, type, view);
        }));
    Reply reply = Reply::json(json::serialize(body), status);
    reply.header("ETag", "\"v" + std::to_string(version) + "\"");
    return reply;
  }

  const Views& views_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> view_routes(const Views& views) {
  const auto to = access::handlers_of(std::make_shared<ViewApi>(views));
  const auto right = Right::signed_in();
  return {
      {Method::get,
       "/api/v1/views",
       right,
       to(&ViewApi::list),
       {"Saved views of a record type",
        {.query = "type!, " + std::string(access::page_query),
         .answer = "{items!: [" + std::string(view_answer) + "], next!: text?}"}}},
      {Method::post,
       "/api/v1/views",
       right,
       to(&ViewApi::create),
       {"Save a view",
        {.body = "{record_type!: text, " + std::string(view_members),
         .answer = view_answer,
         .status = 201}}},
      {Method::get,
       "/api/v1/views/{id}",
       right,
       to(&ViewApi::get),
       {"One view, and what of it can be opened", {.answer = view_answer}}},
      {Method::patch,
       "/api/v1/views/{id}",
       right,
       to(&ViewApi::update),
       {"Change a view",
        {.body = "{" + std::string(view_members), .answer = view_answer, .versioned = true}}},
      {Method::remove,
       "/api/v1/views/{id}",
       right,
       to(&ViewApi::remove),
       {"Remove a view", {.versioned = true}}},
      {Method::put,
       "/api/v1/views/{id}/choice",
       right,
       to(&ViewApi::choose),
       {"Pin a view, or open the list with it",
        {.body = "{pinned: boolean, position: integer, default: boolean, standard: boolean}",
         .answer = view_answer}}},
  };
}

}  // namespace fokus::views
