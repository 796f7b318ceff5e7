// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/locale.hpp"
#include "records/criteria.hpp"

namespace fokus::records {

// What a written term means for a field: exact numbers, folded text, days and moments, ids.

// A number times 10^scale, rounded down. `exact` is false when digits were lost, so that
// `amount gt 10.005` can still be answered with whole minor units.
struct Scaled {
  std::int64_t floor = 0;
  bool exact = true;
};
std::optional<Scaled> scale_term(const Term& term, int scale);

// The text of a term; whole numbers count (postcode eq 8000). Nothing for the rest.
std::optional<std::string> term_text(const Term& term);
// "+45 12 34", not "anna@x.dk" and not "Nørregade 12".
bool looks_like_phone(std::string_view text);
// The text in the form that the folded column of a field of this kind holds.
std::string fold_term(FieldKind kind, const std::string& text);

// The ids that a term of a link, user or group field stands for: 5, me, my_group, my_groups. `kind`
// as kind_of_ids() has it.
std::optional<std::vector<std::int64_t>> term_ids(const Term& term, FieldKind kind,
                                                  const access::Actor& actor);

// 1 … 7 of Op::weekday, 0 … 23 of Op::hour.
std::optional<std::int64_t> clock_term(Op op, const Term& term);

// Both ends included.
struct Days {
  Date first, last;
};
// From the first millisecond to before the second.
struct Moments {
  std::int64_t from = 0, to = 0;
};

// The calendar of the one who asks: days begin at their midnight, weeks and fiscal years as the
// installation has it.
class Calendar {
 public:
  Calendar(Instant now, const std::string& time_zone, const Installation& installation = {});
  // today, this_quarter, last(30 days), 2026-01-01. last(n) and next(n) hold today as well: from
  // the day n units ago to the end of today. Nothing for hours and other terms.
  std::optional<Days> days(const Term& term) const;
  // The same as moments; also now, last(3 hours) and RFC 3339 text. Without an offset that is a
  // time of this calendar's clock: the earlier one when it comes twice, the end of the gap when it
  // is skipped.
  std::optional<Moments> moments(const Term& term) const;

 private:
  std::optional<Days> period(const Symbol& symbol) const;

  Instant now_;
  TimeZone zone_;
  Date today_;
  int first_day_of_week_, fiscal_year_start_month_;
};

}  // namespace fokus::records
