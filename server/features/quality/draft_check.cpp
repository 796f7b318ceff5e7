// SPDX-License-Identifier: Apache-2.0
#include "features/quality/draft_check.hpp"

#include <set>
#include <tuple>

#include "features/quality/finding_json.hpp"
#include "platform/locale.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::Draft;
using records::RecordType;

records::FieldContext field_context(const FindingQuery& query) {
  const auto& scope = query.scope();
  const Instant now = query.quality().parts().clock.now();
  const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
  return {query.dictionary(),
          query.dictionary().installation.base_currency,
          scope.actor.user,
          scope.actor.primary_group,
          now,
          zone.date_of(now)};
}

Draft new_draft(const FindingQuery& query, const RecordType& type, const json::object& values) {
  const auto context = field_context(query);
  auto drafted = records::draft_record(context, query.scope(), type, values);
  // What a create would fill in is not missing; values that cannot be read are not worth a refusal.
  std::ignore = records::apply_defaults(context, drafted.draft, values);
  return std::move(drafted.draft);
}

// The rights are those of a read of the record.
Result<Draft> stored_draft(store::Session& session, const FindingQuery& query,
                           const RecordType& type, std::int64_t id, const json::object& values) {
  std::string text;
  JsonWriter writer(text);
  TRY(query.quality().parts().records.get(session, query.scope(), type, RecordId{id}, writer));
  auto rows = session.query(
      "SELECT " + type.draft_columns + " FROM " + type.table + " t WHERE t.id = $1", {id});
  if (!rows->next()) return make_error(ErrorKind::not_found, "records/not_found");
  Draft out(type);
  records::read_draft(out, *rows, 0);
  const auto context = field_context(query);
  for (const auto& [name, value] : values) {
    Draft next = out;
    if (!records::parse_input(context, query.scope(), next, {{name, value}}).ok()) continue;
    for (std::size_t i = 0; i < out.columns.size(); ++i) out.columns[i] = next.columns[i];
  }
  records::compute_fields(out);
  return out;
}

using Left = std::set<std::tuple<std::int64_t, std::string, std::int64_t>>;

Left left_as_they_are(store::Session& session, const Quality& quality, const RecordType& type,
                      std::int64_t id) {
  Left out;
  if (id == 0) return out;
  for (auto rows =
           session.query(quality.parts().statements["quality.list_dismissed"], {type.name, id});
       rows->next();)
    out.emplace(rows->integer(0), std::string(rows->text(1)), rows->integer(2));
  return out;
}

}  // namespace

Result<json::object> check_draft(const FindingQuery& query, const RecordType& type, std::int64_t id,
                                 const json::object& values) {
  const auto& quality = query.quality();
  const FindingWriter writer(query);
  const auto knowledge = quality.knowledge();
  Left left;
  Draft draft(type);
  if (id == 0) {
    draft.columns = new_draft(query, type, values).columns;
  } else {
    TRY(quality.parts().database.read([&](store::Session& session) -> Status {
      draft.columns = TRY(stored_draft(session, query, type, id, values)).columns;
      left = left_as_they_are(session, quality, type, id);
      return {};
    }));
    const std::int64_t ids[] = {id};
    records::trace_read(quality.parts(), query.scope(), "read", type, ids, "quality");
  }
  json::array findings;
  int points = 0;
  const Subject subject(draft, &values);
  for (const Rule* rule : query.rules().of_type(type.name)) {
    if (rule->check.empty()) continue;
    for (const auto& hit : find_hits(*rule, subject, *knowledge)) {
      if (left.contains({rule->id, hit.field, value_hash(draft, hit)})) continue;
      auto one = writer.hit_json(type, *rule, hit);
      if (!one) continue;
      points += rule->weight;
      findings.push_back(std::move(*one));
    }
  }
  return json::object{{"score", std::max(0, 100 - points)}, {"findings", std::move(findings)}};
}

}  // namespace fokus::quality
