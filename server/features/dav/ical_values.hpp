// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "features/vcard/vcard.hpp"
#include "platform/locale.hpp"

// Values of iCalendar properties.
namespace fokus::dav {

struct Moment {
  Instant at;
  bool is_day = false;
  std::string zone = {};  // an IANA name; empty for UTC, days, and times without a zone
};

// Names that the file defines (TZID) → the place that a VTIMEZONE says it is (X-LIC-LOCATION).
using ZoneNames = std::map<std::string, std::string, std::less<>>;

// "20261130", "20261130T080000", "20261130T080000Z"; the line says the zone. Nothing for what is
// no time; `is_zone_unknown` tells why.
std::optional<Moment> parse_moment(const vcard::ContentLine& line, std::string_view value,
                                   const TimeZone& zone, const ZoneNames& names,
                                   bool& is_zone_unknown);
// "PT1H30M", "-P1D", "P2W" in milliseconds; at most ten years.
std::optional<std::int64_t> parse_duration(std::string_view text);
std::string render_minutes_before(std::int64_t minutes);  // "-PT15M"

std::string digits_of(Date day);                             // 20261130
std::string utc_digits(Instant at);                          // 20261130T080000Z
std::string local_digits(const TimeZone& zone, Instant at);  // 20261130T090000

}  // namespace fokus::dav
