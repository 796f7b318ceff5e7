// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "features/selections/selections.hpp"
#include "platform/locale.hpp"
#include "records/criteria_explain.hpp"
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

Error invalid(std::string_view field, std::string_view code) {
  return field_error("selections/invalid", std::string(field), std::string(code));
}

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

class SelectionApi {
 public:
  explicit SelectionApi(const Selections& selections)
      : selections_(selections), parts_(selections.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const std::string plural(visit.call.query_value("type").value_or(""));
    const auto* type = dictionary->find_plural(plural);
    const auto items = parts_.database.read([&](store::Session& session) {
      return selections_.list(session, visit.scope, type ? type->name : plural,
                              visit.call.query_value("kind").value_or(""),
                              visit.call.query_value("q").value_or(""));
    });
    json::array out;
    for (const auto& one : items) out.push_back(head(visit.scope, one));
    return Reply::json(json::serialize(json::object{{"items", std::move(out)}, {"next", nullptr}}));
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
    const SelectionId id = TRY(id_of(visit));
    auto reply = TRY(answer(visit.scope, id, 200));
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["selections.save_visit"],
                 {id, visit.scope.actor.user, parts_.clock.now()});
    });
    return reply;
  }

  Result<Reply> update(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const SelectionId id = TRY(id_of(visit));
    Selection s = TRY(editable(visit.scope, id));
    const auto tag = visit.call.header("If-Match");
    if (tag && *tag != "\"v" + std::to_string(s.version) + "\"")
      return make_error(ErrorKind::stale, "selections/stale");
    TRY(parts_.database.read([&](store::Session& session) {
      return selections_.apply(session, visit.scope, s, input);
    }));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto now = TRY(selections_.get(tx, visit.scope, id));
      if (now.version != s.version) return make_error(ErrorKind::stale, "selections/stale");
      selections_.update(tx, s);
      return {};
    }));
    return answer(visit.scope, id, 200);
  }

  // What others are made of stays.
  Result<Reply> remove(Visit& visit) const {
    const Selection s = TRY(editable(visit.scope, TRY(id_of(visit))));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      if (!users_of(tx, s.id).empty()) return make_error(ErrorKind::conflict, "selections/in_use");
      tx.execute(parts_.statements["selections.remove"], {s.id});
      return {};
    }));
    return Reply::no_content();
  }

  // The rows of a list, so that filter, order, columns and rights are those of every list.
  Result<Reply> members(Visit& visit) const {
    const SelectionId id = TRY(id_of(visit));
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
            inside = TRY(past_members(visit, s, *day));
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
                        records::render_filter(*call.criteria));
    return Reply::json(std::move(body));
  }

  Result<Reply> add_members(Visit& visit) const { return change(visit, true); }
  Result<Reply> remove_members(Visit& visit) const { return change(visit, false); }

  // Keeps who is in now, for good.
  Result<Reply> freeze(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const SelectionId id = TRY(id_of(visit));
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

  // Each condition of the selection, as a sentence, and whether the record fulfils it.
  Result<Reply> explanation(Visit& visit) const {
    const SelectionId id = TRY(id_of(visit));
    const RecordId record = TRY(records::id_of(visit, "record"));
    const auto dictionary = parts_.dictionary.current();
    json::object out =
        TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
          const Selection s = TRY(selections_.get(session, visit.scope, id));
          const auto* type = TRY(type_of(*dictionary, visit.scope, s));
          if (!TRY(holds(session, visit.scope, *type, record, nullptr)))
            return make_error(ErrorKind::not_found, "records/not_found");
          const NodePtr self = selection_node(id.value);
          json::array reasons;
          const NodePtr meaning = TRY(selections_.meaning(session, visit.scope, *type, id.value));
          const bool listed = meaning->kind == Node::Kind::all || meaning->kind == Node::Kind::any;
          for (const auto& part : listed ? parts_of(*meaning) : parts_of_one(*meaning))
            reasons.push_back(
                json::object{{"text", sentence(session, visit.scope, *dictionary, *type, *part)},
                             {"holds", TRY(holds(session, visit.scope, *type, record, part))}});
          return json::object{
              {"member", TRY(holds(session, visit.scope, *type, record, self.get()))},
              {"all", meaning->kind != Node::Kind::any},
              {"reasons", std::move(reasons)}};
        }));
    return Reply::json(json::serialize(out));
  }

  // Who came and went; without `since`, after the viewer's last visit.
  Result<Reply> changes(Visit& visit) const {
    const SelectionId id = TRY(id_of(visit));
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
    const SelectionId id = TRY(id_of(visit));
    json::array out;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      TRY(selections_.get(session, visit.scope, id));
      for (const auto other : users_of(session, id))
        if (const auto s = selections_.get(session, visit.scope, other))
          out.push_back(json::object{{"id", s->id.value}, {"name", s->name}});
      return {};
    }));
    return Reply::json(json::serialize(json::object{{"selections", std::move(out)}}));
  }

  Result<Reply> preview(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto dictionary = parts_.dictionary.current();
    Selection s;
    const std::string name = text_of(input, "record_type");
    const auto* plural = dictionary->find_plural(name);
    s.record_type = plural ? plural->name : name;
    const auto* type = TRY(type_of(*dictionary, visit.scope, s));
    const std::string filter = text_of(input, "filter");
    const NodePtr tree = filter.empty() ? nullptr : TRY(records::parse_filter(filter));
    records::ListQuery query;
    query.criteria = tree.get();
    const auto count = TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.count(session, visit.scope, *type, query, 100'000);
    }));
    const std::string sentence =
        tree ? records::explain_criteria(*dictionary, *type, *tree, visit.scope.actor.language)
             : "";
    return Reply::json(json::serialize(
        json::object{{"count", {{"value", count.value}, {"at_least", count.at_least}}},
                     {"sentence", sentence}}));
  }

 private:
  static Result<SelectionId> id_of(const Visit& visit) {
    const auto id = records::id_of(visit);
    if (!id) return make_error(ErrorKind::not_found, "selections/not_found");
    return SelectionId{id->value};
  }

  static Result<const records::RecordType*> type_of(const records::Dictionary& dictionary,
                                                    const Scope& scope, const Selection& s) {
    const auto* type = dictionary.find(s.record_type);
    if (!type || !scope.permissions().may(type->name, access::Action::read))
      return make_error(ErrorKind::not_found, "records/no_such_type");
    return type;
  }

  Result<Selection> editable(const Scope& scope, SelectionId id) const {
    Selection s = TRY(parts_.database.read(
        [&](store::Session& session) { return selections_.get(session, scope, id); }));
    if (!selections_.is_editable(scope, s))
      return make_error(ErrorKind::forbidden, "selections/forbidden");
    return s;
  }

  std::vector<SelectionId> users_of(store::Session& session, SelectionId id) const {
    auto rows = session.query(parts_.statements["selections.list_using"],
                              {id, "%in\\_selection(" + std::to_string(id.value) + ")%"});
    std::vector<SelectionId> out;
    while (rows->next()) out.push_back(SelectionId{rows->integer(0)});
    return out;
  }

  json::object head(const Scope& scope, const Selection& s) const {
    json::object out{{"id", s.id.value},
                     {"version", s.version},
                     {"name", s.name},
                     {"record_type", s.record_type},
                     {"kind", s.kind},
                     {"description", s.description},
                     {"category", s.category},
                     {"owner", {{"id", s.owner.value}, {"name", s.owner_name}}},
                     {"visible_for", s.visible_for},
                     {"groups", json::array(s.groups.begin(), s.groups.end())},
                     {"completed", s.completed},
                     {"keeps_history", s.keeps_history},
                     {"retention_days", s.retention_days},
                     {"is_editable", selections_.is_editable(scope, s)},
                     {"created_at", render_instant(s.created_at)},
                     {"updated_at", render_instant(s.updated_at)},
                     {"count", nullptr}};
    if (s.kind == "dynamic") out["filter"] = s.filter;
    if (s.kind == "combined")
      out["combine"] = json::object{{"operation", s.operation},
                                    {"first", {{"id", s.first.value}}},
                                    {"second", {{"id", s.second.value}}}};
    return out;
  }

  Result<Reply> answer(const Scope& scope, SelectionId id, int status) const {
    std::int64_t version = 0;
    const auto body =
        TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
          const Selection s = TRY(selections_.get(session, scope, id));
          version = s.version;
          json::object out = head(scope, s);
          if (s.kind == "combined")
            for (const char* side : {"first", "second"}) {
              auto& one = out["combine"].as_object()[side].as_object();
              const auto part = selections_.get(session, scope, SelectionId{one["id"].as_int64()});
              one["name"] = part.ok() ? json::value(part->name) : json::value(nullptr);
            }
          add_count(session, scope, s, out);
          const auto visit = session.query_integer(parts_.statements["selections.get_visit"],
                                                   {id, scope.actor.user});
          out["last_visit_at"] =
              visit == 0 ? json::value(nullptr) : json::value(render_instant({visit}));
          return out;
        }));
    Reply reply = Reply::json(json::serialize(body), status);
    reply.header("ETag", "\"v" + std::to_string(version) + "\"");
    return reply;
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
    const auto count =
        parts_.records.count(session, scope, *type, query, records::limits::count_cap);
    if (count) out["count"] = json::object{{"value", count->value}, {"at_least", count->at_least}};
  }

  Result<NodePtr> past_members(const Visit& visit, const Selection& s, std::string_view day) const {
    const auto date = parse_date(day);
    if (!date) return invalid("as_of", "not_a_date");
    if (s.kind != "static") return invalid("as_of", "no_history");
    const auto zone = TimeZone::find(visit.scope.actor.time_zone).value_or(TimeZone::utc());
    NodePtr node = selection_node(s.id.value);
    node->kind = Node::Kind::members;
    node->terms.push_back(records::Term{zone.midnight(plus_days(*date, 1)).ms - 1});
    return node;
  }

  Result<Reply> change(Visit& visit, bool adding) const {
    const auto input = TRY(records::body_object(visit.call));
    const Selection s = TRY(editable(visit.scope, TRY(id_of(visit))));
    if (s.kind != "static") return make_error(ErrorKind::conflict, "selections/not_static");
    const NodePtr criteria = TRY(parse_chosen(input));
    const auto n = TRY(selections_.change_members(visit.scope, s, *criteria, adding));
    return Reply::json(json::serialize(json::object{{adding ? "added" : "removed", n}}));
  }

  Result<bool> holds(store::Session& session, const Scope& scope, const records::RecordType& type,
                     RecordId record, const Node* condition) const {
    const NodePtr tree =
        both(condition ? records::clone(*condition) : nullptr, ids_node({record.value}));
    records::ListQuery query;
    query.criteria = tree.get();
    return TRY(parts_.records.count(session, scope, type, query, 1)).value > 0;
  }

  static std::vector<const Node*> parts_of(const Node& node) {
    std::vector<const Node*> out;
    for (const auto& child : node.children) out.push_back(child.get());
    return out;
  }
  static std::vector<const Node*> parts_of_one(const Node& node) { return {&node}; }

  // Other selections by their name instead of their number.
  std::string sentence(store::Session& session, const Scope& scope,
                       const records::Dictionary& dictionary, const records::RecordType& type,
                       const Node& node) const {
    std::string text = records::explain_criteria(dictionary, type, node, scope.actor.language);
    if (node.kind != Node::Kind::selection && node.kind != Node::Kind::members) return text;
    const auto id = std::get<std::int64_t>(node.terms.at(0).content);
    const auto found = selections_.get(session, scope, SelectionId{id});
    return found ? replace_all(text, std::to_string(id), "\"" + found->name + "\"") : text;
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

std::vector<access::Route> selection_routes(const Selections& selections) {
  const auto api = std::make_shared<SelectionApi>(selections);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto right = Right::signed_in();
  const auto slow = net::Lane::slow;
  const std::string all = "/api/v1/selections", one = all + "/{id}";
  using A = SelectionApi;
  return {
      {Method::get, all, right, to(&A::list), "List selections"},
      {Method::post, all, right, to(&A::create), "Make a selection"},
      {Method::post, all + "/preview", right, to(&A::preview), "Count what criteria would find",
       slow},
      {Method::get, one, right, to(&A::get), "One selection with its count"},
      {Method::patch, one, right, to(&A::update), "Change a selection"},
      {Method::remove, one, right, to(&A::remove), "Remove a selection"},
      {Method::get, one + "/members", right, to(&A::members), "List the members of a selection"},
      {Method::post, one + "/members", right, to(&A::add_members),
       "Add records, by number, filter or another selection", slow},
      {Method::post, one + "/removals", right, to(&A::remove_members),
       "Take records out of a selection", slow},
      {Method::post, one + "/freeze", right, to(&A::freeze),
       "Keep who is in now as a hand-kept selection", slow},
      {Method::get, one + "/explanation/{record}", right, to(&A::explanation),
       "Why a record is in a selection, or not"},
      {Method::get, one + "/changes", right, to(&A::changes),
       "Who came and went since the last visit"},
      {Method::get, one + "/used-in", right, to(&A::used_in), "What is made of this selection"},
  };
}

}  // namespace fokus::selections
