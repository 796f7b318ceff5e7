// SPDX-License-Identifier: Apache-2.0
// A definition against the dictionary: the engine itself is asked, about no record at all, so that
// what is stored is what can be shown.
#include <algorithm>

#include "features/dashboards/answer_writer.hpp"
#include "records/criteria_path.hpp"
#include "records/criteria_tree.hpp"
#include "records/stored_filter.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using records::Node;
using records::NodePtr;

// The refusal of another room, with the member of the definition that caused it.
Error at_member(std::string_view member, const Error& error) {
  std::map<std::string, std::string> params = error.params;
  std::string code = error.code.substr(error.code.find('/') + 1);
  if (!error.errors.empty()) {
    params = error.errors.front().params;
    params["path"] = error.errors.front().field;
  }
  return invalid_tile(member, code, std::move(params));
}

NodePtr nobody() {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::compare;
  node->path = "id";
  node->terms = {records::Term{std::int64_t{0}}};
  return node;
}

NodePtr nobody_and(NodePtr condition) {
  std::vector<NodePtr> parts;
  parts.push_back(nobody());
  parts.push_back(std::move(condition));
  return records::make_group(Node::Kind::all, std::move(parts));
}

class Check {
 public:
  Check(const records::ApiParts& parts, const records::Dictionary& dictionary,
        const access::Scope& scope, store::Session& session, const records::RecordType& type)
      : parts_(parts), dictionary_(dictionary), scope_(scope), session_(session), type_(type) {}

  Status filter(const std::string& text) const {
    if (text.empty()) return {};
    auto tree = records::parse_filter(text);
    if (tree)
      if (const auto kept = records::check_unmasked(**tree); !kept.ok())
        return at_member("filter", kept.error());
    return tree ? condition("filter", std::move(*tree)) : at_member("filter", tree.error());
  }

  Status selection(std::string_view member, std::int64_t id) const {
    if (id == 0) return {};
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::selection;
    node->terms = {records::Term{id}};
    return condition(member, std::move(node));
  }

  Status field(std::string_view member, const std::string& path,
               std::initializer_list<records::FieldKind> kinds) const {
    if (path.empty()) return {};
    const records::CriteriaContext context{dictionary_, scope_, parts_.clock.now(),
                                           session_.engine()};
    const auto found = records::resolve_field(context, type_, path);
    if (!found) return at_member(member, found.error());
    if (std::find(kinds.begin(), kinds.end(), found->kind) == kinds.end())
      return invalid_tile(member, "wrong_kind", {{"path", path}});
    return {};
  }

  Status aggregate(std::string_view member, const json::object& form) const {
    if (const auto known = records::check_aggregate_members(form); !known.ok())
      return at_member(member, known.error());
    auto query = records::parse_aggregate(form);
    if (!query) return at_member(member, query.error());
    const auto none = nobody();
    query->criteria = none.get();
    const auto found = parts_.records.aggregate(session_, scope_, type_, *query);
    return found ? Status() : at_member(member, found.error());
  }

  Status list(std::string_view member, const records::ListQuery& wanted) const {
    records::ListQuery query = wanted;
    const auto none = nobody();
    query.criteria = none.get();
    std::string unused;
    JsonWriter writer(unused);
    const auto page = parts_.records.list(session_, scope_, type_, query, writer);
    return page ? Status() : at_member(member, page.error());
  }

 private:
  Status condition(std::string_view member, NodePtr node) const {
    const auto both = nobody_and(std::move(node));
    records::ListQuery query;
    query.criteria = both.get();
    const auto count = parts_.records.count(session_, scope_, type_, query, 1);
    return count ? Status() : at_member(member, count.error());
  }

  const records::ApiParts& parts_;
  const records::Dictionary& dictionary_;
  const access::Scope& scope_;
  store::Session& session_;
  const records::RecordType& type_;
};

Status check_chart(const Check& check, const Definition& d) {
  json::object form;
  for (const auto* member : {"group_by", "measures", "order"}) {
    const auto* value = d.json.if_contains(member);
    if (!value) continue;
    form[member] = *value;
    TRY(check.aggregate(member, form));
  }
  return {};
}

Status check_list(const Check& check, const Definition& d) {
  records::ListQuery query;
  query.fields = d.columns;
  TRY(check.list("columns", query));
  if (d.sort.empty()) return {};
  auto sort = records::parse_sort(d.sort);
  if (!sort) return at_member("sort", sort.error());
  query.sort = std::move(*sort);
  return check.list("sort", query);
}

}  // namespace

Status check_members(const records::ApiParts& parts, const records::Dictionary& dictionary,
                     const access::Scope& scope, store::Session& session, const Definition& d,
                     const records::RecordType& type) {
  using K = records::FieldKind;
  const Check check(parts, dictionary, scope, session, type);
  TRY(check.filter(d.filter));
  TRY(check.selection("selection", d.selection));
  TRY(check.selection("comparison", d.compared_selection));
  TRY(check.field("period_field", d.period_field, {K::date, K::instant}));
  TRY(check.field("country_field", d.country_field, {K::country}));
  if (!d.period.empty() &&
      !parse_period(d.period, parts.clock.now(), scope.actor.time_zone, dictionary.installation))
    return invalid_tile("period", "unknown");
  TRY(d.is_list() ? check_list(check, d) : check_chart(check, d));
  if (!d.currency.empty()) TRY(make_question(dictionary, scope, parts.clock.now(), d, {}));
  return {};
}

}  // namespace fokus::dashboards
