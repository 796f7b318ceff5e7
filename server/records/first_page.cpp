// SPDX-License-Identifier: Apache-2.0
#include "records/first_page.hpp"

#include "base/text.hpp"

namespace fokus::records {
namespace {

constexpr int selections_max = 50;  // also what ends a circle of them

// Whether only a handful of rows can fulfil the node: then the engine begins with these.
class Handful {
 public:
  explicit Handful(const CriteriaContext& context) : context_(context) {}

  bool is(const RecordType& type, const Node& node) {
    const auto child = [&](const NodePtr& c) { return is(type, *c); };
    switch (node.kind) {
      case Node::Kind::members:
        return true;
      case Node::Kind::compare:
        return node.path == "id" && (node.op == Op::eq || node.op == Op::in);
      case Node::Kind::all:
        return std::any_of(node.children.begin(), node.children.end(), child);
      case Node::Kind::any:
        return !node.children.empty() &&
               std::all_of(node.children.begin(), node.children.end(), child);
      case Node::Kind::selection:
        return of_selection(type, node);
      case Node::Kind::negation:
      case Node::Kind::related:
        break;
    }
    return false;
  }

 private:
  bool of_selection(const RecordType& type, const Node& node) {
    if (!node.path.empty() || !context_.selections || ++selections_ > selections_max) return false;
    const auto meaning = context_.selections(type, std::get<std::int64_t>(node.terms[0].content));
    return meaning && is(type, **meaning);
  }

  const CriteriaContext& context_;
  int selections_ = 0;
};

bool has_selection(const Node& node) {
  return node.kind == Node::Kind::selection ||
         std::any_of(node.children.begin(), node.children.end(),
                     [](const NodePtr& child) { return has_selection(*child); });
}

// One key and the id, as the indexes of a list have it.
bool has_index(const RecordType& type, const std::vector<OrderKey>& order) {
  if (order.size() != 2 || !order.front().expression.starts_with("t.")) return false;
  const std::string name = order.front().expression.substr(2);
  const Field* field = type.find(name);
  return field && (field->indexed || name == "created_at" || name == "updated_at");
}

}  // namespace

bool fills_early(const CriteriaContext& context, const RecordType& type, const ListQuery& query) {
  return query.criteria && !query.bin && trim(query.q).empty() && has_selection(*query.criteria) &&
         !Handful(context).is(type, *query.criteria);
}

std::optional<store::Value> end_of_look(store::Session& session, const RecordType& type,
                                        const ListPlan& plan,
                                        const std::vector<store::Value>& after) {
  if (!has_index(type, plan.order())) return std::nullopt;
  const OrderKey& key = plan.order().front();
  // Empty values come first there, and no border holds them.
  if (key.nullable && !key.descending &&
      session
          .query("SELECT 1 FROM " + type.table + " t WHERE " + key.expression + " IS NULL LIMIT 1")
          ->next())
    return std::nullopt;
  SqlText sql{"SELECT " + key.expression + " FROM " + type.table + " t", {}};
  if (!after.empty()) {
    sql.text += " WHERE ";
    append_after(plan.order(), after, sql);
  }
  plan.append_order(sql);
  sql.text += " LIMIT 1 OFFSET " + sql.bind(limits::first_look_rows);
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next() || rows->is_null(0)) return std::nullopt;
  return rows->value(0);
}

void append_look(const OrderKey& key, const store::Value& end, SqlText& sql) {
  sql.text += " AND " + key.expression + (key.descending ? " >= " : " <= ") + sql.bind(end);
}

}  // namespace fokus::records
