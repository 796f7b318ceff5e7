// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "base/text.hpp"
#include "records/criteria_leaf.hpp"
#include "records/criteria_origin.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::records {
namespace {

constexpr int selections_max = 50;
constexpr int subqueries_max = 50;  // links followed in one tree; each is a table more to look into

// Negations travel down to the leaves, so that every leaf knows whether an empty field makes it
// true, and no NULL of SQL ever meets a NOT.
class CriteriaWriter {
 public:
  CriteriaWriter(const CriteriaContext& context, std::string_view alias, SqlText& sql)
      : context_(context), sql_(sql), leaves_(context, sql), root_(alias) {}

  Status append(const RecordType& type, const std::string& alias, const Node& node, bool negated) {
    switch (node.kind) {
      case Node::Kind::all:
      case Node::Kind::any:
        return append_group(type, alias, node, negated);
      case Node::Kind::negation:
        return append(type, alias, *node.children.at(0), !negated);
      case Node::Kind::compare:
        return append_compare(type, alias, node, negated);
      case Node::Kind::related:
        return append_related(type, alias, node, negated);
      case Node::Kind::selection:
        if (!node.path.empty()) return append_linked_selection(type, alias, node, negated);
        return append_selection(type, alias, node, negated);
      case Node::Kind::members:
        append_kept_members(alias, node, negated);
        return {};
    }
    return {};
  }

 private:
  // Writes the condition on the row at the end of the links.
  using Ending = std::function<Status(const std::string& alias)>;

  Status append_group(const RecordType& type, const std::string& alias, const Node& node,
                      bool negated) {
    const bool all = (node.kind == Node::Kind::all) != negated;
    if (node.children.empty()) {
      sql_.text += all ? "1=1" : "1=0";
      return {};
    }
    sql_.text += '(';
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (i > 0) sql_.text += all ? " AND " : " OR ";
      TRY(append(type, alias, *node.children[i], negated));
    }
    sql_.text += ')';
    return {};
  }

  Status append_origin(const RecordType& type, const std::string& alias, const Node& node,
                       bool negated) {
    const OriginField origin = TRY(resolve_origin(context_, type, node.path));
    Comparison comparison{node.op, node.terms, negated != (node.op == Op::ne)};
    if (comparison.op == Op::ne) comparison.op = Op::eq;
    if (comparison.op == Op::eq && means_nothing(origin.told, node.terms.at(0)))
      comparison.op = Op::empty;
    const bool outer_negated = comparison.negated != (comparison.op == Op::empty);
    comparison.negated = false;
    const auto append_rows = [&](const std::string& row, bool negated_here) {
      return append_origin_rows({context_, sql_, leaves_, new_alias()}, origin, row,
                                {node.path, comparison, negated_here});
    };
    TRY(count_subquery());
    if (origin.steps.empty()) return append_rows(alias, outer_negated);
    return append_steps(origin.steps, 0, alias, outer_negated,
                        [&](const std::string& last) { return append_rows(last, false); });
  }

  Status append_compare(const RecordType& type, const std::string& alias, const Node& node,
                        bool negated) {
    if (parse_origin_path(node.path)) return append_origin(type, alias, node, negated);
    const FieldPath field = TRY(resolve_field(context_, type, node.path));
    Comparison comparison{node.op, node.terms, negated};
    if (comparison.op == Op::ne) {
      comparison.op = Op::eq;
      comparison.negated = !comparison.negated;
    }
    if (comparison.op == Op::eq && means_nothing(field, node.terms.at(0)))
      comparison.op = Op::empty;
    if (field.steps.empty()) return append_leaf(field, alias, node.path, comparison);
    // What is not there, or may not be read, is empty. So `empty` over links is the negation of
    // "there is one that has a value".
    const bool empty = comparison.op == Op::empty;
    const bool outer_negated = comparison.negated != empty;
    comparison.negated = empty;
    return append_steps(field.steps, 0, alias, outer_negated, [&](const std::string& last) {
      return append_leaf(field, last, node.path, comparison);
    });
  }

  static bool means_nothing(const FieldPath& field, const Term& term) {
    if (std::holds_alternative<std::monostate>(term.content)) return true;
    const auto* text = std::get_if<std::string>(&term.content);
    return text && text->empty() && (is_text_kind(field.kind) || field.kind == FieldKind::choice);
  }

  Status append_leaf(const FieldPath& field, const std::string& alias, std::string_view path,
                     const Comparison& comparison) {
    if (field.kind == FieldKind::links) return append_members(field, alias, path, comparison);
    sql_.text += TRY(leaves_.write(field, alias, path, comparison));
    return {};
  }

  // The ids in a `links` field, which live as rows of `relations`.
  Status append_members(const FieldPath& field, const std::string& alias, std::string_view path,
                        const Comparison& comparison) {
    const bool empty = comparison.op == Op::empty;
    const bool negated = comparison.negated != empty;
    if (negated) sql_.text += "NOT ";
    if (empty) {
      append_membership(*field.owner, *field.field, alias, {});
      return {};
    }
    const bool every = comparison.op == Op::has_all;
    if (!every && comparison.op != Op::eq && comparison.op != Op::in &&
        comparison.op != Op::has_any)
      return criteria_error("wrong_operator", path);
    sql_.text += '(';
    for (std::size_t i = 0; i < comparison.terms.size(); ++i) {
      const auto ids = term_ids(comparison.terms[i], kind_of_ids(field), context_.scope.actor);
      if (!ids) return criteria_error("wrong_value", path);
      if (i > 0) sql_.text += every ? " AND " : " OR ";
      append_membership(*field.owner, *field.field, alias, *ids);
    }
    sql_.text += ')';
    return {};
  }

  void append_membership(const RecordType& type, const Field& field, const std::string& alias,
                         const std::vector<std::int64_t>& ids) {
    const std::string r = new_alias();
    sql_.text += "EXISTS (SELECT 1 FROM relations " + r + " WHERE " + relation(type, field, r) +
                 " AND " + r + ".from_id = " + alias + ".id";
    std::vector<std::string> places;
    for (const auto id : ids) places.push_back(sql_.bind(id));
    if (!places.empty()) sql_.text += " AND " + r + ".to_id IN (" + join(places, ", ") + ")";
    sql_.text += ')';
  }

  std::string relation(const RecordType& type, const Field& field, const std::string& r) {
    return r + ".from_type = " + sql_.bind(type.name) + " AND " + r +
           ".kind = " + sql_.bind(type.name + "." + field.name);
  }

  // The row behind the links, first to last. IN lets the engine begin at either end; NOT EXISTS is
  // true where the link is empty.
  Status append_steps(const std::vector<LinkStep>& steps, std::size_t at, const std::string& alias,
                      bool negated, const Ending& ending) {
    if (at == steps.size()) return ending(alias);
    TRY(count_subquery());
    const LinkStep& step = steps[at];
    const std::string row = new_alias();
    if (step.field->kind == FieldKind::links) {
      append_relation_join(step, alias, row, negated);
    } else if (negated || context_.row_by_row) {
      sql_.text += exists(negated) + "(SELECT 1 FROM " + step.to->table + " " + row + " WHERE " +
                   row + ".id = " + alias + "." + step.field->name + " AND ";
    } else {
      sql_.text += alias + "." + step.field->name + " IN (SELECT " + row + ".id FROM " +
                   step.to->table + " " + row + " WHERE ";
    }
    TRY(append_steps(steps, at + 1, row, false, ending));
    append_read_rights(*step.to, row);
    sql_.text += end_of_rows();
    return {};
  }

  void append_relation_join(const LinkStep& step, const std::string& alias, const std::string& row,
                            bool negated) {
    const std::string r = new_alias();
    const bool by_row = negated || context_.row_by_row;
    sql_.text +=
        by_row ? exists(negated) + "(SELECT 1" : alias + ".id IN (SELECT " + r + ".from_id";
    sql_.text += " FROM relations " + r + " JOIN " + step.to->table + " " + row + " ON " + row +
                 ".id = " + r + ".to_id WHERE " + relation(*step.from, *step.field, r) + " AND ";
    if (by_row) sql_.text += r + ".from_id = " + alias + ".id AND ";
  }

  Status append_related(const RecordType& type, const std::string& alias, const Node& node,
                        bool negated) {
    const ListPath list = TRY(resolve_list(context_, type, node.path));
    if (list.steps.empty()) return append_list(list, alias, node, negated);
    return append_steps(list.steps, 0, alias, negated, [&](const std::string& last) {
      return append_list(list, last, node, false);
    });
  }

  Status append_list(const ListPath& list, const std::string& alias, const Node& node,
                     bool negated) {
    TRY(count_subquery());
    const std::string row = new_alias();
    switch (list.kind) {
      case ListPath::Kind::backlink:
        append_rows(*list.to, row, list.field->name, alias, negated);
        break;
      case ListPath::Kind::links:
        append_relation_join({list.from, list.field, list.to}, alias, row, negated);
        sql_.text += "1=1";
        break;
      case ListPath::Kind::contact_points:
        append_rows(*list.to, row, "record_id", alias, negated);
        sql_.text += " AND " + row + ".record_type = " + sql_.bind(list.from->name);
        break;
    }
    if (!node.children.empty()) {
      sql_.text += " AND ";
      TRY(append(*list.to, row, *node.children.front(), false));
    }
    if (list.to->find("archived_at")) sql_.text += " AND " + row + ".archived_at IS NULL";
    // Contact points belong to the record that is being filtered; they have no rights of their own.
    if (list.kind != ListPath::Kind::contact_points) append_read_rights(*list.to, row);
    sql_.text += end_of_rows();
    return {};
  }

  // The record behind the link is a member: company.in_selection(17).
  Status append_linked_selection(const RecordType& type, const std::string& alias, const Node& node,
                                 bool negated) {
    const FieldPath end = TRY(resolve_field(context_, type, node.path + ".id"));
    return append_steps(end.steps, 0, alias, negated, [&](const std::string& last) {
      return append_selection(*end.owner, last, node, false);
    });
  }

  // What the selection stands for takes its place: one WHERE, planned as a whole. Fields that the
  // viewer may not see are refused in there like anywhere.
  Status append_selection(const RecordType& type, const std::string& alias, const Node& node,
                          bool negated) {
    const auto id = std::get<std::int64_t>(node.terms.at(0).content);
    if (!context_.selections) return criteria_error("unknown_selection", std::to_string(id));
    if (++selections_ > selections_max) return too_complex("selections", selections_max);
    // Refused when it is saved; here are circles of earlier versions, and of two who saved at once.
    if (std::find(inside_.begin(), inside_.end(), id) != inside_.end())
      return field_error("selections/cycle", std::to_string(id), "circle");
    const NodePtr meaning = TRY(context_.selections(type, id));
    inside_.push_back(id);
    const Status written = append(type, alias, *meaning, negated);
    inside_.pop_back();
    return written;
  }

  // IN lets the engine begin with the members when they are few; a moment asks for those of then.
  void append_kept_members(const std::string& alias, const Node& node, bool negated) {
    const std::string m = new_alias();
    const std::string id = sql_.bind(std::get<std::int64_t>(node.terms.at(0).content));
    const bool by_row = negated || context_.row_by_row;
    sql_.text +=
        by_row ? exists(negated) + "(SELECT 1" : alias + ".id IN (SELECT " + m + ".record_id";
    sql_.text += " FROM selection_members " + m + " WHERE " + m + ".selection = " + id;
    if (node.terms.size() > 1) {
      const std::string moment = sql_.bind(std::get<std::int64_t>(node.terms[1].content));
      sql_.text += " AND " + m + ".joined_at <= " + moment + " AND (" + m + ".left_at = 0 OR " + m +
                   ".left_at > " + moment + ")";
    } else {
      sql_.text += " AND " + m + ".left_at = 0";
    }
    if (by_row) sql_.text += " AND " + m + ".record_id = " + alias + ".id";
    sql_.text += end_of_rows();
  }

  void append_rows(const RecordType& type, const std::string& row, const std::string& column,
                   const std::string& alias, bool negated) {
    const std::string back = row + "." + column;
    if (negated || context_.row_by_row)
      sql_.text += exists(negated) + "(SELECT 1 FROM " + type.table + " " + row + " WHERE " +
                   few(back + " = " + alias + ".id");
    else
      sql_.text += alias + ".id IN (SELECT " + back + " FROM " + type.table + " " + row +
                   " WHERE " + back + " IS NOT NULL";
  }

  void append_read_rights(const RecordType& type, const std::string& row) {
    SqlText rights{{}, std::move(sql_.values)};
    const bool limited = append_rights(context_, type, access::Action::read, row, rights);
    sql_.values = std::move(rights.values);
    if (limited) sql_.text += " AND " + rights.text;
  }

  Status count_subquery() {
    if (++subqueries_ > subqueries_max) return too_complex("links", subqueries_max);
    return {};
  }

  // PostgreSQL would gather all rows of an EXISTS behind an OR beforehand; not behind an OFFSET.
  std::string end_of_rows() const {
    const bool postgres = context_.engine == store::Engine::postgres;
    return context_.row_by_row && postgres ? " OFFSET 0)" : ")";
  }

  // Asked for each row: few rows have the link, whatever else is asked of them. SQLite would begin
  // with any other column that has an index when the tables have not been counted.
  std::string few(const std::string& condition) const {
    if (context_.engine != store::Engine::sqlite) return condition;
    return "likelihood(" + condition + ", 0.000001)";
  }

  static std::string exists(bool negated) { return negated ? "NOT EXISTS " : "EXISTS "; }

  std::string new_alias() { return root_ + "_" + std::to_string(++aliases_); }

  const CriteriaContext& context_;
  SqlText& sql_;
  LeafWriter leaves_;
  std::string root_;
  int aliases_ = 0, subqueries_ = 0, selections_ = 0;
  std::vector<std::int64_t> inside_;  // selections whose meaning is being written
};

}  // namespace

Status append_criteria(const CriteriaContext& context, const RecordType& type,
                       std::string_view alias, const Node& node, SqlText& sql) {
  const std::size_t text_size = sql.text.size(), value_count = sql.values.size();
  Status written =
      CriteriaWriter(context, alias, sql).append(type, std::string(alias), node, false);
  if (!written.ok()) {
    sql.text.resize(text_size);
    sql.values.resize(value_count);
  }
  return written;
}

}  // namespace fokus::records
