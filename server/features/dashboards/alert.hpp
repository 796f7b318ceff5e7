// SPDX-License-Identifier: Apache-2.0
// What somebody wants to be told of: a number of a placed tile that crosses a value. Not for other
// rooms.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/dashboards/dashboards.hpp"

namespace fokus::dashboards {

namespace limits {
constexpr std::int64_t alerts_max = 50;  // of one user
// Between two looks at one alert, however often its records change.
constexpr std::int64_t alert_every_ms = ms_per_minute;
constexpr double alert_value_max = 1e15;
}  // namespace limits

enum class AlertCondition { above, below, changes };
std::optional<AlertCondition> parse_alert_condition(std::string_view text);
std::string_view alert_condition_name(AlertCondition condition);

struct Alert {
  std::int64_t id = 0;
  UserId user;
  DashboardId dashboard;
  std::int64_t tile = 0;
  std::size_t measure = 0;  // of the tile, from 0
  AlertCondition condition = AlertCondition::above;
  double value = 0;  // of `changes`: percent, above 0
  PageFilters filters;
  bool is_paused = false;
  bool is_beyond = false;        // it was told, and the number is not back yet
  std::optional<double> number;  // as it was last
  std::optional<double> base;    // what `changes` counts from: the number that was told last
  Instant checked_at;
  std::optional<Instant> fired_at;
  std::int64_t fired_count = 0;
};

// --- rules: pure ---
// As the alert begins: a number that is beyond the value already is not told.
void begin(Alert& alert, std::optional<double> number);
// Takes the number over; true when it has crossed the value just now. A number that is not there
// (an average of nothing) changes nothing.
bool judge(Alert& alert, std::optional<double> number);
// Reads condition, value and is_paused as far as they are named. Errors: "dashboards/invalid_alert"
// with required, unknown, not_a_number, out_of_range, not_yes_or_no.
Status apply_alert(Alert& alert, const boost::json::object& input);
Error invalid_alert(std::string_view field, std::string_view code);
// Whether a tile has numbers of the house's own records, which can be watched.
bool is_watchable(const Definition& definition);

// The number that a tile's answer shows for all of its records, and how it is written.
struct TileNumber {
  std::optional<double> number;
  std::string unit, currency, label;
};
// Errors: "dashboards/invalid_alert" with `measure` and out_of_range.
Result<TileNumber> number_in(std::string_view answer, std::size_t measure);

// --- rows ---
std::vector<Alert> list_alerts(store::Session& session, const records::ApiParts& parts, UserId user,
                               std::int64_t after, int limit);
std::optional<Alert> find_alert(store::Session& session, const records::ApiParts& parts,
                                UserId user, std::int64_t id);
std::vector<Alert> awake_alerts(store::Session& session, const records::ApiParts& parts);
std::int64_t add_alert(store::Transaction& tx, const records::ApiParts& parts, const Alert& alert);
void change_alert(store::Transaction& tx, const records::ApiParts& parts, const Alert& alert);
// What judge() made of one that this node has claimed under `checked_at`; false when it was changed
// meanwhile.
bool keep_alert_state(store::Transaction& tx, const records::ApiParts& parts, const Alert& alert);

}  // namespace fokus::dashboards
