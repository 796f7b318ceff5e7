// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include <fmt/format.h>

#include "features/dashboards/alert.hpp"
#include "features/dashboards/page_json.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

// The shortest text that is read back as the same number.
std::string number_text(double number) {
  return fmt::format("{}", number);
}
store::Value number_or_null(std::optional<double> number) {
  return number ? store::Value(number_text(*number)) : store::Value();
}

double number_of(std::string_view text) {
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}
std::optional<double> number_in_column(const store::Rows& rows, int column) {
  return rows.is_null(column) ? std::nullopt : std::optional(number_of(rows.text(column)));
}

PageFilters filters_in(std::string_view column) {
  const auto value = parse_or_null(column);
  const auto* object = value.if_object();
  auto filters = object ? parse_page_filters(*object) : Result<PageFilters>(PageFilters());
  return filters ? *std::move(filters) : PageFilters();
}

Alert read_alert(const store::Rows& rows) {
  Alert out;
  out.id = rows.integer(0);
  out.user = UserId{rows.integer(1)};
  out.dashboard = DashboardId{rows.integer(2)};
  out.tile = rows.integer(3);
  out.measure = static_cast<std::size_t>(rows.integer(4));
  out.condition = parse_alert_condition(rows.text(5)).value_or(AlertCondition::above);
  out.value = number_of(rows.text(6));
  out.filters = filters_in(rows.text(7));
  out.is_paused = rows.boolean(8);
  out.is_beyond = rows.boolean(9);
  out.number = number_in_column(rows, 10);
  out.base = number_in_column(rows, 11);
  out.checked_at = Instant{rows.integer(12)};
  if (!rows.is_null(13)) out.fired_at = Instant{rows.integer(13)};
  out.fired_count = rows.integer(14);
  return out;
}

std::vector<Alert> read_alerts(std::unique_ptr<store::Rows> rows) {
  std::vector<Alert> out;
  while (rows->next()) out.push_back(read_alert(*rows));
  return out;
}

}  // namespace

std::vector<Alert> list_alerts(store::Session& session, const records::ApiParts& parts, UserId user,
                               std::int64_t after, int limit) {
  return read_alerts(
      session.query(parts.statements["dashboards.list_alerts"], {user, after, limit}));
}

std::optional<Alert> find_alert(store::Session& session, const records::ApiParts& parts,
                                UserId user, std::int64_t id) {
  auto rows = session.query(parts.statements["dashboards.get_alert"], {user, id});
  return rows->next() ? std::optional(read_alert(*rows)) : std::nullopt;
}

std::vector<Alert> awake_alerts(store::Session& session, const records::ApiParts& parts) {
  return read_alerts(session.query(parts.statements["dashboards.list_awake_alerts"]));
}

std::int64_t add_alert(store::Transaction& tx, const records::ApiParts& parts, const Alert& a) {
  const auto filters = json::serialize(render_page_filters(a.filters));
  const store::Value number = number_or_null(a.number), base = number_or_null(a.base);
  auto rows = tx.query(parts.statements["dashboards.add_alert"],
                       {a.user, a.dashboard, a.tile, static_cast<std::int64_t>(a.measure),
                        alert_condition_name(a.condition), number_text(a.value), filters,
                        a.is_beyond, number, base, parts.clock.now(), a.is_paused});
  rows->next();
  return rows->integer(0);
}

void change_alert(store::Transaction& tx, const records::ApiParts& parts, const Alert& a) {
  const store::Value number = number_or_null(a.number), base = number_or_null(a.base);
  tx.execute(parts.statements["dashboards.change_alert"],
             {a.user, a.id, alert_condition_name(a.condition), number_text(a.value), a.is_paused,
              a.is_beyond, number, base});
}

bool keep_alert_state(store::Transaction& tx, const records::ApiParts& parts, const Alert& a) {
  const store::Value number = number_or_null(a.number), base = number_or_null(a.base);
  return tx.execute(parts.statements["dashboards.keep_alert_state"],
                    {a.id, a.checked_at, a.is_beyond, number, base, a.fired_at, a.fired_count}) !=
         0;
}

}  // namespace fokus::dashboards
