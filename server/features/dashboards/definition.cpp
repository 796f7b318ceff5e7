// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/definition.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "records/aggregate.hpp"
#include "records/installation.hpp"
#include "records/stored_filter.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 14> presentations = {
    "number",      "gauge",       "column", "bar",   "line",   "area", "stacked",
    "stacked_100", "column_line", "pie",    "donut", "funnel", "list", "web"};
constexpr std::array<std::string_view, 4> scopes = {"mine", "my_group", "all", "viewer"};
constexpr std::array<std::string_view, 2> comparisons = {"previous_period", "previous_year"};
constexpr std::array<std::string_view, 9> categories = {
    "company", "person", "project", "sale", "product", "activity", "quality", "web", "own"};
constexpr std::array<std::string_view, 23> members = {
    "title",        "description", "category",   "record_type", "filter",       "selection",
    "scope",        "measures",    "group_by",   "order",       "limit",        "others",
    "period_field", "period",      "comparison", "target",      "presentation", "country_field",
    "columns",      "sort",        "url",        "source",      "currency"};
constexpr std::size_t word_max = 100, filter_max = 20'000;

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Result<std::string> text_member(const json::object& input, std::string_view member,
                                std::size_t max) {
  const auto* value = input.if_contains(member);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return invalid_tile(member, "not_text");
  const std::string_view text(value->get_string().data(), value->get_string().size());
  if (!is_clean_utf8(text)) return invalid_tile(member, "invalid_text");
  if (count_code_points(text) > max)
    return invalid_tile(member, "too_long", {{"max", std::to_string(max)}});
  return std::string(trim(text));
}

template <std::size_t n>
Result<std::string> word_member(const json::object& input, std::string_view member,
                                const std::array<std::string_view, n>& words) {
  const std::string word = TRY(text_member(input, member, word_max));
  if (!word.empty() && !is_one_of(words, word)) return invalid_tile(member, "unknown");
  return word;
}

Status check_labels(const json::object& input, std::string_view member) {
  const auto* value = input.if_contains(member);
  if (!value || value->is_null()) return {};
  if (!value->is_object()) {
    TRY(text_member(input, member, limits::title_max));
    return {};
  }
  for (const auto& [language, text] : value->get_object())
    if (language.size() != 2 || !text.is_string() ||
        !is_clean_utf8(std::string_view(text.get_string())) ||
        text.get_string().size() > 4 * limits::title_max)
      return invalid_tile(member, "not_text");
  return {};
}

Status read_selection(const json::object& input, Definition& out) {
  const auto* value = input.if_contains("selection");
  if (!value || value->is_null()) return {};
  if (value->is_int64()) return out.selection = value->get_int64(), Status();
  if (!value->is_object()) return invalid_tile("selection", "not_an_id");
  const auto& o = value->get_object();
  const auto* id = o.if_contains("id");
  const auto* copy = o.if_contains("copy");
  if (!id || !id->is_int64()) return invalid_tile("selection", "not_an_id");
  if (copy && !copy->is_null() && !copy->is_bool())
    return invalid_tile("selection", "not_yes_or_no");
  const bool copied = copy && copy->is_bool() && copy->get_bool();
  (copied ? out.copy_selection : out.selection) = id->get_int64();
  return {};
}

// A word, or {"selection": 17}.
Status read_comparison(const json::object& input, Definition& out) {
  const auto* value = input.if_contains("comparison");
  if (!value || !value->is_object()) {
    out.comparison = TRY(word_member(input, "comparison", comparisons));
    return {};
  }
  const auto& o = value->get_object();
  const auto* id = o.if_contains("selection");
  if (o.size() != 1 || !id || !id->is_int64() || id->get_int64() < 1)
    return invalid_tile("comparison", "not_an_id");
  out.comparison = "selection";
  out.compared_selection = id->get_int64();
  return {};
}

Status read_currency(const json::object& input, Definition& out) {
  const std::string word = TRY(text_member(input, "currency", word_max));
  if (word.empty() || word == "base") return {};
  if (word != "own" && !records::is_currency(word))
    return invalid_tile("currency", "not_a_currency");
  out.currency = word;
  return {};
}

Status read_numbers(const json::object& input, Definition& out) {
  if (const auto* limit = input.if_contains("limit"); limit && !limit->is_null()) {
    const auto max = out.is_list() ? limits::tile_rows_max : limits::tile_groups_max;
    if (!limit->is_int64() || limit->get_int64() < 1 || limit->get_int64() > max)
      return invalid_tile("limit", "out_of_range", {{"max", std::to_string(max)}});
    out.limit = limit->get_int64();
  }
  const auto* target = input.if_contains("target");
  const bool is_number = !target || target->is_null() ||
                         (target->is_number() && std::isfinite(target->to_number<double>()));
  if (!is_number) return invalid_tile("target", "not_a_number");
  return {};
}

Status read_columns(const json::object& input, Definition& out) {
  const auto* columns = input.if_contains("columns");
  if (!columns || columns->is_null()) return {};
  if (!columns->is_array()) return invalid_tile("columns", "not_a_list");
  if (columns->get_array().size() > limits::tile_columns_max)
    return invalid_tile("columns", "too_many", {{"max", std::to_string(limits::tile_columns_max)}});
  for (const auto& column : columns->get_array()) {
    if (!column.is_string()) return invalid_tile("columns", "not_text");
    out.columns.emplace_back(column.get_string());
  }
  return {};
}

bool is_time_grouped(const json::object& input) {
  const auto* groups = input.if_contains("group_by");
  if (!groups || !groups->is_array() || groups->get_array().empty()) return false;
  const auto& first = groups->get_array().front();
  return first.is_object() && first.get_object().contains("by");
}

// How many fields a presentation groups by, and how many measures it draws.
Status check_numbers_of(const Definition& d) {
  const auto groups = d.group_count(), measures = d.measure_count();
  const std::string& p = d.presentation;
  if (measures > limits::tile_measures_max)
    return invalid_tile("measures", "too_many",
                        {{"max", std::to_string(limits::tile_measures_max)}});
  if (p == "number" && groups > 0 && !(groups == 1 && is_time_grouped(d.json)))
    return invalid_tile("group_by", "wrong_number", {{"max", "0"}});
  if (p == "number") return {};
  if (p == "gauge" && groups > 0) return invalid_tile("group_by", "wrong_number", {{"max", "0"}});
  const bool single = p == "gauge" || p == "pie" || p == "donut" || p == "funnel";
  if (single && measures > 1) return invalid_tile("measures", "wrong_number", {{"max", "1"}});
  if (p == "gauge") return {};
  if (groups == 0) return invalid_tile("group_by", "required");
  if ((single || p == "column_line") && groups > 1)
    return invalid_tile("group_by", "wrong_number", {{"max", "1"}});
  if (p == "column_line" && measures != 2)
    return invalid_tile("measures", "wrong_number", {{"min", "2"}, {"max", "2"}});
  if (groups > 1 && measures > 1) return invalid_tile("measures", "wrong_number", {{"max", "1"}});
  if (p.starts_with("stacked") && groups < 2 && measures < 2)
    return invalid_tile("group_by", "wrong_number", {{"min", "2"}});
  return {};
}

Status check_comparison(const Definition& d) {
  if (!d.period.empty() && d.period_field.empty()) return invalid_tile("period_field", "required");
  if (d.comparison.empty()) return {};
  if (d.comparison == "selection")
    return d.presentation == "number" ? Status() : invalid_tile("comparison", "only_of_numbers");
  if (d.period_field.empty()) return invalid_tile("comparison", "needs_period");
  if (d.group_count() > 1 || d.is_list() || d.is_web())
    return invalid_tile("comparison", "not_with_two_groups");
  return {};
}

// Amounts in several currencies share no axis; a list shows each as it is.
Status check_currency(const Definition& d) {
  if (d.currency.empty()) return {};
  if (d.is_list()) return invalid_tile("currency", "not_of_lists");
  if (d.currency != "own") return {};
  if (d.presentation != "number") return invalid_tile("currency", "only_of_numbers");
  if (d.measure_count() > 1) return invalid_tile("measures", "wrong_number", {{"max", "1"}});
  return {};
}

// What has no meaning for numbers of another system would be passed over in silence.
Status check_external(const Definition& d) {
  constexpr std::array<std::string_view, 7> known = {"title",  "description",  "category", "source",
                                                     "target", "presentation", "scope"};
  for (const auto& [name, value] : d.json)
    if (!is_one_of(known, name)) return invalid_tile(name, "not_of_external");
  for (const std::string_view none : {"column_line", "funnel", "web"})
    if (d.presentation == none) return invalid_tile("presentation", "wrong_kind");
  return {};
}

Status read_words(const json::object& input, Definition& out) {
  out.presentation = TRY(word_member(input, "presentation", presentations));
  if (out.presentation.empty()) return invalid_tile("presentation", "required");
  if (auto scope = TRY(word_member(input, "scope", scopes)); !scope.empty()) out.scope = scope;
  TRY(read_comparison(input, out));
  TRY(read_currency(input, out));
  TRY(word_member(input, "category", categories));
  out.record_type = TRY(text_member(input, "record_type", word_max));
  out.filter = TRY(text_member(input, "filter", filter_max));
  out.period_field = TRY(text_member(input, "period_field", word_max));
  out.period = TRY(text_member(input, "period", word_max));
  out.country_field = TRY(text_member(input, "country_field", word_max));
  out.sort = TRY(text_member(input, "sort", word_max));
  out.url = TRY(text_member(input, "url", limits::url_max));
  return {};
}

}  // namespace

Error invalid_tile(std::string_view member, std::string_view code,
                   std::map<std::string, std::string> params) {
  return field_error("dashboards/invalid_tile", std::string(member), std::string(code),
                     std::move(params));
}

std::size_t Definition::group_count() const {
  const auto* groups = json.if_contains("group_by");
  return groups && groups->is_array() ? groups->get_array().size() : 0;
}

std::size_t Definition::measure_count() const {
  const auto* measures = json.if_contains("measures");
  return measures && measures->is_array() ? std::max<std::size_t>(measures->get_array().size(), 1)
                                          : 1;
}

Result<Definition> parse_definition(const json::object& given) {
  const json::object input = TRY(records::with_filter(given));
  Definition out;
  for (const auto& [name, value] : input) {
    if (!is_one_of(members, name)) return invalid_tile(name, "unknown_member");
    if (!value.is_null()) out.json[name] = value;
  }
  for (const auto* member : {"title", "description"}) TRY(check_labels(input, member));
  if (!out.json.contains("title")) return invalid_tile("title", "required");
  TRY(read_words(input, out));
  TRY(read_selection(input, out));
  TRY(read_numbers(input, out));
  TRY(read_columns(input, out));
  if (out.is_web()) return out;
  if (const auto* source = out.json.if_contains("source")) {
    TRY(check_external(out));
    out.source = TRY(parse_source(*source, out.presentation));
    return out;
  }
  if (out.record_type.empty()) return invalid_tile("record_type", "required");
  for (const auto* member : {"measures", "group_by"})
    if (const auto* list = out.json.if_contains(member); list && !list->is_array())
      return invalid_tile(member, "not_a_list");
  if (!out.is_list()) TRY(check_numbers_of(out));
  TRY(check_comparison(out));
  TRY(check_currency(out));
  return out;
}

namespace {

// Fields stand behind the host, so that none chooses where the frame leads.
Status check_merge_fields(std::string_view url, std::size_t host_end) {
  constexpr std::array<std::string_view, 6> known = {"user.id",       "user.name",  "user.email",
                                                     "user.language", "user.group", "token"};
  constexpr std::string_view record = "record.";
  if (url.substr(0, host_end).find_first_of("{}") != url.npos)
    return invalid_tile("url", "not_a_url");
  for (auto at = url.find_first_of("{}"); at != url.npos; at = url.find_first_of("{}", at)) {
    const auto end = url.find('}', at);
    const auto name = url.substr(at + 1, end == url.npos ? end : end - std::min(end, at + 1));
    const bool is_field = name.starts_with(record) && is_identifier(name.substr(record.size()));
    if (end == url.npos || end == at || (!is_field && !is_one_of(known, name)))
      return invalid_tile("url", "unknown_merge_field", {{"name", std::string(name)}});
    at = end + 1;
  }
  return {};
}

}  // namespace

Status check_url(std::string_view url) {
  constexpr std::string_view scheme = "https://";
  if (url.empty()) return {};
  if (lower_ascii(url.substr(0, scheme.size())) != scheme) return invalid_tile("url", "not_https");
  const auto rest = url.substr(scheme.size());
  const bool has_host = !rest.empty() && std::string_view("/?#:@").find(rest[0]) == rest.npos;
  if (!has_host || url.find_first_of(" \t\r\n\"<>\\") != url.npos)
    return invalid_tile("url", "not_a_url");
  return check_merge_fields(url, std::min(url.find_first_of("/?#", scheme.size()), url.size()));
}

std::string in_language(const json::value* labels, std::string_view language) {
  if (!labels) return {};
  if (labels->is_string()) return std::string(labels->get_string());
  if (!labels->is_object()) return {};
  const auto& o = labels->get_object();
  for (const std::string_view wanted : {language, std::string_view("en")})
    if (const auto* text = o.if_contains(wanted); text && text->is_string())
      return std::string(text->get_string());
  return o.empty() || !o.begin()->value().is_string()
             ? std::string()
             : std::string(o.begin()->value().get_string());
}

std::string title_of(const Definition& definition, std::string_view language) {
  return in_language(definition.json.if_contains("title"), language);
}

}  // namespace fokus::dashboards
