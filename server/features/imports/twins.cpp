// SPDX-License-Identifier: Apache-2.0
#include "features/imports/twins.hpp"

#include <algorithm>

namespace fokus::imports {
namespace {

namespace json = boost::json;

std::vector<std::int64_t> ids_of(const Status& asked) {
  std::vector<std::int64_t> ids;
  if (asked.ok()) return ids;
  const auto& params = asked.error().params;
  const auto candidates = params.find("candidates");
  if (candidates == params.end()) return ids;
  const auto listed = json::parse(candidates->second);
  for (const auto& one : listed.as_array())
    if (ids.size() < limits::candidates_max) ids.push_back(one.at("id").as_int64());
  return ids;
}

// Whether a record is there for each row, by the match fields.
std::vector<bool> matched(const MatchLookup& lookup, store::Session& session,
                          std::span<const FileRow> rows) {
  std::vector<bool> out(rows.size(), false);
  for (std::size_t begin = 0; begin < rows.size(); begin += limits::rows_per_look_up) {
    const auto end = std::min(begin + limits::rows_per_look_up, rows.size());
    std::vector<std::optional<MatchKey>> keys;
    std::vector<store::Value> leads;
    for (std::size_t i = begin; i < end; ++i) {
      keys.push_back(rows[i].problem.empty() ? lookup.key_of(rows[i].cells) : std::nullopt);
      if (keys.back()) leads.push_back(keys.back()->lead);
    }
    const auto found = lookup.find(session, leads);
    for (std::size_t i = begin; i < end; ++i)
      out[i] = keys[i - begin] && found.contains(keys[i - begin]->text);
  }
  return out;
}

}  // namespace

Twins find_twins(const ChunkWriter::Parts& parts, store::Session& session,
                 std::span<const FileRow> rows) {
  Twins twins;
  if (!parts.plan.asks_for_twins) return twins;
  const auto& plan = parts.plan.main;
  const records::CriteriaContext context{parts.dictionary, parts.scope, parts.now,
                                         session.engine()};
  const auto fields = field_context(parts);
  const MatchLookup lookup(context, fields, plan, parts.plan.style);
  RowValues values(context, fields, parts.plan.style, clock_zone(parts));
  const auto is_matched = matched(lookup, session, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_matched[i] || !rows[i].problem.empty()) continue;
    const auto drafted = values.of_new(session, rows[i].cells, plan);
    if (!drafted.ok()) continue;  // refused when it is stored
    auto ids = ids_of(parts.records.check_duplicates(session, parts.scope, *plan.type, *drafted));
    if (!ids.empty()) twins[rows[i].row] = std::move(ids);
  }
  return twins;
}

}  // namespace fokus::imports
