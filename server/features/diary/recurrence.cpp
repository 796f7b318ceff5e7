// SPDX-License-Identifier: Apache-2.0
#include "features/diary/recurrence.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace fokus::diary {
namespace {

constexpr std::array weekdays =
    std::to_array<std::string_view>({"MO", "TU", "WE", "TH", "FR", "SA", "SU"});
constexpr int year_days_max = 366, year_weeks_max = 53, month_days_max = 31, month_weeks_max = 5;
constexpr std::size_t date_length = 8, instant_length = 16;  // 20261231, 20261231T225959Z

enum Frequency : unsigned { daily = 1, weekly = 2, monthly = 4, yearly = 8, any = 15 };
constexpr std::array frequencies = std::to_array<std::pair<std::string_view, Frequency>>(
    {{"DAILY", daily}, {"WEEKLY", weekly}, {"MONTHLY", monthly}, {"YEARLY", yearly}});

Error invalid(std::string code) {
  return field_error("diary/invalid_recurrence", "recurrence", std::move(code));
}

std::optional<int> number_of(std::string_view text) {
  int out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || failed != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return out;
}

bool is_number(std::string_view text, int most) {
  const auto number = number_of(text);
  return number && *number >= 1 && *number <= most;
}

// From the beginning, or with a minus from the end.
bool is_signed_number(std::string_view text, int most) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return is_number(text, most);
}

bool is_weekday(std::string_view text) {
  return std::find(weekdays.begin(), weekdays.end(), text) != weekdays.end();
}

// "MO"; of a month or a year also "2MO" and "-1FR".
bool is_day(std::string_view text, unsigned frequency) {
  if (text.size() < 2 || !is_weekday(text.substr(text.size() - 2))) return false;
  text.remove_suffix(2);
  if (text.empty()) return true;
  if (!(frequency & (monthly | yearly))) return false;
  return is_signed_number(text, frequency == yearly ? year_weeks_max : month_weeks_max);
}

bool is_list(std::string_view text, bool (*fits)(std::string_view, unsigned), unsigned frequency) {
  const auto items = split(text, ',');
  return std::all_of(items.begin(), items.end(),
                     [&](std::string_view item) { return fits(item, frequency); });
}

template <int Most>
bool is_signed(std::string_view text, unsigned) {
  return is_signed_number(text, Most);
}
bool is_month(std::string_view text, unsigned) {
  return is_number(text, 12);
}
bool is_week_start(std::string_view text, unsigned) {
  return is_weekday(text);
}
bool is_interval(std::string_view text, unsigned) {
  return is_number(text, limits::interval_max);
}

struct Part {
  std::string_view name;
  bool (*fits)(std::string_view item, unsigned frequency);
  unsigned frequencies;  // RFC 5545: what makes sense with which
  bool is_list = true;
};
constexpr std::array parts = std::to_array<Part>({
    {"INTERVAL", is_interval, any, false},
    {"BYMONTH", is_month, any},
    {"BYWEEKNO", is_signed<year_weeks_max>, yearly},
    {"BYYEARDAY", is_signed<year_days_max>, yearly},
    {"BYMONTHDAY", is_signed<month_days_max>, daily | monthly | yearly},
    {"BYDAY", is_day, any},
    {"BYSETPOS", is_signed<year_days_max>, weekly | monthly | yearly},
    {"WKST", is_week_start, any, false},
});

struct Given {
  std::string_view name, value;
};

Result<std::vector<Given>> split_parts(std::string_view text) {
  std::vector<Given> out;
  for (const auto one : split(text, ';')) {
    const auto equals = one.find('=');
    if (equals == one.npos || equals + 1 == one.size()) return invalid("not_a_rule");
    const Given given{one.substr(0, equals), one.substr(equals + 1)};
    if (std::any_of(out.begin(), out.end(), [&](const auto& o) { return o.name == given.name; }))
      return invalid("repeated");
    out.push_back(given);
  }
  return out;
}

Result<unsigned> frequency_of(const std::vector<Given>& given) {
  for (const auto& one : given)
    if (one.name == "FREQ")
      for (const auto& [name, frequency] : frequencies)
        if (name == one.value) return unsigned{frequency};
  return invalid("unknown_frequency");
}

Status take_until(std::string_view text, Recurrence& out) {
  const auto plain = [&](std::size_t at, std::size_t size) { return text.substr(at, size); };
  if (text.size() != date_length && text.size() != instant_length) return invalid("not_a_rule");
  const std::string day =
      std::string(plain(0, 4)) + "-" + std::string(plain(4, 2)) + "-" + std::string(plain(6, 2));
  if (text.size() == date_length) {
    out.until_date = parse_date(day);
    return out.until_date ? Status() : Status(invalid("not_a_rule"));
  }
  const std::string time = std::string(plain(9, 2)) + ":" + std::string(plain(11, 2)) + ":" +
                           std::string(plain(13, 2)) + "Z";
  if (text[8] != 'T' || text[15] != 'Z') return invalid("not_a_rule");
  out.until = parse_instant(day + "T" + time);
  return out.until ? Status() : Status(invalid("not_a_rule"));
}

Status take_end(const Given& given, Recurrence& out) {
  if (out.count || out.until || out.until_date) return invalid("two_ends");
  if (given.name == "UNTIL") return take_until(given.value, out);
  if (!is_number(given.value, limits::count_max)) return invalid("out_of_range");
  out.count = *number_of(given.value);
  return {};
}

Status take_part(const Given& given, unsigned frequency, Recurrence& out) {
  const auto known = std::find_if(parts.begin(), parts.end(),
                                  [&](const Part& part) { return part.name == given.name; });
  if (known == parts.end()) return invalid("unknown_part");
  if (!(known->frequencies & frequency)) return invalid("not_with_frequency");
  const bool fits = known->is_list ? is_list(given.value, known->fits, frequency)
                                   : known->fits(given.value, frequency);
  if (!fits) return invalid("out_of_range");
  out.pattern += ";" + std::string(given.name) + "=" + std::string(given.value);
  return {};
}

// BYSETPOS chooses among what the others say; the second Monday is one of a month or a year, and of
// no other set.
Status check_together(const Recurrence& rule) {
  const auto days = part_of(rule, "BYDAY");
  const bool has_others = !part_of(rule, "BYMONTHDAY").empty() ||
                          !part_of(rule, "BYYEARDAY").empty() || !part_of(rule, "BYWEEKNO").empty();
  if (!part_of(rule, "BYSETPOS").empty() && days.empty() && !has_others)
    return invalid("nothing_to_choose_from");
  const bool is_numbered = days.find_first_of("0123456789") != days.npos;
  return is_numbered && has_others ? Status(invalid("not_with_frequency")) : Status();
}

std::string render_until(Instant until) {
  std::string out;
  for (const char c : render_instant(until).substr(0, 19))  // 2026-12-31T22:59:59
    if (c != '-' && c != ':') out += c;
  return out + "Z";
}

}  // namespace

Result<Recurrence> parse_recurrence(std::string_view text) {
  if (text.size() > limits::rule_bytes_max) return invalid("too_long");
  std::string capitals(trim(text));
  for (char& c : capitals)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  std::string_view rest = capitals;
  if (rest.starts_with("RRULE:")) rest.remove_prefix(6);
  const auto given = TRY(split_parts(rest));
  const auto frequency = TRY(frequency_of(given));
  Recurrence out;
  for (const auto& [name, bit] : frequencies)
    if (bit == frequency) out.pattern = "FREQ=" + std::string(name);
  for (const auto& one : given) {
    if (one.name == "FREQ") continue;
    if (one.name == "COUNT" || one.name == "UNTIL")
      TRY(take_end(one, out));
    else
      TRY(take_part(one, frequency, out));
  }
  TRY(check_together(out));
  return out;
}

std::string render_recurrence(const Recurrence& rule) {
  if (rule.count) return rule.pattern + ";COUNT=" + std::to_string(rule.count);
  if (rule.until) return rule.pattern + ";UNTIL=" + render_until(*rule.until);
  if (!rule.until_date) return rule.pattern;
  return rule.pattern + ";UNTIL=" + replace_all(render_date(*rule.until_date), "-", "");
}

std::string_view part_of(const Recurrence& rule, std::string_view name) {
  for (const auto one : split(rule.pattern, ';'))
    if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
      return one.substr(name.size() + 1);
  return {};
}

}  // namespace fokus::diary
