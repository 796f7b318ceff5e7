// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "features/dashboards/alert.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 3> condition_names = {"above", "below", "changes"};
constexpr double percent = 100;

bool is_beyond(const Alert& alert, double number) {
  return alert.condition == AlertCondition::above ? number > alert.value : number < alert.value;
}

// Nothing is any share of zero: from there every change counts.
bool has_changed(double base, double number, double by_percent) {
  if (base == 0) return number != 0;
  return std::abs(number - base) >= std::abs(base) * by_percent / percent;
}

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

const json::array* list_in(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v ? v->if_array() : nullptr;
}

}  // namespace

std::optional<AlertCondition> parse_alert_condition(std::string_view text) {
  for (std::size_t i = 0; i < condition_names.size(); ++i)
    if (condition_names[i] == text) return static_cast<AlertCondition>(i);
  return std::nullopt;
}

std::string_view alert_condition_name(AlertCondition condition) {
  return condition_names[static_cast<std::size_t>(condition)];
}

void begin(Alert& alert, std::optional<double> number) {
  alert.number = alert.base = number;
  const bool is_change = alert.condition == AlertCondition::changes;
  alert.is_beyond = number && !is_change && is_beyond(alert, *number);
}

bool judge(Alert& alert, std::optional<double> number) {
  if (!number) return false;
  alert.number = number;
  if (alert.condition == AlertCondition::changes) {
    const bool fires = alert.base && has_changed(*alert.base, *number, alert.value);
    if (fires || !alert.base) alert.base = number;
    return fires;
  }
  const bool was_beyond = alert.is_beyond;
  alert.is_beyond = is_beyond(alert, *number);
  return alert.is_beyond && !was_beyond;
}

Error invalid_alert(std::string_view field, std::string_view code) {
  return field_error("dashboards/invalid_alert", std::string(field), std::string(code));
}

bool is_watchable(const Definition& d) {
  // Of several currencies the figures change their places.
  return !d.is_list() && !d.is_web() && !d.is_external() && d.currency != "own";
}

Status apply_alert(Alert& alert, const json::object& input) {
  if (const auto* condition = input.if_contains("condition")) {
    const auto known =
        condition->is_string() ? parse_alert_condition(condition->get_string()) : std::nullopt;
    if (!known) return invalid_alert("condition", "unknown");
    alert.condition = *known;
  }
  if (const auto* value = input.if_contains("value")) {
    if (!value->is_number()) return invalid_alert("value", "not_a_number");
    alert.value = value->to_number<double>();
  }
  const bool is_change = alert.condition == AlertCondition::changes;
  if (!std::isfinite(alert.value) || std::abs(alert.value) > limits::alert_value_max ||
      (is_change && alert.value <= 0))
    return invalid_alert("value", "out_of_range");
  if (const auto* paused = input.if_contains("is_paused")) {
    if (!paused->is_bool()) return invalid_alert("is_paused", "not_yes_or_no");
    alert.is_paused = paused->get_bool();
  }
  return {};
}

Result<TileNumber> number_in(std::string_view answer, std::size_t measure) {
  boost::system::error_code failed;
  const auto parsed = json::parse(json::string_view(answer.data(), answer.size()), failed);
  const auto* body = failed ? nullptr : parsed.if_object();
  const auto* total = body ? body->if_contains("total") : nullptr;
  const auto* cells = total && total->is_object() ? list_in(total->get_object(), "cells") : nullptr;
  const auto* measures = body ? list_in(*body, "measures") : nullptr;
  if (!cells || !measures || measure >= cells->size() || measure >= measures->size())
    return invalid_alert("measure", "out_of_range");
  const auto* about = (*measures)[measure].if_object();
  const auto* cell = (*cells)[measure].if_object();
  if (!about || !cell) return invalid_alert("measure", "out_of_range");
  TileNumber out{std::nullopt, text_of(*about, "unit"), text_of(*about, "currency"),
                 text_of(*about, "label")};
  if (out.unit == "date" || out.unit == "instant") return invalid_alert("measure", "wrong_kind");
  if (out.label.empty()) out.label = text_of(*about, "field_label");
  const auto* number = cell->if_contains("number");
  if (number && number->is_number()) out.number = number->to_number<double>();
  return out;
}

}  // namespace fokus::dashboards
