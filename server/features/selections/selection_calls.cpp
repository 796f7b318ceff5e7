// SPDX-License-Identifier: Apache-2.0
#include "features/selections/selection_calls.hpp"

#include "base/text.hpp"
#include "records/stored_filter.hpp"

namespace fokus::selections {

namespace json = boost::json;
using access::Scope;

namespace {
constexpr int sample_max = 20;
}

Error invalid(std::string_view field, std::string_view code) {
  return field_error("selections/invalid", std::string(field), std::string(code));
}

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::int64_t integer_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_int64() ? v->get_int64() : 0;
}

Result<std::string> said_text(const json::object& input, std::string_view key) {
  const auto* v = input.if_contains(key);
  if (!v || v->is_null()) return std::string();
  if (!v->is_string()) return invalid(key, "not_text");
  if (!is_clean_utf8(v->get_string())) return invalid(key, "invalid_text");
  return std::string(v->get_string());
}

Result<bool> is_preview(const json::object& input) {
  const auto* v = input.if_contains("preview");
  if (!v || v->is_null()) return false;
  if (!v->is_bool()) return invalid("preview", "not_yes_or_no");
  return v->get_bool();
}

json::object head_of(const Selections& selections, const Scope& scope, const Selection& s) {
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
                   {"is_editable", selections.is_editable(scope, s)},
                   {"created_at", render_instant(s.created_at)},
                   {"updated_at", render_instant(s.updated_at)},
                   {"count", nullptr}};
  if (s.kind == "dynamic") {
    const auto dictionary = selections.parts().dictionary.current();
    auto shown = records::show_filter(*dictionary, scope, s.record_type, s.filter);
    out["filter"] = std::move(shown.text);
    out["is_masked"] = shown.is_masked;
  }
  if (s.kind == "combined")
    out["combine"] = json::object{{"operation", s.operation},
                                  {"first", {{"id", s.first.value}}},
                                  {"second", {{"id", s.second.value}}}};
  return out;
}

Result<SelectionId> selection_id_of(const access::Visit& visit) {
  const auto id = records::id_of(visit);
  if (!id) return make_error(ErrorKind::not_found, "selections/not_found");
  return SelectionId{id->value};
}

Result<const records::RecordType*> type_of(const records::Dictionary& dictionary,
                                           const Scope& scope, const Selection& s) {
  const auto* type = dictionary.find(s.record_type);
  if (!type || !scope.permissions().may(type->name, access::Action::read))
    return make_error(ErrorKind::not_found, "records/no_such_type");
  return type;
}

Result<Selection> get_editable(const Selections& selections, store::Session& session,
                               const Scope& scope, SelectionId id) {
  Selection s = TRY(selections.get(session, scope, id));
  if (!selections.is_editable(scope, s))
    return make_error(ErrorKind::forbidden, "selections/forbidden");
  return s;
}

Result<Selection> get_editable(const Selections& selections, const Scope& scope, SelectionId id) {
  return selections.parts().database.read(
      [&](store::Session& session) { return get_editable(selections, session, scope, id); });
}

Result<Scope> job_scope(const records::ApiParts& parts, const work::Job& job, std::string route) {
  Scope scope;
  scope.actor = TRY(parts.actor_of(job.created_by));
  scope.route = std::move(route);
  return scope;
}

net::Reply accepted(JobId job, BatchId batch) {
  return net::Reply::json(json::serialize(json::object{{"job", job.value}, {"batch", batch.value}}),
                          202);
}

Result<json::array> sample_of(const records::ApiParts& parts, const Scope& scope,
                              const records::RecordType& type, const records::Node& criteria) {
  std::string text;
  JsonWriter writer(text);
  records::ListQuery query;
  query.criteria = &criteria;
  query.fields = {"name"};
  query.limit = sample_max;
  const auto page = TRY(parts.database.read([&](store::Session& session) {
    return parts.records.list(session, scope, type, query, writer);
  }));
  records::trace_read(parts, scope, "list", type, page.ids, "selection preview");
  return json::parse(text).as_array();
}

Result<std::int64_t> count_of(const records::ApiParts& parts, store::Session& session,
                              const Scope& scope, const records::RecordType& type,
                              const records::Node& criteria) {
  records::ListQuery query;
  query.criteria = &criteria;
  return TRY(parts.records.count(session, scope, type, query, 0)).value;
}

void add_selection_jobs(const Selections& selections) {
  add_member_jobs(selections);
  add_follow_up_job(selections);
  add_upkeep_jobs(selections);
}

}  // namespace fokus::selections
