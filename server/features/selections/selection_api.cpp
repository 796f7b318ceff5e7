// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "features/selections/selection_calls.hpp"
#include "platform/locale.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::selections {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;
using records::Node;
using records::NodePtr;

constexpr const char* selection_answer =
    "{id!: id, version!: integer, name!: text, record_type!: text, "
    "kind!: static|dynamic|combined, description: text, category: text, "
    "owner: {id!: id, name: text}, visible_for: me|groups|everyone, groups: [id], "
    "completed: boolean, keeps_history: boolean, retention_days: integer, is_editable: boolean, "
    "created_at: instant, updated_at: instant, count: $count?, filter: text, is_masked: boolean, "
    "combine: {operation: text, first: object, second: object}, favourite: boolean, "
    "history: object?, last_visit_at: instant?}";
constexpr const char* chosen_members =
    "{ids: [id], filter: text, criteria: $criteria?, q: text, selection: id}";
constexpr const char* selection_members =
    "name: text, description: text, category: text, visible_for: me|groups|everyone, "
    "groups: [id], completed: boolean, keeps_history: boolean, retention_days: integer, "
    "owner: id, filter: text, criteria: $criteria?, "
    "combine: {operation: text, first: id, second: id}}";

class SelectionApi {
 public:
  explicit SelectionApi(const Selections& selections)
      : selections_(selections), parts_(selections.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto text = [&](std::string_view name) {
      return visit.call.query_value(name).value_or("");
    };
    const std::string plural(text("type"));
    const auto* type = dictionary->find_plural(plural);
    Selections::Wanted wanted{type ? type->name : plural, text("kind"), text("q"), {}};
    if (!text("cursor").empty())
      wanted.after = SelectionId{TRY(records::parse_before(text("cursor")))};
    const int limit = text("limit").empty() ? limits::list_max
                                            : TRY(records::parse_list_call(visit.call)).query.limit;
    wanted.limit = limit + 1;
    return Reply::json(json::serialize(TRY(page(visit.scope, wanted))));
  }

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    Selection s;
    s.kind = text_of(input, "kind");
    if (s.kind != "static" && s.kind != "dynamic" && s.kind != "combined")
      return invalid("kind", "unknown");
    const auto dictionary = parts_.dictionary.current();
    const std::string type = text_of(input, "record_type");
    const auto* plural = dictionary->find_plural(type);
    s.record_type = plural ? plural->name : type;
    s.owner = visit.scope.actor.user;
    TRY(parts_.database.read([&](store::Session& session) {
      return selections_.apply(session, visit.scope, s, input);
    }));
    const auto id = TRY(parts_.database.write(
        [&](store::Transaction& tx) { return selections_.create(tx, visit.scope, s); }));
    return answer(visit.scope, id, 201);
  }

  Result<Reply> get(Visit& visit) const {
    const SelectionId id = TRY(selection_id_of(visit));
    auto reply = TRY(answer(visit.scope, id, 200));
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["selections.save_visit"],
                 {id, visit.scope.actor.user, parts_.clock.now()});
    });
    return reply;
  }

  Result<Reply> update(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const SelectionId id = TRY(selection_id_of(visit));
    Selection s = TRY(get_editable(selections_, visit.scope, id));
    TRY(records::check_if_match(visit.call, s.version, "selections/stale"));
    TRY(parts_.database.read([&](store::Session& session) {
      return selections_.apply(session, visit.scope, s, input);
    }));
    TRY(parts_.database.write(
        [&](store::Transaction& tx) { return selections_.save_change(tx, visit.scope, s); }));
    return answer(visit.scope, id, 200);
  }

  // What others are made of stays.
  Result<Reply> remove(Visit& visit) const {
    const Selection s = TRY(get_editable(selections_, visit.scope, TRY(selection_id_of(visit))));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      selections_.lock_structure(tx);
      const auto now = TRY(selections_.get(tx, visit.scope, s.id));
      TRY(records::check_if_match(visit.call, now.version, "selections/stale"));
      if (!selections_.users_of(tx, s.id).empty())
        return make_error(ErrorKind::conflict, "selections/in_use");
      tx.execute(parts_.statements["selections.remove"], {s.id});
      return {};
    }));
    return Reply::no_content();
  }

  // The rows of a list, so that filter, order, columns and rights are those of every list.
  Result<Reply> members(Visit& visit) const {
    const SelectionId id = TRY(selection_id_of(visit));
    auto call = TRY(records::parse_list_call(visit.call));
    const auto dictionary = parts_.dictionary.current();
    NodePtr inside = selection_node(id.value);
    std::string body;
    JsonWriter writer(body);
    writer.begin_object().key("items");
    const records::RecordType* type = nullptr;
    const auto page =
        TRY(parts_.database.read([&](store::Session& session) -> Result<records::Page> {
          const Selection s = TRY(selections_.get(session, visit.scope, id));
          type = TRY(type_of(*dictionary, visit.scope, s));
          if (const auto day = visit.call.query_value("as_of"))
            inside = TRY(past_members(session, visit, *type, s, *day));
          call.criteria = both(std::move(call.criteria), std::move(inside));
          call.query.criteria = call.criteria.get();
          auto page = TRY(parts_.records.list(session, visit.scope, *type, call.query, writer));
          if (call.count != "none") {
            const auto cap = call.count == "exact" ? 0 : records::limits::count_cap;
            const auto count =
                TRY(parts_.records.count(session, visit.scope, *type, call.query, cap));
            writer.key("count").begin_object().field("value", count.value);
            writer.field("at_least", count.at_least).end_object();
          }
          return page;
        }));
    writer.key("next");
    page.next.empty() ? writer.null() : writer.value(page.next);
    writer.end_object();
    records::trace_read(parts_, visit.scope, "list", *type, page.ids,
                        records::render_shape(*call.criteria), page.seen);
    return Reply::json(std::move(body));
  }

  Result<Reply> add_members(Visit& visit) const { return change(visit, true); }
  Result<Reply> remove_members(Visit& visit) const { return change(visit, false); }

  // Keeps who is in now, for good.
  Result<Reply> freeze(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const SelectionId id = TRY(selection_id_of(visit));
    const Selection from = TRY(parts_.database.read(
        [&](store::Session& session) { return selections_.get(session, visit.scope, id); }));
    Selection s;
    s.kind = "static";
    s.record_type = from.record_type;
    s.name = from.name;
    s.description = from.description;
    s.category = from.category;
    s.owner = visit.scope.actor.user;
    TRY(parts_.database.read([&](store::Session& session) {
      return selections_.apply(session, visit.scope, s, input);
    }));
    s.id = TRY(parts_.database.write(
        [&](store::Transaction& tx) { return selections_.create(tx, visit.scope, s); }));
    TRY(selections_.change_members(visit.scope, s, *selection_node(id.value), true));
    return answer(visit.scope, s.id, 201);
  }

  // Who came and went; without `since`, after the viewer's last visit.
  Result<Reply> changes(Visit& visit) const {
    const SelectionId id = TRY(selection_id_of(visit));
    const auto dictionary = parts_.dictionary.current();
    std::string body;
    JsonWriter writer(body);
    std::vector<std::int64_t> seen;
    const records::RecordType* type = nullptr;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      const Selection s = TRY(selections_.get(session, visit.scope, id));
      type = TRY(type_of(*dictionary, visit.scope, s));
      std::int64_t since = session.query_integer(parts_.statements["selections.get_visit"],
                                                 {id, visit.scope.actor.user});
      if (const auto text = visit.call.query_value("since")) {
        const auto moment = parse_instant(*text);
        if (!moment) return invalid("since", "not_an_instant");
        since = moment->ms;
      }
      writer.begin_object().field("since", render_instant({since})).key("joined");
      TRY(write_named(session, visit.scope, *type, "selections.list_joined", id, since, writer,
                      seen));
      writer.key("left");
      TRY(write_named(session, visit.scope, *type, "selections.list_left", id, since, writer,
                      seen));
      writer.end_object();
      return {};
    }));
    records::trace_read(parts_, visit.scope, "list", *type, seen, "selection changes");
    return Reply::json(std::move(body));
  }

  Result<Reply> used_in(Visit& visit) const {
    const SelectionId id = TRY(selection_id_of(visit));
    json::array out;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      TRY(selections_.get(session, visit.scope, id));
      for (const auto other : selections_.users_of(session, id))
        if (const auto s = selections_.get(session, visit.scope, other))
          out.push_back(json::object{{"id", s->id.value}, {"name", s->name}});
      return {};
    }));
    return Reply::json(json::serialize(json::object{{"selections", std::move(out)}}));
  }

  Result<Reply> favour(Visit& visit) const {
    return set_favourite(visit, "selections.add_favourite");
  }
  Result<Reply> unfavour(Visit& visit) const {
    return set_favourite(visit, "selections.remove_favourite");
  }

 private:
  // One more than the page holds is asked for, to know whether it goes on.
  Result<json::object> page(const Scope& scope, const Selections::Wanted& wanted) const {
    return parts_.database.read([&](store::Session& session) -> Result<json::object> {
      if (wanted.after && !selections_.get(session, scope, wanted.after).ok())
        return field_error("records/bad_cursor", "cursor", "not_a_cursor");
      auto found = selections_.list(session, scope, wanted);
      json::object out{{"items", json::array()}, {"next", nullptr}};
      if (found.size() == static_cast<std::size_t>(wanted.limit)) {
        found.pop_back();
        out["next"] = std::to_string(found.back().id.value);
      }
      const auto favourites = favourites_of(session, scope);
      for (const auto& one : found) {
        auto item = head_of(selections_, scope, one);
        item["favourite"] = favourites.contains(one.id.value);
        out["items"].as_array().push_back(std::move(item));
      }
      return out;
    });
  }

  std::set<std::int64_t> favourites_of(store::Session& session, const Scope& scope) const {
    auto rows = session.query(parts_.statements["selections.list_favourites"], {scope.actor.user});
    std::set<std::int64_t> out;
    while (rows->next()) out.insert(rows->integer(0));
    return out;
  }

  Result<Reply> answer(const Scope& scope, SelectionId id, int status) const {
    std::int64_t version = 0;
    const auto body =
        TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
          const Selection s = TRY(selections_.get(session, scope, id));
          version = s.version;
          json::object out = head_of(selections_, scope, s);
          if (s.kind == "combined")
            for (const char* side : {"first", "second"}) {
              auto& one = out["combine"].as_object()[side].as_object();
              const auto part = selections_.get(session, scope, SelectionId{one["id"].as_int64()});
              one["name"] = part.ok() ? json::value(part->name) : json::value(nullptr);
            }
          add_count(session, scope, s, out);
          const auto visit = session.query_integer(parts_.statements["selections.get_visit"],
                                                   {id, scope.actor.user});
          out["favourite"] = favourites_of(session, scope).contains(id.value);
          add_history(session, s, out);
          out["last_visit_at"] =
              visit == 0 ? json::value(nullptr) : json::value(render_instant({visit}));
          return out;
        }));
    Reply reply = Reply::json(json::serialize(body), status);
    reply.header("ETag", "\"v" + std::to_string(version) + "\"");
    return reply;
  }

  // Since when past members are known, and why they are not.
  void add_history(store::Session& session, const Selection& s, json::object& out) const {
    out["history"] = nullptr;
    if (!s.keeps_history || s.kind == "static") return;
    auto rows = session.query(parts_.statements["selections.get_snapshot"], {s.id});
    json::object history{{"first_taken_at", nullptr}, {"taken_at", nullptr}, {"problem", nullptr}};
    if (rows->next()) {
      if (rows->integer(0) != 0) history["first_taken_at"] = render_instant({rows->integer(0)});
      if (rows->integer(1) != 0) history["taken_at"] = render_instant({rows->integer(1)});
      if (!rows->text(3).empty()) history["problem"] = rows->text(3);
    }
    out["history"] = std::move(history);
  }

  // A selection whose criteria the viewer may not use still opens; it has no count.
  void add_count(store::Session& session, const Scope& scope, const Selection& s,
                 json::object& out) const {
    const auto dictionary = parts_.dictionary.current();
    const auto* type = dictionary->find(s.record_type);
    if (!type) return;
    const NodePtr inside = selection_node(s.id.value);
    records::ListQuery query;
    query.criteria = inside.get();
    query.quick = true;  // a page does not wait for what is counted beside it
    const auto count =
        parts_.records.count(session, scope, *type, query, records::limits::count_cap);
    if (count) out["count"] = json::object{{"value", count->value}, {"at_least", count->at_least}};
  }

  // Dynamic and combined ones have a past only if they keep it, and only from their first look on.
  // Whoever may not use their criteria now does not see through them then.
  Result<NodePtr> past_members(store::Session& session, const Visit& visit,
                               const records::RecordType& type, const Selection& s,
                               std::string_view day) const {
    const auto date = parse_date(day);
    if (!date) return invalid("as_of", "not_a_date");
    const auto zone = TimeZone::find(visit.scope.actor.time_zone).value_or(TimeZone::utc());
    const std::int64_t moment = zone.midnight(plus_days(*date, 1)).ms - 1;
    if (s.kind != "static") {
      if (!s.keeps_history) return invalid("as_of", "no_history");
      const auto first =
          session.query_integer(parts_.statements["selections.get_snapshot"], {s.id});
      if (first == 0 || moment < first) return invalid("as_of", "no_history");
      const NodePtr now = selection_node(s.id.value);
      records::ListQuery query;
      query.criteria = now.get();
      TRY(parts_.records.count(session, visit.scope, type, query, 1));
    }
    NodePtr node = selection_node(s.id.value);
    node->kind = Node::Kind::members;
    node->terms.push_back(records::Term{moment});
    return node;
  }

  Result<Reply> set_favourite(Visit& visit, std::string_view statement) const {
    const SelectionId id = TRY(selection_id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      TRY(selections_.get(tx, visit.scope, id));
      tx.execute(parts_.statements[statement], {id, visit.scope.actor.user});
      return {};
    }));
    return Reply::no_content();
  }

  Result<Reply> change(Visit& visit, bool adding) const {
    const auto input = TRY(records::body_object(visit.call));
    const Selection s = TRY(get_editable(selections_, visit.scope, TRY(selection_id_of(visit))));
    TRY(records::check_if_match(visit.call, s.version, "selections/stale"));
    if (s.kind != "static") return make_error(ErrorKind::conflict, "selections/not_static");
    const NodePtr criteria = TRY(parse_chosen(input));
    const auto n = TRY(selections_.change_members(visit.scope, s, *criteria, adding));
    return Reply::json(json::serialize(json::object{{adding ? "added" : "removed", n}}));
  }

  Status write_named(store::Session& session, const Scope& scope, const records::RecordType& type,
                     std::string_view statement, SelectionId id, std::int64_t since,
                     JsonWriter& writer, std::vector<std::int64_t>& seen) const {
    std::vector<std::int64_t> ids;
    auto rows = session.query(parts_.statements[statement], {id, since});
    while (rows->next()) ids.push_back(rows->integer(0));
    rows.reset();
    if (ids.empty()) {
      writer.begin_array().end_array();
      return {};
    }
    const NodePtr tree = ids_node(ids);
    records::ListQuery query;
    query.criteria = tree.get();
    query.fields = {"name"};
    query.limit = records::limits::page_max;
    const auto page = TRY(parts_.records.list(session, scope, type, query, writer));
    seen.insert(seen.end(), page.ids.begin(), page.ids.end());
    return {};
  }

  const Selections& selections_;
  const records::ApiParts& parts_;
};

}  // namespace

// tidy: table
std::vector<access::Route> selection_routes(const Selections& selections) {
  const auto to = access::handlers_of(std::make_shared<SelectionApi>(selections));
  const auto right = Right::signed_in();
  const auto slow = net::Lane::slow;
  const std::string all = "/api/v1/selections", one = all + "/{id}";
  using A = SelectionApi;
  std::vector<access::Route> out{
      {Method::get,
       all,
       right,
       to(&A::list),
       {"List selections",
        {.query = "type, kind, q, " + std::string(access::page_query),
         .answer = "{items!: [" + std::string(selection_answer) + "], next: text?}"}}},
      {Method::post,
       all,
       right,
       to(&A::create),
       {"Make a selection",
        {.body = "{kind!: static|dynamic|combined, record_type!: text, " +
                 std::string(selection_members),
         .answer = selection_answer,
         .status = 201}}},
      {Method::get,
       one,
       right,
       to(&A::get),
       {"One selection with its count", {.answer = selection_answer}}},
      {Method::patch,
       one,
       right,
       to(&A::update),
       {"Change a selection",
        {.body = "{" + std::string(selection_members),
         .answer = selection_answer,
         .versioned = true}}},
      {Method::remove, one, right, to(&A::remove), {"Remove a selection", {.versioned = true}}},
      {Method::get,
       one + "/members",
       right,
       to(&A::members),
       {"List the members of a selection",
        {.query = std::string(records::list_query) + ", as_of", .answer = "$page"}}},
      {Method::post,
       one + "/members",
       right,
       to(&A::add_members),
       {"Add records, by number, filter or another selection",
        {.body = chosen_members, .answer = "{added!: integer}", .versioned = true}},
       slow},
      {Method::post,
       one + "/removals",
       right,
       to(&A::remove_members),
       {"Take records out of a selection",
        {.body = chosen_members, .answer = "{removed!: integer}", .versioned = true}},
       slow},
      {Method::post,
       one + "/freeze",
       right,
       to(&A::freeze),
       {"Keep who is in now as a hand-kept selection",
        {.body = "{" + std::string(selection_members), .answer = selection_answer, .status = 201}},
       slow},
      {Method::get,
       one + "/changes",
       right,
       to(&A::changes),
       {"Who came and went since the last visit",
        {.query = "since",
         .answer = "{since!: instant, joined!: [{id!: id, version: integer, name: text}], "
                   "left!: [{id!: id, version: integer, name: text}]}"}}},
      {Method::get,
       one + "/used-in",
       right,
       to(&A::used_in),
       {"What is made of this selection", {.answer = "{selections!: [{id!: id, name!: text}]}"}}},
      {Method::put,
       one + "/favourite",
       right,
       to(&A::favour),
       {"Make a selection a favourite", {}}},
      {Method::remove, one + "/favourite", right, to(&A::unfavour), {"Favourite no longer", {}}},
  };
  for (auto&& more : {reason_routes(selections), member_change_routes(selections),
                      follow_up_routes(selections), snapshot_routes(selections)})
    out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace fokus::selections
