// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "features/reports/subscription.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;

constexpr int days_of_week = 7, days_of_month = 31, minutes_per_hour = 60;

// What is said; null counts as not said.
const json::value* said(const json::object& input, std::string_view name) {
  const auto* value = input.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

// "08:05" → 485.
std::optional<int> parse_time_of_day(std::string_view text) {
  constexpr std::size_t length = 5, colon = 2;
  if (text.size() != length || text[colon] != ':') return std::nullopt;
  int digits[4];
  for (std::size_t i = 0, at = 0; i < length; ++i) {
    if (i == colon) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    digits[at++] = text[i] - '0';
  }
  const int hour = digits[0] * 10 + digits[1], minute = digits[2] * 10 + digits[3];
  if (hour >= minutes_per_day / minutes_per_hour || minute >= minutes_per_hour) return std::nullopt;
  return hour * minutes_per_hour + minute;
}

Status take_days(const json::object& input, Schedule& out) {
  const bool is_weekly = out.frequency == Frequency::weekly;
  const bool is_monthly = out.frequency == Frequency::monthly;
  if (!is_weekly && !is_monthly) return out.days.clear(), Status();
  if (const auto* days = said(input, "days")) {
    if (!days->is_array()) return invalid("days", "not_a_list");
    std::set<int> chosen;
    const int least = is_weekly ? 1 : last_day_of_month;
    const int most = is_weekly ? days_of_week : days_of_month;
    for (const auto& day : days->get_array()) {
      if (!day.is_int64() || day.get_int64() < least || day.get_int64() > most)
        return invalid("days", "out_of_range",
                       {{"min", std::to_string(least)}, {"max", std::to_string(most)}});
      chosen.insert(static_cast<int>(day.get_int64()));
    }
    out.days.assign(chosen.begin(), chosen.end());
  }
  if (out.days.empty()) return invalid("days", "required");
  if (is_monthly && out.days.size() > 1) return invalid("days", "too_many", {{"max", "1"}});
  // Those of another frequency stay behind when only that is changed.
  if (is_weekly && (out.days.front() < 1 || out.days.back() > days_of_week))
    return invalid("days", "required");
  return {};
}

Status take_text(const json::object& input, const char* name, std::size_t max, bool is_line,
                 std::string& out) {
  const auto* value = input.if_contains(name);
  if (!value) return {};
  if (value->is_null()) return out.clear(), Status();
  if (!value->is_string()) return invalid(name, "not_text");
  const std::string_view text(value->get_string());
  if (!is_clean_utf8(text)) return invalid(name, "not_text");
  if (count_code_points(text) > max)
    return invalid(name, "too_long", {{"max", std::to_string(max)}});
  if (is_line && !flaw_of_name(text).empty()) return invalid(name, flaw_of_name(text));
  out = trim(text);
  return {};
}

Status take_page(const json::object& input, Subscription& out) {
  if (const auto* tile = input.if_contains("tile")) {
    if (!tile->is_null() && (!tile->is_int64() || tile->get_int64() < 1))
      return invalid("tile", "not_an_id");
    out.ask.tile = tile->is_null() ? 0 : tile->get_int64();
  }
  if (const auto* filters = said(input, "filters")) {
    if (!filters->is_object()) return invalid("filters", "not_an_object");
    out.ask.filters = TRY(dashboards::parse_page_filters(filters->get_object()));
  }
  if (const auto* paper = said(input, "paper")) {
    const auto name = paper->is_string() ? std::string_view(paper->get_string()) : "";
    if (name != "portrait" && name != "landscape") return invalid("paper", "unknown");
    out.ask.paper = name == "landscape" ? pdf::Paper::landscape : pdf::Paper::portrait;
  }
  return {};
}

}  // namespace

Error invalid(std::string_view field, std::string_view code,
              std::map<std::string, std::string> params) {
  return field_error("reports/invalid", std::string(field), std::string(code), std::move(params));
}

std::string render_time_of_day(int minute) {
  return fmt::format("{:02}:{:02}", minute / minutes_per_hour, minute % minutes_per_hour);
}

Status apply_schedule(const json::object& input, Schedule& out) {
  if (const auto* frequency = said(input, "frequency")) {
    const auto found =
        frequency->is_string() ? find_frequency(frequency->get_string()) : std::nullopt;
    if (!found) return invalid("frequency", "unknown");
    if (*found != out.frequency) out.days.clear();
    out.frequency = *found;
  }
  TRY(take_days(input, out));
  if (const auto* time = said(input, "time")) {
    const auto minute = time->is_string() ? parse_time_of_day(time->get_string()) : std::nullopt;
    if (!minute) return invalid("time", "not_a_time");
    out.minute = *minute;
  }
  if (const auto* zone = said(input, "zone")) {
    if (!zone->is_string() || !TimeZone::is_known(zone->get_string()))
      return invalid("zone", "unknown_time_zone");
    out.zone = std::string(zone->get_string());
  }
  return {};
}

Status apply_input(const json::object& input, Subscription& out) {
  TRY(apply_schedule(input, out.schedule));
  TRY(take_page(input, out));
  TRY(take_text(input, "subject", limits::subject_max, true, out.subject));
  TRY(take_text(input, "message", limits::message_max, false, out.message));
  if (const auto* on = said(input, "is_on")) {
    if (!on->is_bool()) return invalid("is_on", "not_yes_or_no");
    out.is_on = on->get_bool();
  }
  return {};
}

Result<std::optional<std::vector<std::int64_t>>> parse_receivers(
    store::Session& session, const store::Statements& sql, const json::object& input,
    const std::vector<Receiver>& before) {
  const auto* given = said(input, "receivers");
  if (!given) return std::optional<std::vector<std::int64_t>>();
  if (!given->is_array()) return invalid("receivers", "not_a_list");
  if (given->get_array().size() > limits::receivers_max)
    return invalid("receivers", "too_many", {{"max", std::to_string(limits::receivers_max)}});
  std::set<std::int64_t> users;
  for (const auto& one : given->get_array()) {
    if (!one.is_int64()) return invalid("receivers", "not_an_id");
    const bool is_known = std::any_of(before.begin(), before.end(), [&](const Receiver& known) {
      return known.user.value == one.get_int64();
    });
    if (!is_known && session.query_integer(sql["reports.is_active_user"], {one.get_int64()}) == 0)
      return invalid("receivers", "no_such_record");
    users.insert(one.get_int64());
  }
  return std::optional(std::vector<std::int64_t>(users.begin(), users.end()));
}

}  // namespace fokus::reports
