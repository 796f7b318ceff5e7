// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace fokus {

namespace detail {
struct ZoneRules;
}

// The form in which names are compared and searched; both engines store it, so both find the same.
// Lower case; æ ä → ae, ø ö → oe, å → aa, ß → ss (so that "Ærø" and "Aeroe" meet); every other
// script to Latin, accents off ("Müller" → "muller", "Дмитрий" → "dmitrij"); white space runs
// become one space, none at the ends; control characters go. Thread-safe. Idempotent.
std::string fold(std::string_view text);

// The digits by which a phone number is found: "+45 12 34 56 78" and "0045 12345678" are both
// "4512345678". Digits of any script; "(0)" after a country code goes; an extension ("ext. 12",
// "x12", "lok. 12") is not part of it. Empty when the text has no digit.
std::string fold_phone(std::string_view text);

// The calendar of one place. Cheap to copy; thread-safe.
class TimeZone {
 public:
  // An IANA name ("Europe/Copenhagen", "UTC"); nothing when ICU does not know it.
  static std::optional<TimeZone> find(std::string_view name);
  static bool is_known(std::string_view name) { return find(name).has_value(); }
  static TimeZone utc();

  const std::string& name() const { return name_; }
  // What is added to UTC there at that moment.
  std::int64_t offset_ms(Instant instant) const;
  Date date_of(Instant instant) const;
  // Milliseconds of the wall clock since local midnight, 0 … 86,399,999.
  std::int64_t time_of_day_ms(Instant instant) const;
  // The first moment of that day there. Also right where midnight is skipped or comes twice.
  Instant midnight(Date date) const { return instant_of(date, 0); }
  // A wall-clock time; the earlier one when it comes twice, moved forward when it is skipped.
  Instant instant_of(Date date, std::int64_t time_of_day_ms) const;

 private:
  static std::optional<TimeZone> make(std::string_view name);
  TimeZone(std::string name, std::shared_ptr<const detail::ZoneRules> rules)
      : name_(std::move(name)), rules_(std::move(rules)) {}
  std::string name_;
  std::shared_ptr<const detail::ZoneRules> rules_;  // shared by all copies, never changes
};

}  // namespace fokus
