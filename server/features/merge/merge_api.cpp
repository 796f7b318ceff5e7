// SPDX-License-Identifier: Apache-2.0
// /api/v1/{type}/merge and /api/v1/merges: preview, merge, list, undo.
#include <charconv>
#include <limits>

#include "access/handlers_of.hpp"
#include "features/merge/merge.hpp"
#include "net/reply.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int list_default = 50;
constexpr int look_max = 5;  // pages of merges that are looked through for visible ones

Result<std::int64_t> parse_number(std::string_view text, const char* field, std::int64_t max) {
  std::int64_t out = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (ec != std::errc{} || end != text.data() + text.size() || out < 1 || out > max)
    return invalid(field, "out_of_range");
  return out;
}

Result<MergeId> merge_id_of(const Visit& visit) {
  const auto id = parse_number(visit.call.param("id"), "id", std::numeric_limits<int64_t>::max());
  if (!id) return make_error(ErrorKind::not_found, "merge/not_found");
  return MergeId{*id};
}

Reply accepted(JobId job) {
  return Reply::json(json::serialize(json::object{{"job", job.value}}), 202);
}

class MergeApi {
 public:
  explicit MergeApi(const Merges& merges) : merges_(merges), parts_(merges.parts()) {}

  Result<Reply> preview(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(records::type_of(*dictionary, visit));
    const auto order = TRY(parse_order(type, TRY(records::body_object(visit.call))));
    records::Seen seen;
    const std::string body = TRY(parts_.database.read([&](store::Session& session) {
      return merges_.preview(session, visit.scope, order, seen);
    }));
    std::vector<std::int64_t> ids{order.keep.value};
    for (const auto id : order.merge) ids.push_back(id.value);
    records::trace_read(parts_, visit.scope, "read", type, ids, "merge preview", seen);
    return Reply::json(body);
  }

  Result<Reply> merge(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(records::type_of(*dictionary, visit));
    const auto order = TRY(parse_order(type, TRY(records::body_object(visit.call))));
    for (const auto id : order.merge) TRY(check_version(order, id));
    TRY(check_version(order, order.keep));
    const auto merged = parts_.database.write([&](store::Transaction& tx) {
      return merges_.merge(tx, visit.scope, order, {}, limits::rows_max);
    });
    if (!merged && merged.error().code == "merge/too_many_rows")
      return start(visit.scope, "merge", order_to_json(order));
    if (!merged && merged.error().code == "records/stale") {
      const RecordId stale{std::stoll(merged.error().params.at("id"))};
      return records::saved_reply(parts_, visit, type, stale, merged.error());
    }
    if (!merged) return merged.error();
    return merged_reply(visit, type, *merged);
  }

  Result<Reply> list(Visit& visit) const {
    const std::string type(visit.call.query_value("type").value_or(""));
    std::int64_t before = std::numeric_limits<std::int64_t>::max(), limit = list_default;
    if (const auto after = visit.call.query_value("after"))
      before = TRY(parse_number(*after, "after", before));
    if (const auto given = visit.call.query_value("limit"))
      limit = TRY(parse_number(*given, "limit", limits::list_max));
    std::string body;
    const auto seen = parts_.database.read([&](store::Session& session) {
      return write_list(session, visit.scope, type, MergeId{before},
                        static_cast<std::size_t>(limit), body);
    });
    trace(visit.scope, "list", seen, "merges");
    return Reply::json(std::move(body));
  }

  Result<Reply> get(Visit& visit) const {
    const MergeId id = TRY(merge_id_of(visit));
    std::string body;
    const auto seen =
        TRY(parts_.database.read([&](store::Session& session) -> Result<records::Seen> {
          const auto row = TRY(merges_.get(session, visit.scope, id));
          JsonWriter json(body);
          return write_merge(json, session, visit.scope, row, true);
        }));
    trace(visit.scope, "read", seen, "merge");
    return Reply::json(std::move(body));
  }

  Result<Reply> preview_undo(Visit& visit) const {
    const MergeId id = TRY(merge_id_of(visit));
    const auto undone = parts_.database.read(
        [&](store::Session& session) { return merges_.preview_undo(session, visit.scope, id); });
    return undo_reply(visit, undone, "merge undo preview");
  }

  Result<Reply> undo(Visit& visit) const {
    const MergeId id = TRY(merge_id_of(visit));
    const auto input =
        visit.call.body.empty() ? json::object() : TRY(records::body_object(visit.call));
    const auto* keep = input.if_contains("keep_edits");
    if (keep && !keep->is_bool()) return invalid("keep_edits", "not_a_boolean");
    const bool keep_edits = !keep || keep->get_bool();
    const auto undone = parts_.database.write([&](store::Transaction& tx) {
      return merges_.undo(tx, visit.scope, id, keep_edits, limits::rows_max);
    });
    if (!undone && undone.error().code == "merge/too_many_rows")
      return start(visit.scope, "merge_undo", {{"merge", id.value}, {"keep_edits", keep_edits}});
    return undo_reply(visit, undone, "merge undo");
  }

 private:
  static Status check_version(const MergeOrder& order, RecordId id) {
    if (!order.versions.contains(id.value)) return invalid("versions", "required");
    return {};
  }

  void trace(const Scope& scope, std::string_view action, const records::Seen& seen,
             std::string_view shape) const {
    for (const auto& [type, ids] : seen.types()) parts_.trace(scope, {action, type, ids, shape});
  }

  void add_seen(records::Seen& seen, std::string_view type, RecordId id) const {
    const auto dictionary = parts_.dictionary.current();
    const auto* known = dictionary->find(type);
    if (known && known->about_person) seen.add(type, id.value);
  }

  Result<Reply> start(const Scope& scope, std::string_view kind, json::object input) const {
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      return parts_.jobs.create(tx, kind, access::author_of(scope.actor), input,
                                parts_.clock.now());
    }));
    return accepted(job);
  }

  Result<Reply> merged_reply(const Visit& visit, const records::RecordType& type,
                             const Merged& merged) const {
    const Reply record = TRY(records::record_reply(parts_, visit, type, merged.kept, 201));
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("merge", merged.id.value).field("moved", merged.moved);
    json.key("undo_until").value(render_instant(merged.undo_until));
    json.key("record").raw(record.body).end_object();
    Reply out = Reply::json(std::move(body), 200);
    for (const auto& [name, value] : record.headers)
      if (name == "ETag") out.header(name, value);
    return out;
  }

  Result<Reply> undo_reply(const Visit& visit, const Result<Undone>& undone,
                           std::string_view shape) const {
    if (!undone && undone.error().code == "merge_too_old")
      return net::refuse(410, undone.error().code, visit.call.id);
    if (!undone) return undone.error();
    records::Seen seen;
    for (const auto& one : undone->conflicts) add_seen(seen, one.type, one.record);
    trace(visit.scope, "read", seen, shape);
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("restored").begin_array();
    for (const auto id : undone->restored) json.value(id.value);
    json.end_array().key("conflicts").begin_array();
    for (const auto& one : undone->conflicts) {
      json.begin_object().key("record").begin_object();
      json.field("type", one.type).field("id", one.record.value).end_object();
      json.field("field", one.field).field("masked", one.masked);
      json.key("now").raw(one.now);
      json.key("restored").raw(one.restored).end_object();
    }
    json.end_array().end_object();
    return Reply::json(std::move(body));
  }

  // Returns whom it names.
  records::Seen write_list(store::Session& session, const Scope& scope, const std::string& type,
                           MergeId before, std::size_t limit, std::string& body) const {
    body.clear();
    records::Seen seen;
    JsonWriter json(body);
    json.begin_object().key("merges").begin_array();
    std::size_t shown = 0;
    std::int64_t last = 0;  // 0: the end was reached
    for (int page = 0; page < look_max && shown < limit; ++page) {
      const auto rows = merges_.list(session, type, before, limits::list_max);
      last = 0;
      for (const auto& row : rows) {
        if (shown == limit) break;
        last = row.id.value;
        if (!merges_.is_visible(session, scope, row)) continue;
        seen.add(write_merge(json, session, scope, row, false));
        ++shown;
      }
      const bool whole = !rows.empty() && last == rows.back().id.value;
      if (whole && rows.size() < static_cast<std::size_t>(limits::list_max)) last = 0;
      if (last == 0) break;
      before = MergeId{last};
    }
    json.end_array().key("next");
    last == 0 ? json.null() : json.value(std::to_string(last));
    json.end_object();
    return seen;
  }

  records::Seen write_merge(JsonWriter& json, store::Session& session, const Scope& scope,
                            const MergeRow& row, bool with_details) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *dictionary->find(row.record_type);
    records::Seen seen;
    const auto write_record = [&](RecordId id) {
      json.begin_object().field("id", id.value).key("label");
      const auto label = label_of(parts_, session, scope, type, id.value);
      label ? json.value(*label) : json.null();
      json.end_object();
      if (label) add_seen(seen, type.name, id);
    };
    json.begin_object().field("merge", row.id.value).field("type", row.record_type).key("kept");
    write_record(row.kept);
    json.key("merged").begin_array();
    for (const auto id : row.merged) write_record(id);
    json.end_array().key("by").begin_object();
    json.field("id", row.created_by.value).field("name", row.created_by_name).end_object();
    const Instant until = merges_.undo_until(row.created_at);
    json.field("at", render_instant(row.created_at)).field("undo_until", render_instant(until));
    json.field("state", row.is_undone ? "undone" : "done");
    const bool open = !row.is_undone && !row.is_erased && parts_.clock.now() < until;
    if (with_details)
      json.field("undoable", open && merges_.preview_undo(session, scope, row.id).ok());
    else
      json.field("undoable", open);
    json.end_object();
    return seen;
  }

  const Merges& merges_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> merge_routes(const Merges& merges) {
  const auto to = access::handlers_of(std::make_shared<MergeApi>(merges));
  std::vector<access::Route> out = {
      {Method::post,
       "/api/v1/{type}/merge/preview",
       Right::signed_in(),
       to(&MergeApi::preview),
       {"What a merge would do",
        {.body = "{ids!: [id], keep!: id}", .answer = "object", .only_asks = true}}},
      {Method::post,
       "/api/v1/{type}/merge",
       Right::signed_in(),
       to(&MergeApi::merge),
       {"Make one record of several",
        {.body = "{keep!: id, merge!: [id], versions!: object, choices: object}",
         .answer = "object"}}},
      {Method::get,
       "/api/v1/merges",
       Right::signed_in(),
       to(&MergeApi::list),
       {"Merges, newest first",
        {.query = "type, after, limit", .answer = "{merges!: [object], next!: text?}"}}},
      {Method::get,
       "/api/v1/merges/{id}",
       Right::signed_in(),
       to(&MergeApi::get),
       {"One merge", {.answer = "object"}}},
      {Method::post,
       "/api/v1/merges/{id}/undo/preview",
       Right::signed_in(),
       to(&MergeApi::preview_undo),
       {"What was changed since a merge", {.answer = "object", .only_asks = true}}},
      {Method::post,
       "/api/v1/merges/{id}/undo",
       Right::signed_in(),
       to(&MergeApi::undo),
       {"Take a merge back", {.body = "{keep_edits: boolean}", .answer = "object"}}},
  };
  for (auto& route : bulk_merge_routes(merges)) out.push_back(std::move(route));
  return out;
}

}  // namespace fokus::merge
