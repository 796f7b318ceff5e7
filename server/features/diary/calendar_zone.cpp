// SPDX-License-Identifier: Apache-2.0
#include <unicode/unistr.h>
#include <unicode/vtzone.h>

#include <memory>

#include "base/text.hpp"
#include "features/diary/feed.hpp"

namespace fokus::diary {
namespace {

// Far enough back that the time that holds at the first appointment has begun.
constexpr std::int64_t lead_ms = 400 * ms_per_day;
constexpr std::size_t offset_line = std::string_view("TZOFFSETTO:+020000").size();

// Without what is ICU's own and the names that it makes up, and offsets as most programs read them:
// hours and minutes.
std::string plain_line(std::string_view line) {
  if (line.starts_with("X-") || line.starts_with("TZNAME") || line.empty()) return {};
  if (line.starts_with("TZOFFSET") && line.size() >= offset_line && line.ends_with("00"))
    line.remove_suffix(2);
  return std::string(line) + "\r\n";
}

}  // namespace

std::string render_zone(const TimeZone& zone, Instant from) {
  UErrorCode status = U_ZERO_ERROR;
  const auto id = icu::UnicodeString::fromUTF8(zone.name());
  const std::unique_ptr<icu::VTimeZone> rules(icu::VTimeZone::createVTimeZoneByID(id));
  if (!rules) return {};
  icu::UnicodeString text;
  rules->write(static_cast<UDate>(from.ms - lead_ms), text, status);
  if (U_FAILURE(status)) return {};
  std::string written, out;
  text.toUTF8String(written);
  const std::string lines = replace_all(written, "\r", "");
  for (const auto line : split(lines, '\n')) out += plain_line(line);
  return out;
}

}  // namespace fokus::diary
