// SPDX-License-Identifier: Apache-2.0
#include "features/dav/events.hpp"

#include "base/text.hpp"
#include "features/dav/collection.hpp"

namespace fokus::dav {
namespace {

namespace json = boost::json;

constexpr const char* no_title = "–";  // a record has a title

std::optional<Instant> instant_of(const json::object& record, std::string_view field) {
  const auto text = text_of(record, field);
  return text.empty() ? std::nullopt : parse_instant(text);
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value moment(const std::optional<Instant>& at) {
  return at ? json::value(render_instant(*at)) : json::value();
}

void add_times(const Component& before, const Component& after, json::object& out) {
  // A record always begins at some time; that of a task is not told.
  if (before.starts_at != after.starts_at && after.starts_at)
    out["starts_at"] = moment(after.starts_at);
  if (before.ends_at != after.ends_at) out["ends_at"] = moment(after.ends_at);
  if (before.all_day != after.all_day) out["all_day"] = after.all_day;
  if (before.due_on != after.due_on)
    out["due_on"] = after.due_on ? json::value(render_date(*after.due_on)) : json::value();
  if (before.done_at != after.done_at) out["done_at"] = moment(after.done_at);
}

void add_series(const Component& before, const Component& after, const TimeZone& zone,
                json::object& out) {
  if (before.rule != after.rule) out["recurrence"] = text_or_null(after.rule);
  if (after.rule.empty() || (before.rule == after.rule && before.zone == after.zone)) return;
  const std::string own = after.all_day ? zone.name() : "UTC";
  out["recurrence_zone"] = after.zone.empty() ? own : after.zone;
}

}  // namespace

Component component_of(const json::object& record) {
  Component out;
  out.is_task = text_of(record, "kind") == "task";
  out.starts_at = instant_of(record, "starts_at");
  out.changed_at = instant_of(record, "updated_at").value_or(Instant{});
  out.rule = text_of(record, "recurrence");
  if (const auto* all_day = record.if_contains("all_day"))
    out.all_day = all_day->is_bool() && all_day->get_bool();
  if (!out.rule.empty()) {
    out.zone = text_of(record, "recurrence_zone");
    if (auto moments = diary::parse_left_out(text_of(record, "recurrence_except")))
      out.left_out = std::move(*moments);
  }
  if (!out.is_task) out.ends_at = instant_of(record, "ends_at");
  if (out.is_task && out.rule.empty()) {
    out.starts_at.reset();
    out.all_day = false;
    if (const auto due = text_of(record, "due_on"); !due.empty()) out.due_on = parse_date(due);
  }
  out.summary = text_of(record, "name");
  out.location = text_of(record, "location");
  out.description = text_of(record, "description");
  out.priority = text_of(record, "priority");
  out.status = text_of(record, "status");
  if (!out.is_task && out.status != "cancelled") out.status = "planned";
  if (out.status == "done") out.done_at = instant_of(record, "done_at");
  if (const auto* minutes = record.if_contains("reminder_minutes"); minutes && minutes->is_int64())
    out.reminder_minutes = minutes->get_int64();
  return out;
}

Component component_of(const diary::Appointment& appointment) {
  Component out;
  out.is_task = appointment.kind == "task";
  out.all_day = appointment.all_day;
  out.starts_at = appointment.starts_at;
  out.changed_at = appointment.updated_at;
  if (appointment.series) {
    out.rule = diary::render_recurrence(appointment.series->rule);
    out.zone = appointment.series->zone.name();
    out.left_out = appointment.series->left_out;
  }
  if (!out.is_task) out.ends_at = appointment.ends_at;
  if (out.is_task && out.rule.empty()) {
    out.starts_at.reset();
    out.all_day = false;
    if (!appointment.due_on.empty()) out.due_on = parse_date(appointment.due_on);
  }
  out.summary = appointment.name;
  out.location = appointment.location;
  out.status = appointment.status == "cancelled" || (out.is_task && appointment.status == "done")
                   ? appointment.status
                   : "planned";
  return out;
}

json::object changes_of(const Component& before, const Component& after, const TimeZone& zone) {
  json::object out;
  if (before.is_task != after.is_task) out["kind"] = after.is_task ? "task" : "meeting";
  if (before.summary != after.summary)
    out["name"] = trim(after.summary).empty() ? no_title : after.summary;
  if (before.location != after.location) out["location"] = text_or_null(after.location);
  if (before.description != after.description) out["description"] = text_or_null(after.description);
  if (before.status != after.status) out["status"] = after.status;
  if (before.priority != after.priority) out["priority"] = text_or_null(after.priority);
  if (before.reminder_minutes != after.reminder_minutes)
    out["reminder_minutes"] =
        after.reminder_minutes ? json::value(*after.reminder_minutes) : json::value();
  add_times(before, after, out);
  add_series(before, after, zone, out);
  return out;
}

Component as_seen(const Component& component, const TimeZone& zone) {
  Component plain = component;
  plain.recurrence_id.reset();
  plain.rest.clear();
  if (plain.uid.empty()) plain.uid = "x";
  auto read = parse_calendar(render_calendar({plain}, zone), zone);
  if (!read) return component;
  Component out = std::move(read->front());
  out.uid = component.uid;
  out.recurrence_id = component.recurrence_id;
  out.changed_at = component.changed_at;
  return out;
}

}  // namespace fokus::dav
