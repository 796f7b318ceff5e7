// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/external_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "features/dashboards/definition.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 7> members = {"url",    "rows",    "label",  "value",
                                                     "series", "columns", "minutes"};

std::string at(std::string_view member) {
  return "source." + std::string(member);
}

// An empty one is the whole; else every step begins with a slash, and ~ stands before 0 or 1.
bool is_pointer(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')))
      return false;
  return true;
}

Result<std::string> text_in(const json::object& o, std::string_view member, std::size_t max) {
  const auto* value = o.if_contains(member);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return invalid_tile(at(member), "not_text");
  const std::string_view text(value->get_string());
  if (!is_clean_utf8(text)) return invalid_tile(at(member), "invalid_text");
  if (count_code_points(text) > max)
    return invalid_tile(at(member), "too_long", {{"max", std::to_string(max)}});
  return std::string(text);
}

Result<std::string> pointer_in(const json::object& o, std::string_view member) {
  auto text = TRY(text_in(o, member, limits::pointer_max));
  if (!is_pointer(text)) return invalid_tile(at(member), "not_a_pointer");
  return text;
}

// https, or http for what the operator of the machine allows inside the house: the call refuses the
// rest.
Status check_source_url(std::string_view url) {
  if (url.empty()) return invalid_tile("source.url", "required");
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const auto rest = url.substr(scheme.size());
    const bool has_host = !rest.empty() && std::string_view("/?#:@").find(rest[0]) == rest.npos;
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    if (has_host && host.find('@') == host.npos && url.find_first_of(" \t\r\n\"<>\\#") == url.npos)
      return {};
  }
  return invalid_tile("source.url", "not_a_url");
}

Status read_columns(const json::object& o, ExternalSource& out) {
  const auto* list = o.if_contains("columns");
  if (!list || list->is_null()) return {};
  if (!list->is_array()) return invalid_tile("source.columns", "not_a_list");
  const auto& columns = list->get_array();
  if (columns.size() > limits::external_columns_max)
    return invalid_tile("source.columns", "too_many",
                        {{"max", std::to_string(limits::external_columns_max)}});
  for (const auto& column : columns) {
    const auto* one = column.if_object();
    const bool is_whole =
        one && one->size() == 2 && one->contains("label") && one->contains("path");
    if (!is_whole) return invalid_tile("source.columns", "not_an_object");
    ExternalColumn read{TRY(text_in(*one, "label", limits::external_text_max)),
                        TRY(pointer_in(*one, "path"))};
    if (read.label.empty()) return invalid_tile("source.columns", "required");
    out.columns.push_back(std::move(read));
  }
  return {};
}

Status read_minutes(const json::object& o, ExternalSource& out) {
  const auto* minutes = o.if_contains("minutes");
  if (!minutes || minutes->is_null()) return {};
  if (!minutes->is_int64() || minutes->get_int64() < 1 ||
      minutes->get_int64() > limits::external_minutes_max)
    return invalid_tile("source.minutes", "out_of_range",
                        {{"min", "1"}, {"max", std::to_string(limits::external_minutes_max)}});
  out.minutes = minutes->get_int64();
  return {};
}

bool is_single(std::string_view presentation) {
  return presentation == "number" || presentation == "gauge";
}

std::string unescaped(std::string_view step) {
  return replace_all(replace_all(std::string(step), "~1", "/"), "~0", "~");
}

const json::value* step_into(const json::value& value, std::string_view step) {
  if (const auto* object = value.if_object()) return object->if_contains(unescaped(step));
  const auto* array = value.if_array();
  std::size_t index = 0;
  const auto [end, failed] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool is_index = failed == std::errc() && end == step.data() + step.size();
  return array && is_index && index < array->size() ? &(*array)[index] : nullptr;
}

const json::value* find(const json::value& from, std::string_view pointer) {
  const json::value* at = &from;
  while (at && !pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    at = step_into(*at, pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return at;
}

std::optional<double> number_of(const json::value* value) {
  if (!value) return std::nullopt;
  double out = 0;
  if (value->is_number()) {
    out = value->to_number<double>();
  } else if (value->is_string()) {
    const std::string_view text = trim(std::string_view(value->get_string()));
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size())
      return std::nullopt;
  } else {
    return std::nullopt;
  }
  return std::isfinite(out) ? std::optional(out) : std::nullopt;
}

// At most so many letters, whole ones.
std::string shortened(std::string_view text) {
  std::size_t letters = 0, end = 0;
  for (; end < text.size(); ++end) {
    const bool begins_letter = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins_letter && ++letters > limits::external_text_max) break;
  }
  return std::string(text.substr(0, end));
}

std::string text_of(const json::value* value) {
  if (!value || value->is_null()) return {};
  if (value->is_double()) return fmt::format("{}", value->get_double());
  if (!value->is_string()) return shortened(json::serialize(*value));
  const std::string_view text(value->get_string());
  return is_clean_utf8(text) ? shortened(text) : std::string();
}

ExternalRow read_row(const ExternalSource& source, const json::value& row) {
  ExternalRow out;
  if (!source.columns.empty()) {
    for (const auto& column : source.columns) out.cells.push_back(text_of(find(row, column.path)));
    return out;
  }
  out.label = text_of(find(row, source.label));
  if (!source.series.empty()) out.series = text_of(find(row, source.series));
  out.value = number_of(find(row, source.value));
  return out;
}

}  // namespace

Result<ExternalSource> parse_source(const json::value& input, std::string_view presentation) {
  const auto* o = input.if_object();
  if (!o) return invalid_tile("source", "not_an_object");
  for (const auto& [name, unused] : *o)
    if (std::find(members.begin(), members.end(), std::string_view(name)) == members.end())
      return invalid_tile(at(name), "unknown_member");
  ExternalSource out;
  out.url = TRY(text_in(*o, "url", limits::url_max));
  TRY(check_source_url(out.url));
  out.rows = TRY(pointer_in(*o, "rows"));
  out.label = TRY(pointer_in(*o, "label"));
  out.value = TRY(pointer_in(*o, "value"));
  out.series = TRY(pointer_in(*o, "series"));
  TRY(read_columns(*o, out));
  TRY(read_minutes(*o, out));
  const bool is_list = presentation == "list";
  if (is_list && out.columns.empty()) return invalid_tile("source.columns", "required");
  if (!is_list && !out.columns.empty()) return invalid_tile("source.columns", "wrong_kind");
  if (!is_list && !is_single(presentation))
    for (const auto* member : {"label", "value"})
      if (!o->contains(member)) return invalid_tile(at(member), "required");
  return out;
}

Result<ExternalRows> read_rows(const ExternalSource& source, std::string_view presentation,
                               std::string_view body) {
  json::error_code failed;
  json::parse_options options;
  options.max_depth = limits::external_depth_max;
  const auto top = json::parse({body.data(), body.size()}, failed, {}, options);
  if (failed) return make_error(ErrorKind::conflict, "dashboards/external_not_json");
  ExternalRows out;
  if (is_single(presentation)) {
    const auto number = number_of(find(top, source.value));
    if (!number) return make_error(ErrorKind::conflict, "dashboards/external_no_number");
    out.rows.push_back({{}, {}, number, {}});
    return out;
  }
  const auto* found = find(top, source.rows);
  const auto* list = found ? found->if_array() : nullptr;
  if (!list) return make_error(ErrorKind::conflict, "dashboards/external_no_rows");
  out.is_truncated = list->size() > limits::external_rows_max;
  for (const auto& row : *list) {
    if (out.rows.size() == limits::external_rows_max) break;
    out.rows.push_back(read_row(source, row));
  }
  return out;
}

}  // namespace fokus::dashboards
