// SPDX-License-Identifier: Apache-2.0
// What an activity must keep to, whichever way it is saved.
#include <algorithm>

#include "features/diary/diary.hpp"
#include "features/diary/series.hpp"
#include "platform/locale.hpp"
#include "records/draft.hpp"

namespace fokus::diary {
namespace {

using records::Draft;

constexpr std::int64_t reminder_minutes_max = 40'320;  // four weeks

bool is_changed(const Draft& draft, const Draft* stored, std::string_view field) {
  return stored ? (*stored)[field] != draft[field] : !store::is_null(draft[field][0]);
}

void set_text(Draft& draft, std::string_view field, const std::string& text) {
  auto& columns = draft[field];
  columns = records::ColumnValues(columns.size());
  if (text.empty()) return;
  columns[0] = text;
  if (columns.size() > 1) columns[1] = fold(text);
}

Status check_reminder(const Draft& draft, const Draft* stored) {
  if (!is_changed(draft, stored, "reminder_minutes")) return {};
  const auto minutes = draft.integer("reminder_minutes");
  if (minutes >= 0 && minutes <= reminder_minutes_max) return {};
  return field_error("diary/invalid", "reminder_minutes", "out_of_range",
                     {{"min", "0"}, {"max", std::to_string(reminder_minutes_max)}});
}

Status check_place_in_series(const Draft& draft, const Draft* stored) {
  const auto series = draft.integer("recurrence_of");
  if (series == 0 || !is_changed(draft, stored, "recurrence_of")) return {};
  return stored && series == stored->integer("id")
             ? Status(field_error("diary/invalid", "recurrence_of", "same_record"))
             : Status();
}

// The rule as the diary reads it, its zone, and what is left out.
Status check_series(const access::Scope& scope, Draft& draft) {
  if (draft.integer("recurrence_of") != 0)
    return field_error("diary/invalid_recurrence", "recurrence", "is_an_occurrence");
  const auto rule = TRY(parse_recurrence(draft.text("recurrence")));
  set_text(draft, "recurrence", render_recurrence(rule));
  if (draft.text("recurrence_zone").empty())
    set_text(draft, "recurrence_zone", scope.actor.time_zone);
  const auto zone = TimeZone::find(draft.text("recurrence_zone"));
  if (!zone) return field_error("diary/invalid", "recurrence_zone", "unknown_zone");
  // Without a beginning there is no series; that it is required is said elsewhere.
  if (!store::is_null(draft["starts_at"][0]))
    TRY(check_days(rule, zone->date_of({draft.integer("starts_at")})));
  const auto left_out = TRY(parse_left_out(draft.text("recurrence_except")));
  set_text(draft, "recurrence_except", render_left_out(left_out));
  return {};
}

bool is_any_changed(const Draft& draft, const Draft* stored,
                    std::initializer_list<std::string_view> fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](auto field) { return is_changed(draft, stored, field); });
}

}  // namespace

Status Diary::check_save(const access::Scope& scope, Draft& draft, const Draft* stored) {
  if (draft.type.name != "activity") return {};
  TRY(check_reminder(draft, stored));
  TRY(check_place_in_series(draft, stored));
  if (!is_any_changed(
          draft, stored,
          {"recurrence", "recurrence_zone", "recurrence_except", "recurrence_of", "starts_at"}))
    return {};
  if (!draft.text("recurrence").empty()) return check_series(scope, draft);
  // What is not repeated has neither.
  set_text(draft, "recurrence_zone", {});
  set_text(draft, "recurrence_except", {});
  return {};
}

void Diary::follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
                   const records::WatchedRecord* before,
                   const records::WatchedRecord* after) const {
  const bool is_gone = !before && !after;
  if (is_gone && type.name == "user") {
    tx.execute(parts_.statements["diary.forget_user"], {id});
    tx.execute(parts_.statements["diary.remove_feed"], {id});
  }
  if (type.name != "activity") return;
  if (is_gone) tx.execute(parts_.statements["diary.remove_participants"], {id});
  if (!before || !after) return;
  if (is_any_changed(after->draft, &before->draft,
                     {"starts_at", "ends_at", "all_day", "recurrence", "recurrence_zone"}))
    tx.execute(parts_.statements["diary.ask_again"], {id});
}

}  // namespace fokus::diary
