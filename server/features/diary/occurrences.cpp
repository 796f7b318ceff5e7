// SPDX-License-Identifier: Apache-2.0
#include "features/diary/occurrences.hpp"

#include <algorithm>

#include "features/diary/series_record.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;

constexpr Instant long_ago{INT64_MIN / 2};

Status check_members(const json::object& values, Reach reach) {
  for (const char* name : {"recurrence_except", "recurrence_of", "occurrence_at"})
    if (values.contains(name)) return field_error("diary/invalid", name, "not_for_an_occurrence");
  if (reach != Reach::one) return {};
  for (const char* name : {"recurrence", "recurrence_zone"})
    if (values.contains(name)) return field_error("diary/invalid", name, "not_for_an_occurrence");
  return {};
}

Result<std::optional<Instant>> moment_in(const json::object& values, const char* name) {
  const auto* value = values.if_contains(name);
  if (!value || value->is_null()) return std::optional<Instant>();
  const auto at = value->is_string() ? parse_instant(value->get_string()) : std::nullopt;
  if (!at) return field_error("records/invalid", name, "not_an_instant");
  return at;
}

// Begin and end of the occurrence after the change: who moves the one without a word about the
// other means the whole.
Result<Occurrence> times_after(const Series& series, const Occurrence& before,
                               const json::object& values) {
  const auto starts = TRY(moment_in(values, "starts_at")), ends = TRY(moment_in(values, "ends_at"));
  Occurrence out;
  out.starts_at = starts.value_or(before.starts_at);
  out.ends_at = values.contains("ends_at") ? ends : end_of(series, out.starts_at);
  return out;
}

json::value moment(const std::optional<Instant>& at) {
  return at ? json::value(render_instant(*at)) : json::value();
}

std::vector<Instant> with(std::vector<Instant> moments, Instant at) {
  moments.insert(std::upper_bound(moments.begin(), moments.end(), at), at);
  return moments;
}

Status change_all(SeriesRecord& record, const OccurrenceOrder& order, const json::object& values) {
  const Series& before = record.series();
  const auto after = TRY(times_after(before, record.occurrence(), values));
  const Move move = move_between(before.zone, record.occurrence().starts_at, after.starts_at);
  const bool is_moved = after.starts_at != record.occurrence().starts_at;
  json::object changes = values;
  Series next = before;
  if (is_moved) {
    // A rule that comes with the change need not follow from the old one.
    if (values.contains("recurrence")) next.rule = TRY(parse_recurrence("FREQ=DAILY"));
    next = TRY(moved(next, move));
    if (!values.contains("recurrence")) changes["recurrence"] = render_recurrence(next.rule);
    changes["recurrence_except"] = render_left_out(next.left_out);
  }
  changes["starts_at"] = render_instant(next.starts_at);
  if (values.contains("ends_at") && after.ends_at) {
    Series length = before;
    length.starts_at = after.starts_at, length.ends_at = after.ends_at;
    next.ends_at = end_of(length, next.starts_at);
  } else if (values.contains("ends_at")) {
    next.ends_at.reset();
  }
  changes["ends_at"] = moment(next.ends_at);
  TRY(record.save(changes, order.version));
  if (!is_moved) return {};
  for (const auto& one : record.list_replacements(long_ago))
    TRY(record.save_replacement(
        one.id, {{"occurrence_at", render_instant(moved(before.zone, one.at, move))}}));
  return {};
}

Result<RecordId> change_one(SeriesRecord& record, const OccurrenceOrder& order,
                            const json::object& values) {
  const auto after = TRY(times_after(record.series(), record.occurrence(), values));
  const auto left_out = with(record.series().left_out, record.occurrence().starts_at);
  TRY(record.save({{"recurrence_except", render_left_out(left_out)}}, order.version));
  const RecordId copy = TRY(record.copy({{"recurrence_of", record.id().value},
                                         {"occurrence_at", render_instant(order.at)},
                                         {"starts_at", render_instant(order.at)},
                                         {"ends_at", moment(record.occurrence().ends_at)}}));
  json::object changes = values;
  changes["starts_at"] = render_instant(after.starts_at);
  changes["ends_at"] = moment(after.ends_at);
  TRY(record.save_copy(copy, changes));
  return copy;
}

// The series up to the occurrence, and what is left of it from there on.
Status end_series(SeriesRecord& record, const OccurrenceOrder& order) {
  const Series& series = record.series();
  std::vector<Instant> earlier;
  for (const auto at : series.left_out)
    if (at < order.at) earlier.push_back(at);
  return record.save({{"recurrence", render_recurrence(ended_before(series, order.at))},
                      {"recurrence_except", render_left_out(earlier)}},
                     order.version);
}

Result<RecordId> begin_rest(SeriesRecord& record, const OccurrenceOrder& order) {
  const Series& series = record.series();
  Recurrence rule = series.rule;
  if (rule.count) rule.count -= count_before(series, order.at);
  std::vector<Instant> later;
  for (const auto at : series.left_out)
    if (at >= order.at) later.push_back(at);
  const RecordId rest = TRY(record.copy({{"recurrence", render_recurrence(rule)},
                                         {"recurrence_zone", series.zone.name()},
                                         {"recurrence_except", render_left_out(later)},
                                         {"starts_at", render_instant(order.at)},
                                         {"ends_at", moment(record.occurrence().ends_at)}}));
  for (const auto& one : record.list_replacements(order.at))
    TRY(record.save_replacement(one.id, {{"recurrence_of", rest.value}}));
  return rest;
}

}  // namespace

Result<OccurrenceChange> change_occurrence(const Diary& diary, store::Transaction& tx,
                                           const access::Scope& scope, const OccurrenceOrder& order,
                                           const json::object& values) {
  TRY(check_members(values, order.reach));
  auto record = TRY(SeriesRecord::open(diary, tx, scope, order));
  if (order.reach == Reach::one) {
    const RecordId copy = TRY(change_one(record, order, values));
    return OccurrenceChange{copy, record.batch()};
  }
  if (order.reach == Reach::all || record.is_first()) {
    TRY(change_all(record, order, values));
    return OccurrenceChange{record.id(), record.batch()};
  }
  TRY(end_series(record, order));
  const RecordId rest = TRY(begin_rest(record, order));
  auto later = TRY(record.open_rest(rest));
  TRY(change_all(later, {rest, order.at, Reach::all, std::nullopt}, values));
  return OccurrenceChange{rest, record.batch()};
}

Result<OccurrenceChange> remove_occurrence(const Diary& diary, store::Transaction& tx,
                                           const access::Scope& scope,
                                           const OccurrenceOrder& order) {
  auto record = TRY(SeriesRecord::open(diary, tx, scope, order));
  const OccurrenceChange out{record.id(), record.batch()};
  if (order.reach == Reach::one) {
    const auto left_out = with(record.series().left_out, order.at);
    TRY(record.save({{"recurrence_except", render_left_out(left_out)}}, order.version));
    diary.tell(tx, scope, {DiaryNews::What::left_out, record.id(), 0, {}, order.at});
    return out;
  }
  const bool is_all = order.reach == Reach::all || record.is_first();
  if (is_all)
    TRY(record.archive(order.version));
  else
    TRY(end_series(record, order));
  TRY(record.archive_replacements(is_all ? long_ago : order.at));
  return out;
}

}  // namespace fokus::diary
