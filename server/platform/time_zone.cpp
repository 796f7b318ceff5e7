// SPDX-License-Identifier: Apache-2.0
#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "base/check.hpp"
#include "platform/locale.hpp"

namespace fokus {
namespace detail {

struct ZoneRules {
  std::unique_ptr<icu::TimeZone> owner;
  const icu::BasicTimeZone* zone = nullptr;
};

}  // namespace detail

namespace {

constexpr std::size_t zone_name_max = 64;

std::int64_t floor_days(std::int64_t ms) {
  return ms / ms_per_day - (ms % ms_per_day < 0 ? 1 : 0);
}

}  // namespace

// ICU reads its data anew for each zone made, and every save asks for one. Only zones that exist
// are kept, so what strangers send cannot fill it.
std::optional<TimeZone> TimeZone::find(std::string_view name) {
  static std::shared_mutex mutex;
  static std::unordered_map<std::string, TimeZone> known;
  {
    std::shared_lock lock(mutex);
    if (const auto at = known.find(std::string(name)); at != known.end()) return at->second;
  }
  auto made = make(name);
  if (made) {
    std::unique_lock lock(mutex);
    known.emplace(name, *made);
  }
  return made;
}

std::optional<TimeZone> TimeZone::make(std::string_view name) {
  if (name.empty() || name.size() > zone_name_max) return std::nullopt;
  const auto id = icu::UnicodeString::fromUTF8({name.data(), int(name.size())});
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString canonical;
  UBool is_system = false;  // "GMT+3:17" would be understood, but is no place
  icu::TimeZone::getCanonicalID(id, canonical, is_system, status);
  if (U_FAILURE(status) || !is_system) return std::nullopt;
  auto rules = std::make_shared<detail::ZoneRules>();
  rules->owner.reset(icu::TimeZone::createTimeZone(id));
  rules->zone = dynamic_cast<const icu::BasicTimeZone*>(rules->owner.get());
  if (rules->zone == nullptr || *rules->owner == icu::TimeZone::getUnknown()) return std::nullopt;
  return TimeZone(std::string(name), std::move(rules));
}

TimeZone TimeZone::utc() {
  auto zone = find("UTC");
  CHECK(zone.has_value());
  return *zone;
}

std::int64_t TimeZone::offset_ms(Instant instant) const {
  std::int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  rules_->zone->getOffset(static_cast<UDate>(instant.ms), false, raw, saving, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot tell a time-zone offset");
  return raw + saving;
}

Date TimeZone::date_of(Instant instant) const {
  return date_from_days(floor_days(instant.ms + offset_ms(instant)));
}

std::int64_t TimeZone::time_of_day_ms(Instant instant) const {
  const std::int64_t local = instant.ms + offset_ms(instant);
  return local - floor_days(local) * ms_per_day;
}

Instant TimeZone::instant_of(Date date, std::int64_t time_of_day_ms) const {
  const std::int64_t local = days_from_epoch(date) * ms_per_day + time_of_day_ms;
  std::int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  // By the offset that held before: of two such times it is the first, and a skipped one falls
  // behind the gap by as much as it lay inside it.
  rules_->zone->getOffsetFromLocal(static_cast<UDate>(local), UCAL_TZ_LOCAL_FORMER,
                                   UCAL_TZ_LOCAL_FORMER, raw, saving, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot tell a local time");
  return {local - raw - saving};
}

}  // namespace fokus
