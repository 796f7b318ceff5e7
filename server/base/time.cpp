// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <fmt/format.h>

#include <chrono>

namespace fokus {
namespace {

namespace chr = std::chrono;

bool read_digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (at + count > text.size()) return false;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  out = value;
  return true;
}

chr::year_month_day to_chrono(Date d) {
  return chr::year{d.year} / chr::month(static_cast<unsigned>(d.month)) /
         chr::day(static_cast<unsigned>(d.day));
}

Date from_chrono(chr::year_month_day ymd) {
  return {int(ymd.year()), int(unsigned(ymd.month())), int(unsigned(ymd.day()))};
}

// "Z" or "+hh:mm" at `at`; the offset in minutes east of UTC.
std::optional<int> read_offset(std::string_view text, std::size_t at) {
  if (at == text.size() || text.substr(at) == "Z" || text.substr(at) == "z") return 0;
  int hours = 0, minutes = 0;
  const bool shaped = text.size() == at + 6 && (text[at] == '+' || text[at] == '-') &&
                      text[at + 3] == ':' && read_digits(text, at + 1, 2, hours) &&
                      read_digits(text, at + 4, 2, minutes) && hours < 24 && minutes < 60;
  if (!shaped) return std::nullopt;
  const int total = hours * 60 + minutes;
  return text[at] == '-' ? -total : total;
}

}  // namespace

std::int64_t days_from_epoch(Date d) {
  return chr::sys_days(to_chrono(d)).time_since_epoch().count();
}

Date date_from_days(std::int64_t days) {
  return from_chrono(chr::year_month_day(chr::sys_days(chr::days(days))));
}

Date plus_days(Date date, int days) {
  return date_from_days(days_from_epoch(date) + days);
}

Date plus_months(Date date, int months) {
  auto ym =
      chr::year{date.year} / chr::month(static_cast<unsigned>(date.month)) + chr::months(months);
  auto ymd = ym / chr::day(static_cast<unsigned>(date.day));
  if (!ymd.ok()) return from_chrono(chr::year_month_day(ym / chr::last));
  return from_chrono(ymd);
}

int weekday(Date date) {
  return static_cast<int>(chr::weekday(chr::sys_days(to_chrono(date))).iso_encoding());
}

std::string render_date(Date d) {
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

std::optional<Date> parse_date(std::string_view text) {
  Date d;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!read_digits(text, 0, 4, d.year) || !read_digits(text, 5, 2, d.month) ||
      !read_digits(text, 8, 2, d.day))
    return std::nullopt;
  if (d.year < 1 || !to_chrono(d).ok()) return std::nullopt;
  return d;
}

std::string render_instant(Instant instant) {
  std::int64_t days = instant.ms / ms_per_day;
  std::int64_t rest = instant.ms % ms_per_day;
  if (rest < 0) rest += ms_per_day, --days;
  const Date d = date_from_days(days);
  if (d.year < 0 || d.year > 9999)
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", d.year, d.month, d.day,
                       rest / ms_per_hour, rest / ms_per_minute % 60, rest / ms_per_second % 60,
                       rest % 1000);
  // Every row of a list has a few of them: by hand it takes a tenth of the time.
  std::string out = "0000-00-00T00:00:00.000Z";
  const auto put = [&](std::size_t at, std::size_t digits, std::int64_t value) {
    for (std::size_t i = at + digits; i-- > at; value /= 10)
      out[i] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, d.year);
  put(5, 2, d.month);
  put(8, 2, d.day);
  put(11, 2, rest / ms_per_hour);
  put(14, 2, rest / ms_per_minute % 60);
  put(17, 2, rest / ms_per_second % 60);
  put(20, 3, rest % 1000);
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  const std::int64_t day_ms = days_from_epoch(*date) * ms_per_day;
  if (text.size() == 10) return Instant{day_ms};
  int hour = 0, minute = 0, second = 0;
  if ((text[10] != 'T' && text[10] != ' ') || !read_digits(text, 11, 2, hour) || text.size() < 16 ||
      text[13] != ':' || !read_digits(text, 14, 2, minute))
    return std::nullopt;
  std::size_t at = 16;
  if (at < text.size() && text[at] == ':') {
    if (!read_digits(text, at + 1, 2, second)) return std::nullopt;
    at += 3;
  }
  std::int64_t ms = 0;
  if (at < text.size() && text[at] == '.') {
    std::int64_t unit = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
      ms += (text[at] - '0') * unit;
  }
  const auto offset = read_offset(text, at);
  if (!offset || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const Instant instant{day_ms + hour * ms_per_hour + minute * ms_per_minute +
                        second * ms_per_second + ms - *offset * ms_per_minute};
  // The offset can lead out of the years that are written with four digits.
  const bool writable = instant.ms >= days_from_epoch({1, 1, 1}) * ms_per_day &&
                        instant.ms < days_from_epoch({10000, 1, 1}) * ms_per_day;
  return writable ? std::optional(instant) : std::nullopt;
}

}  // namespace fokus
