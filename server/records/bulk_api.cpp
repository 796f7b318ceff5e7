// SPDX-License-Identifier: Apache-2.0
// Changes of many records: preview, job, undo.
#include "access/handlers_of.hpp"
#include "records/bulk.hpp"
#include "records/criteria_tree.hpp"
#include "records/read_history.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

class BulkApi {
 public:
  explicit BulkApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> create(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const auto input = TRY(body_object(visit.call));
    BulkEdit edit = TRY(parse_bulk_edit(*dictionary, type, input));
    TRY(check_type_right(visit.scope, type,
                         edit.archiving ? access::Action::archive : access::Action::update));
    const auto* preview = input.if_contains("preview");
    if (preview && preview->is_bool() && preview->get_bool()) return preview_of(visit, edit);
    return start(visit, std::move(edit));
  }

  Result<Reply> list_batches(Visit& visit) const {
    const auto call = TRY(parse_list_call(visit.call));
    const bool all = visit.scope.permissions().has_function(access::functions::operate);
    const std::int64_t before = TRY(parse_before(call.query.cursor));
    const int limit = call.query.limit;
    std::string body, next;
    JsonWriter json(body);
    json.begin_object().key("items").begin_array();
    parts_.database.read([&](store::Session& session) {
      auto rows = session.query(parts_.statements["records.list_batches"],
                                {before, visit.scope.actor.user, all ? 1 : 0, limit + 1});
      std::int64_t last = 0;
      for (int shown = 0; rows->next(); ++shown) {
        if (shown == limit) {
          next = std::to_string(last);
          break;
        }
        last = rows->integer(0);
        json.begin_object()
            .field("id", rows->integer(0))
            .field("kind", rows->text(1))
            .field("type", rows->text(2));
        json.field("created_at", render_instant({rows->integer(3)}))
            .field("created_by", rows->integer(4));
        json.key("details").raw(rows->text(5)).key("undone_at");
        rows->is_null(6) ? json.null() : json.value(render_instant({rows->integer(6)}));
        json.end_object();
      }
    });
    json.end_array().key("next");
    next.empty() ? json.null() : json.value(next);
    json.end_object();
    return Reply::json(std::move(body));
  }

  Result<Reply> undo(Visit& visit) const {
    const RecordId batch = TRY(id_of(visit));
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      auto rows = tx.query(parts_.statements["records.get_batch"], {batch});
      const bool mine =
          rows->next() && (rows->integer(4) == visit.scope.actor.user.value ||
                           visit.scope.permissions().has_function(access::functions::operate));
      if (!mine) return make_error(ErrorKind::not_found, "records/not_found");
      if (!rows->is_null(6)) return make_error(ErrorKind::conflict, "records/already_undone");
      const std::string kind = parts_.records.undo_job(rows->text(1));
      const json::object input{{"batch", batch.value}, {"type", std::string(rows->text(2))}};
      rows.reset();
      const auto dictionary = parts_.dictionary.current();
      if (const auto* type = dictionary->find(input.at("type").as_string()))
        TRY(check_type_right(visit.scope, *type, access::Action::update));
      return parts_.jobs.create(tx, kind, access::author_of(visit.scope.actor), input,
                                parts_.clock.now());
    }));
    return accepted(job, BatchId{batch.value});
  }

 private:
  static Reply accepted(JobId job, BatchId batch) {
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("job", job.value).field("batch", batch.value).end_object();
    return Reply::json(std::move(body), 202);
  }

  // What would be changed, and what the filter finds besides but the actor may not change.
  struct Total {
    std::int64_t count = 0, not_allowed = 0;
  };

  Result<Total> total_of(store::Session& session, const Scope& scope, const BulkEdit& edit) const {
    if (!edit.criteria) return Total{static_cast<std::int64_t>(edit.ids.size()), 0};
    const auto action = edit.archiving ? access::Action::archive : access::Action::update;
    const auto query = bulk_query(edit);
    const auto mine = TRY(parts_.records.count(session, scope, *edit.type, query, 0, action)).value;
    const auto seen = TRY(parts_.records.count(session, scope, *edit.type, query, 0)).value;
    return Total{mine, std::max<std::int64_t>(0, seen - mine)};
  }

  // Records that are made while the job runs were not in the preview: the job ends before them.
  static void stop_at_newest(store::Session& session, BulkEdit& edit) {
    if (!edit.criteria) return;
    auto known = std::make_unique<Node>();
    known->kind = Node::Kind::compare;
    known->path = "id";
    known->op = Op::le;
    known->terms = {
        Term{session.query_integer("SELECT coalesce(max(id), 0) FROM " + edit.type->table)}};
    std::vector<NodePtr> both;
    both.push_back(std::move(edit.criteria));
    both.push_back(std::move(known));
    edit.criteria = make_group(Node::Kind::all, std::move(both));
  }

  // Runs the first changes for real in a transaction that is rolled back: what is shown is what
  // would happen, errors included.
  Result<Reply> preview_of(Visit& visit, const BulkEdit& edit) const {
    std::string body;
    std::vector<std::int64_t> named;
    Seen seen;
    const auto rolled_back = parts_.database.write([&](store::Transaction& tx) -> Status {
      body.clear();
      named.clear();
      JsonWriter json(body);
      const Total total = TRY(total_of(tx, visit.scope, edit));
      json.begin_object()
          .field("count", total.count)
          .field("not_allowed", total.not_allowed)
          .key("sample")
          .begin_array();
      auto ids = TRY(next_ids(parts_.records, tx, visit.scope, edit, 0));
      if (ids.size() > static_cast<std::size_t>(limits::bulk_sample))
        ids.resize(limits::bulk_sample);
      for (const std::int64_t id : ids)
        if (write_sample(json, tx, visit.scope, edit, RecordId{id}, seen)) named.push_back(id);
      json.end_array().end_object();
      return make_error(ErrorKind::conflict, "records/preview");
    });
    if (rolled_back.error().code != "records/preview") return rolled_back.error();
    trace_read(parts_, visit.scope, "list", *edit.type, named, "bulk edit preview", seen);
    return Reply::json(std::move(body));
  }

  // True when it says the record's name.
  bool write_sample(JsonWriter& json, store::Transaction& tx, const Scope& scope,
                    const BulkEdit& edit, RecordId id, Seen& seen) const {
    const auto dictionary = parts_.dictionary.current();
    const CriteriaContext context{*dictionary, scope, parts_.clock.now(), tx.engine()};
    HistoryReader reader(tx, context, *edit.type);
    bool hidden = false;
    const std::string name =
        tx.query_text("SELECT name FROM " + edit.type->table + " WHERE id = $1", {id}).value_or("");
    json.begin_object().field("id", id.value).key("name");
    tx.in_savepoint([&] {
      const Provenance provenance{0, {}, "bulk_edit"};
      const auto saved = edit.archiving
                             ? parts_.records.archive(tx, scope, *edit.type, id, provenance)
                             : parts_.records.update(tx, scope, *edit.type, id, edit.changes,
                                                     std::nullopt, provenance);
      // A record that may not be read is refused without saying its name.
      hidden = !saved && saved.error().kind == ErrorKind::not_found;
      hidden ? json.null() : json.value(name);
      if (!saved) json.field("error", saved.error().code);
      json.key("changes");
      if (saved && saved->changed)
        reader.write_changes(
            json,
            tx.query_text("SELECT payload FROM history WHERE record_type = $1 AND record_id = $2 "
                          "ORDER BY id DESC LIMIT 1",
                          {edit.type->name, id})
                .value_or("[]"),
            seen);
      else
        json.raw("[]");
      return false;
    });
    json.end_object();
    return !hidden;
  }

  Result<Reply> start(Visit& visit, BulkEdit edit) const {
    BatchId batch;
    // Outside of the transaction, which may run twice.
    parts_.database.read([&](store::Session& session) { stop_at_newest(session, edit); });
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      auto input = bulk_edit_to_json(edit);
      input["total"] = TRY(total_of(tx, visit.scope, edit)).count;
      batch = parts_.records.create_batch(tx, visit.scope, "bulk_edit", edit.type->name,
                                          {{"action", edit.archiving ? "archive" : "edit"},
                                           {"changes", edit.changes},
                                           {"count", input.at("total")}});
      input["batch"] = batch.value;
      return parts_.jobs.create(tx, "bulk_edit", access::author_of(visit.scope.actor), input,
                                parts_.clock.now());
    }));
    return accepted(job, batch);
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> bulk_routes(const ApiParts& parts) {
  const auto to = access::handlers_of(std::make_shared<BulkApi>(parts));
  return {
      {Method::post,
       "/api/v1/{type}/bulk-edits",
       Right::function(access::functions::bulk_edit),
       to(&BulkApi::create),
       {"Change many records: preview or start",
        {.body = "{filter: text, criteria: $criteria, ids: [id], q: text, except: [id], "
                 "changes: $changes, action: text, preview: boolean}",
         .answer = "$job",
         .preview = "{count!: integer, not_allowed!: integer, "
                    "sample!: [{id!: id, name: text?, error: text, changes: [object]}]}",
         .status = 202}}},
      {Method::get,
       "/api/v1/batches",
       Right::signed_in(),
       to(&BulkApi::list_batches),
       {"Change sets, newest first",
        {.query = access::page_query,
         .answer = "{items!: [{id!: id, kind: text, type: text, created_at: instant, "
                   "created_by: integer, details: any, undone_at: instant?}], next!: text?}"}}},
      {Method::remove,
       "/api/v1/batches/{id}",
       Right::signed_in(),
       to(&BulkApi::undo),
       {"Undo a change set", {.answer = "$job", .status = 202}}},
  };
}

}  // namespace fokus::records
