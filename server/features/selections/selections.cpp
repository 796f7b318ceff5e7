// SPDX-License-Identifier: Apache-2.0
#include "features/selections/selection_calls.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/criteria_tree.hpp"
#include "records/sharing.hpp"
#include "records/stored_filter.hpp"

namespace fokus::selections {
namespace {

namespace json = boost::json;
using records::Node;
using records::NodePtr;
using records::Term;

constexpr std::array<std::string_view, 5> operations = {"only_first", "only_second", "both",
                                                        "either_not_both", "any"};

std::vector<std::int64_t> parse_groups(std::string_view text) {
  std::vector<std::int64_t> out;
  boost::system::error_code ec;
  const auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  if (!ec && value.is_array())
    for (const auto& one : value.get_array())
      if (one.is_int64()) out.push_back(one.get_int64());
  return out;
}

Selection read_row(const store::Rows& rows) {
  Selection s;
  s.id = SelectionId{rows.integer(0)};
  s.version = rows.integer(1);
  s.name = rows.text(2);
  s.record_type = rows.text(3);
  s.kind = rows.text(4);
  s.description = rows.text(5);
  s.category = rows.text(6);
  s.owner = UserId{rows.integer(7)};
  s.visible_for = rows.text(8);
  s.groups = parse_groups(rows.text(9));
  s.completed = rows.boolean(10);
  s.filter = rows.text(11);
  s.operation = rows.text(12);
  s.first = SelectionId{rows.integer(13)};
  s.second = SelectionId{rows.integer(14)};
  s.keeps_history = rows.boolean(15);
  s.retention_days = rows.integer(16);
  s.created_at = {rows.integer(17)};
  s.updated_at = {rows.integer(18)};
  s.owner_name = rows.text(19);
  return s;
}

// One member of the input as clean text; absent leaves what is there.
Status take_text(const json::object& input, const char* key, std::size_t max, std::string& out) {
  const auto* value = input.if_contains(key);
  if (!value) return {};
  if (value->is_null()) return out.clear(), Status();
  if (!value->is_string()) return invalid(key, "not_text");
  const std::string_view text(value->get_string().data(), value->get_string().size());
  if (!is_clean_utf8(text)) return invalid(key, "invalid_text");
  if (count_code_points(text) > max) return invalid(key, "too_long");
  out = std::string(trim(text));
  return {};
}

Status take_bool(const json::object& input, const char* key, bool& out) {
  const auto* value = input.if_contains(key);
  if (!value) return {};
  if (!value->is_bool()) return invalid(key, "not_yes_or_no");
  out = value->get_bool();
  return {};
}

// 17 or {"id": 17}
Status take_id(const json::object& input, const char* key, std::int64_t& out) {
  const auto* value = input.if_contains(key);
  if (!value) return {};
  if (value->is_object()) value = value->get_object().if_contains("id");
  if (!value || !value->is_int64()) return invalid(key, "not_an_id");
  out = value->get_int64();
  return {};
}

Status take_groups(const json::object& input, std::vector<std::int64_t>& out) {
  const auto* value = input.if_contains("groups");
  if (!value) return {};
  if (!value->is_array() || value->get_array().size() > 200) return invalid("groups", "not_a_list");
  out.clear();
  for (const auto& one : value->get_array()) {
    const auto* id = one.is_object() ? one.get_object().if_contains("id") : &one;
    if (!id || !id->is_int64()) return invalid("groups", "not_an_id");
    out.push_back(id->get_int64());
  }
  return {};
}

NodePtr all_of(NodePtr a, NodePtr b) {
  std::vector<NodePtr> both;
  both.push_back(std::move(a));
  both.push_back(std::move(b));
  return records::make_group(Node::Kind::all, std::move(both));
}

NodePtr combined(const Selection& s) {
  const auto first = [&] { return selection_node(s.first.value); };
  const auto second = [&] { return selection_node(s.second.value); };
  if (s.operation == "both") return all_of(first(), second());
  if (s.operation == "only_first") return all_of(first(), records::make_negation(second()));
  if (s.operation == "only_second") return all_of(second(), records::make_negation(first()));
  std::vector<NodePtr> either;
  if (s.operation == "either_not_both") {
    either.push_back(all_of(first(), records::make_negation(second())));
    either.push_back(all_of(second(), records::make_negation(first())));
  } else {
    either.push_back(first());
    either.push_back(second());
  }
  return records::make_group(Node::Kind::any, std::move(either));
}

}  // namespace

NodePtr selection_node(std::int64_t id) {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::selection;
  node->terms = {Term{id}};
  return node;
}

bool Selections::is_editable(const access::Scope& scope, const Selection& s) const {
  return s.owner == scope.actor.user || scope.actor.kind == access::ActorKind::system ||
         scope.permissions().has_function(access::functions::administer);
}

bool Selections::is_visible(const access::Scope& scope, const Selection& s) const {
  if (is_editable(scope, s) || s.visible_for == "everyone") return true;
  if (s.visible_for != "groups") return false;
  const auto& actor = scope.actor;
  return std::any_of(s.groups.begin(), s.groups.end(), [&](std::int64_t group) {
    return actor.primary_group.value == group ||
           std::find(actor.other_groups.begin(), actor.other_groups.end(), GroupId{group}) !=
               actor.other_groups.end();
  });
}

Result<Selection> Selections::get(store::Session& session, const access::Scope& scope,
                                  SelectionId id) const {
  auto rows = session.query(parts_.statements["selections.get"], {id});
  if (rows->next()) {
    Selection found = read_row(*rows);
    if (is_visible(scope, found)) return found;
  }
  return make_error(ErrorKind::not_found, "selections/not_found");
}

// Who is in the groups of a selection is not asked in SQL, so that a page may need several looks.
std::vector<Selection> Selections::list(store::Session& session, const access::Scope& scope,
                                        const Wanted& wanted) const {
  const bool all = scope.permissions().has_function(access::functions::administer);
  const std::string q = fold(wanted.q);
  const auto limit = static_cast<std::size_t>(wanted.limit);
  std::vector<Selection> out;
  SelectionId after = wanted.after;
  for (int read = limits::list_max; read == limits::list_max && out.size() < limit;) {
    auto rows = session.query(
        parts_.statements["selections.list"],
        {wanted.type, wanted.kind, scope.actor.user, all ? 1 : 0, limits::list_max, after});
    for (read = 0; rows->next(); ++read) {
      Selection one = read_row(*rows);
      after = one.id;
      if (out.size() == limit || !is_visible(scope, one)) continue;
      if (q.empty() || fold(one.name).find(q) != std::string::npos) out.push_back(std::move(one));
    }
  }
  return out;
}

Status Selections::apply(store::Session& session, const access::Scope& scope, Selection& s,
                         const json::object& input) const {
  TRY(take_text(input, "name", limits::name_max, s.name));
  if (s.name.empty()) return invalid("name", "required");
  if (const auto flaw = flaw_of_name(s.name); !flaw.empty() && input.contains("name"))
    return invalid("name", flaw);
  TRY(take_text(input, "description", limits::text_max, s.description));
  TRY(take_text(input, "category", limits::name_max, s.category));
  if (const auto flaw = flaw_of_name(s.category); !flaw.empty() && input.contains("category"))
    return invalid("category", flaw);
  TRY(take_text(input, "visible_for", limits::name_max, s.visible_for));
  if (s.visible_for != "me" && s.visible_for != "groups" && s.visible_for != "everyone")
    return invalid("visible_for", "unknown");
  TRY(take_bool(input, "completed", s.completed));
  TRY(take_bool(input, "keeps_history", s.keeps_history));
  if (const auto* days = input.if_contains("retention_days")) {
    if (!days->is_int64()) return invalid("retention_days", "not_a_number");
    s.retention_days = days->get_int64();
  }
  if (s.retention_days < 0 || s.retention_days > limits::retention_days_max)
    return invalid("retention_days", "out_of_range");
  TRY(apply_sharing(session, s, input));
  return apply_content(session, scope, s, input);
}

Status Selections::apply_sharing(store::Session& session, Selection& s,
                                 const json::object& input) const {
  const auto groups = s.groups;
  const auto owner = s.owner;
  TRY(take_groups(input, s.groups));
  if (!records::are_groups(session, parts_.statements, s.groups, groups))
    return invalid("groups", "no_such_record");
  TRY(take_id(input, "owner", s.owner.value));
  if (s.owner != owner && !records::is_active_user(session, parts_.statements, s.owner))
    return invalid("owner", "no_such_record");
  return {};
}

Status Selections::apply_content(store::Session& session, const access::Scope& scope, Selection& s,
                                 const json::object& input) const {
  const auto dictionary = parts_.dictionary.current();
  const auto* type = dictionary->find(s.record_type);
  if (!type || !scope.permissions().may(type->name, access::Action::read))
    return invalid("record_type", "unknown");
  if (s.kind == "dynamic") {
    const json::object form = TRY(records::with_filter(input));
    TRY(take_text(form, "filter", records::limits::filter_bytes_max, s.filter));
    if (s.filter.empty()) return {};
    const NodePtr tree = TRY(records::parse_filter(s.filter));
    TRY(records::check_unmasked(*tree));
    TRY(check_cycle(session, s));
    records::ListQuery query;
    query.criteria = tree.get();
    // Asks the engine, so that a selection that is stored is one that can be opened.
    TRY(parts_.records.count(session, scope, *type, query, 1));
    return {};
  }
  if (s.kind != "combined") return {};
  const auto* combine = input.if_contains("combine");
  if (combine && !combine->is_null() && !combine->is_object())
    return invalid("combine", "not_an_object");
  if (combine && combine->is_object()) {
    TRY(take_text(combine->get_object(), "operation", limits::name_max, s.operation));
    TRY(take_id(combine->get_object(), "first", s.first.value));
    TRY(take_id(combine->get_object(), "second", s.second.value));
  }
  if (std::find(operations.begin(), operations.end(), s.operation) == operations.end())
    return invalid("combine", "unknown_operation");
  for (const auto part : {s.first, s.second}) {
    const auto other = get(session, scope, part);
    if (!other) return invalid("combine", "unknown_selection");
    if (other->record_type != s.record_type) return invalid("combine", "wrong_type");
  }
  return check_cycle(session, s);
}

Result<SelectionId> Selections::create(store::Transaction& tx, const access::Scope& scope,
                                       const Selection& s) const {
  const SelectionId id{tx.query_integer(
      parts_.statements["selections.create"],
      {s.name, fold(s.name), s.record_type, s.kind, scope.actor.user, parts_.clock.now()})};
  Selection stored = s;
  stored.id = id;
  if (!stored.owner) stored.owner = scope.actor.user;
  update(tx, stored);
  return id;
}

void Selections::forget_record(store::Transaction& tx, const records::RecordType& type,
                               RecordId id) const {
  tx.execute(parts_.statements["selections.forget_record"], {id, type.name});
}

void Selections::lock_structure(store::Transaction& tx) const {
  tx.query(parts_.statements["selections.lock_structure"])->next();
}

Status Selections::save_change(store::Transaction& tx, const access::Scope& scope,
                               const Selection& s) const {
  lock_structure(tx);
  const auto now = TRY(get(tx, scope, s.id));
  if (now.version != s.version) return make_error(ErrorKind::stale, "selections/stale");
  TRY(check_cycle(tx, s));
  update(tx, s);
  return {};
}

void Selections::update(store::Transaction& tx, const Selection& s) const {
  json::array groups(s.groups.begin(), s.groups.end());
  tx.execute(parts_.statements["selections.update"],
             {s.id, s.name, fold(s.name), s.description, s.category, s.owner, s.visible_for,
              json::serialize(groups), s.completed, s.filter, s.operation, s.first, s.second,
              s.keeps_history, s.retention_days, parts_.clock.now()});
  if (s.keeps_history || s.kind == "static") return;
  // Whoever ends the history of a dynamic one ends what was kept of it.
  tx.execute(parts_.statements["selections.forget_members"], {s.id});
  tx.execute(parts_.statements["selections.forget_snapshots"], {s.id});
}

Result<NodePtr> Selections::meaning(store::Session& session, const access::Scope& scope,
                                    const records::RecordType& type, std::int64_t id) const {
  const auto found = get(session, scope, SelectionId{id});
  if (!found || found->record_type != type.name)
    return field_error("criteria/unknown_selection", std::to_string(id), "unknown_selection");
  if (found->kind == "combined") return combined(*found);
  if (found->kind == "dynamic")
    return found->filter.empty() ? records::make_group(Node::Kind::all, {})
                                 : records::parse_filter(found->filter);
  NodePtr node = selection_node(id);
  node->kind = Node::Kind::members;
  return node;
}

Result<Selections::Step> Selections::change_step(store::Transaction& tx, const access::Scope& scope,
                                                 const Selection& s, const Node& criteria,
                                                 const Change& change) const {
  const auto dictionary = parts_.dictionary.current();
  const auto* type = dictionary->find(s.record_type);
  if (!type) return make_error(ErrorKind::not_found, "selections/not_found");
  const auto ids = TRY(parts_.records.list_ids(tx, scope, *type, access::Action::read, &criteria,
                                               change.after, limits::member_step));
  const Instant now = parts_.clock.now();
  Step step;
  for (const auto id : ids)
    step.changed += change.adding ? tx.execute(parts_.statements["selections.add_member"],
                                               {s.id, id, now, scope.actor.user, change.batch})
                                  : tx.execute(parts_.statements["selections.remove_member"],
                                               {s.id, id, now, change.batch});
  tx.execute(parts_.statements["selections.touch"], {s.id, now});
  const bool last = ids.size() < static_cast<std::size_t>(limits::member_step);
  step.after = last ? 0 : ids.back();
  return step;
}

Result<std::int64_t> Selections::change_members(const access::Scope& scope, const Selection& s,
                                                const Node& criteria, bool adding) const {
  std::int64_t changed = 0, seen = 0;
  Change change{adding, 0, {}};
  for (;;) {
    const auto step = TRY(parts_.database.write(
        [&](store::Transaction& tx) { return change_step(tx, scope, s, criteria, change); }));
    changed += step.changed;
    seen += limits::member_step;
    if (step.after == 0) return changed;
    if (seen >= limits::members_max)
      return field_error("selections/invalid", "filter", "too_many",
                         {{"max", std::to_string(limits::members_max)}});
    change.after = step.after;
  }
}

NodePtr ids_node(const std::vector<std::int64_t>& ids) {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::compare;
  node->path = "id";
  node->op = records::Op::in;
  for (const auto id : ids) node->terms.push_back(records::Term{id});
  return node;
}

NodePtr both(NodePtr a, NodePtr b) {
  if (!a) return b;
  std::vector<NodePtr> parts;
  parts.push_back(std::move(a));
  parts.push_back(std::move(b));
  return records::make_group(Node::Kind::all, std::move(parts));
}

Result<NodePtr> parse_chosen(const json::object& input) {
  if (const auto* ids = input.if_contains("ids")) {
    if (!ids->is_array() || ids->get_array().size() > records::limits::criteria_terms_max)
      return field_error("selections/invalid", "ids", "too_many",
                         {{"max", std::to_string(records::limits::criteria_terms_max)}});
    std::vector<std::int64_t> out;
    for (const auto& id : ids->get_array()) {
      if (!id.is_int64()) return invalid("ids", "not_an_id");
      out.push_back(id.get_int64());
    }
    if (out.empty()) return invalid("ids", "required");
    return ids_node(out);
  }
  if (const auto* other = input.if_contains("selection")) {
    if (!other->is_int64() || other->get_int64() <= 0) return invalid("selection", "not_an_id");
    return selection_node(other->get_int64());
  }
  const json::object form = TRY(records::with_filter(input));
  const auto* filter = form.if_contains("filter");
  if (!filter || !filter->is_string()) return invalid("ids", "required");
  const std::string text(filter->get_string());
  if (trim(text).empty()) return records::make_group(Node::Kind::all, {});
  return records::parse_filter(text);
}

}  // namespace fokus::selections
