// SPDX-License-Identifier: Apache-2.0
// Reads: one record, pages of a list, counts. The viewer's rights are part of each query.
#include "base/text.hpp"
#include "records/first_page.hpp"
#include "records/merged.hpp"
#include "records/notices.hpp"
#include "records/rights.hpp"
#include "records/wholes.hpp"

namespace fokus::records {
namespace {

using access::Action;

void write_links(JsonWriter& json, store::Session& session, const CriteriaContext& context,
                 const RecordType& type, const Field& field, RecordId id, Seen* seen) {
  json.key(field.name);
  if (is_masked(context.scope, field)) {
    json.null();
    return;
  }
  const RecordType* target = context.dictionary.find(field.target);
  SqlText sql{
      "SELECT t.id, t.name FROM relations r JOIN " + target->table + " t ON t.id = r.to_id WHERE ",
      {}};
  sql.text += "r.from_type = " + sql.bind(type.name) + " AND r.from_id = " + sql.bind(id.value) +
              " AND r.kind = " + sql.bind(type.name + "." + field.name) +
              " AND t.archived_at IS NULL AND ";
  if (!append_rights(context, *target, Action::read, "t", sql)) sql.text += "1=1";
  sql.text += " ORDER BY r.id LIMIT 500";
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  json.begin_array();
  while (rows->next()) {
    json.begin_object().field("id", rows->integer(0)).field("name", rows->text(1)).end_object();
    if (seen && target->about_person) seen->add(target->name, rows->integer(0));
  }
  json.end_array();
}

// What the viewer may do with this record, so that the UI offers nothing that would be refused.
void write_rights(JsonWriter& json, const Scope& scope, const RecordType& type, UserId owner,
                  GroupId group, bool whole_is_open) {
  const auto may = [&](Action action) {
    const bool changes = action_on_whole(action) == Action::update;
    return check_type_right(scope, type, action).ok() && (whole_is_open || !changes) &&
           may_touch(scope, type, action, owner, group);
  };
  json.key("rights").begin_object();
  json.field("update", may(Action::update)).field("archive", may(Action::archive));
  json.field("export_out", may(Action::export_out)).end_object();
  json.key("masked").begin_array();
  for (const auto& field : type.fields)
    if (is_masked(scope, field)) json.value(field.name);
  if (type.contact_points && is_class_masked(scope, contact_class)) json.value("contact_points");
  json.end_array();
}

void append_right(const CriteriaContext& context, const RecordType& type, Action action,
                  SqlText& sql) {
  const std::size_t before = sql.text.size();
  sql.text += " AND ";
  if (!append_rights(context, type, action, "t", sql)) sql.text.resize(before);
}

// One page, of all rows or of those that a first look sees.
struct PageReader {
  const CriteriaContext& context;
  store::Session& session;
  const RecordType& type;
  const ListQuery& query;
  const ListPlan& plan;
  const std::vector<store::Value>& after;

  Result<Page> read(JsonWriter& json, const store::Value* end) const {
    SqlText sql = TRY(statement(end));
    const int limit = std::clamp(query.limit, 1, limits::page_max);
    sql.text += " LIMIT " + sql.bind(std::int64_t{limit + 1});
    if (query.skip > 0) sql.text += " OFFSET " + sql.bind(query.skip);
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    Page page;
    std::vector<store::Value> last;
    json.begin_array();
    while (rows->next()) {
      if (static_cast<int>(page.ids.size()) == limit) {
        page.next = render_cursor(last);
        break;
      }
      plan.write_row(json, *rows);
      plan.collect_seen(*rows, page.seen);
      page.ids.push_back(rows->integer(0));
      if (static_cast<int>(page.ids.size()) != limit) continue;
      for (const auto& key : plan.order()) last.push_back(rows->value(key.column));
    }
    json.end_array();
    return page;
  }

 private:
  Result<SqlText> statement(const store::Value* end) const {
    CriteriaContext asked = context;
    asked.row_by_row = end != nullptr;
    SqlText sql;
    plan.append_select(sql);
    TRY(append_where(asked, session, type, query, Action::read, sql));
    if (query.exports) append_right(asked, type, Action::export_out, sql);
    if (!after.empty()) {
      sql.text += " AND ";
      append_after(plan.order(), after, sql);
    }
    if (end) append_look(plan.order().front(), *end, sql);
    plan.append_order(sql);
    return sql;
  }
};

// cap 0: all of them; end 0: to the last row.
Result<std::int64_t> count_rows(const CriteriaContext& context, store::Session& session,
                                const RecordType& type, const ListQuery& query, Action action,
                                std::int64_t cap, std::int64_t end) {
  SqlText sql;
  sql.text = cap > 0 ? "SELECT count(*) FROM (SELECT 1 FROM " : "SELECT count(*) FROM ";
  sql.text += type.table + " t";
  TRY(append_where(context, session, type, query, action, sql));
  if (end > 0) sql.text += " AND t.id <= " + sql.bind(end);
  if (cap > 0) sql.text += " LIMIT " + sql.bind(cap + 1) + ") capped";
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  rows->next();
  return rows->integer(0);
}

}  // namespace

Status append_where(const CriteriaContext& context, const store::Session& session,
                    const RecordType& type, const ListQuery& query, Action action, SqlText& sql) {
  sql.text += std::string(" WHERE t.archived_at IS ") + (query.bin ? "NOT NULL" : "NULL");
  if (query.bin) sql.text += not_merged(type);
  if (query.criteria) {
    sql.text += " AND ";
    TRY(append_criteria(context, type, "t", *query.criteria, sql));
  }
  if (!trim(query.q).empty()) {
    sql.text += " AND ";
    if (!append_search(session, context.scope, type, "t", query.q, sql)) sql.text += "1=0";
  }
  append_right(context, type, action, sql);
  return {};
}

Result<std::int64_t> Records::get(store::Session& session, const Scope& scope,
                                  const RecordType& type, RecordId id, JsonWriter& json,
                                  Seen* seen) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  const auto plan = TRY(inner_->plans->plan(context, {dictionary, type, {}, {}, true}));
  SqlText sql;
  plan->append_select(sql);
  sql.text += " WHERE t.id = " + sql.bind(id.value);
  append_right(context, type, Action::read, sql);
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  const MergedLook look{session, inner_->sql, context};
  if (!rows->next()) return not_there(look, type, id, ErrorKind::not_found);
  const int archived = plan->column_of("archived_at");
  if (archived >= 0 && !rows->is_null(archived) && find_kept(session, inner_->sql, type, id))
    return not_there(look, type, id, ErrorKind::not_found);
  const std::int64_t version = rows->integer(1);
  plan->write_row(json, *rows);
  if (seen) plan->collect_seen(*rows, *seen);
  json.out().pop_back();  // reopens the object for what belongs to a single record
  if (type.contact_points)
    write_contact_points(json.key("contact_points"),
                         is_class_masked(scope, contact_class)
                             ? std::vector<ContactPoint>()
                             : read_contact_points(session, inner_->sql, type, id));
  for (const auto& field : type.fields)
    if (field.kind == FieldKind::links && !field.hidden)
      write_links(json, session, context, type, field, id, seen);
  write_notices(json, session, context, type, *plan, *rows);
  const int owner = plan->column_of("owner"), group = plan->column_of("owner_group");
  const int whole = type.part_of.empty() ? -1 : plan->column_of(type.part_of);
  const bool whole_is_open =
      whole < 0 || check_whole(session, context, type, rows->integer(whole), Action::update).ok();
  write_rights(json, scope, type, UserId{owner < 0 ? 0 : rows->integer(owner)},
               GroupId{group < 0 ? 0 : rows->integer(group)}, whole_is_open);
  json.end_object();
  return version;
}

Result<Page> Records::list(store::Session& session, const Scope& scope, const RecordType& type,
                           const ListQuery& query, JsonWriter& json) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  const auto kept = TRY(inner_->plans->plan(context, {dictionary, type, query.fields, query.sort}));
  const ListPlan& plan = *kept;
  std::vector<store::Value> after;
  if (!query.cursor.empty()) after = TRY(parse_cursor(query.cursor, plan.order()));
  const PageReader reader{context, session, type, query, plan, after};
  if (query.skip == 0 && fills_early(context, type, query))
    if (const auto end = end_of_look(session, type, plan, after)) {
      std::string text;
      JsonWriter first(text);
      Page page = TRY(reader.read(first, &*end));
      if (!page.next.empty()) return json.raw(text), page;
    }
  return reader.read(json, nullptr);
}

Result<std::vector<std::int64_t>> Records::list_ids(store::Session& session, const Scope& scope,
                                                    const RecordType& type, Action action,
                                                    const Node* criteria, std::int64_t after,
                                                    int limit, std::string_view q) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  SqlText sql{"SELECT t.id FROM " + type.table + " t", {}};
  ListQuery query;
  query.criteria = criteria;
  query.q = std::string(q);
  TRY(append_where(context, session, type, query, action, sql));
  sql.text +=
      " AND t.id > " + sql.bind(after) + " ORDER BY t.id LIMIT " + sql.bind(std::int64_t{limit});
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  std::vector<std::int64_t> out;
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

Result<Count> Records::count(store::Session& session, const Scope& scope, const RecordType& type,
                             const ListQuery& query, std::int64_t cap, Action action) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  if (cap > 0 && fills_early(context, type, query)) {
    const std::int64_t end =
        session.query_integer("SELECT id FROM " + type.table + " ORDER BY id LIMIT 1 OFFSET $1",
                              {limits::first_look_rows});
    if (end != 0) {
      CriteriaContext by_row = context;
      by_row.row_by_row = true;
      const auto n = TRY(count_rows(by_row, session, type, query, action, cap, end));
      if (n > cap) return Count{cap, true};
      if (query.quick) return Count{n, true};
    }
  }
  const auto n = TRY(count_rows(context, session, type, query, action, cap, 0));
  if (cap > 0 && n > cap) return Count{cap, true};
  return Count{n, false};
}

}  // namespace fokus::records
