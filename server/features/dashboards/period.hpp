// SPDX-License-Identifier: Apache-2.0
// Stretches of days: which ones a tile is about, and which ones it is compared with. Pure.
#pragma once
#include <optional>
#include <string>

#include "records/criteria_terms.hpp"

namespace fokus::dashboards {

// this_month, last(90 days), next(2 quarters) …: the words of criteria; also year_to_date,
// quarter_to_date, month_to_date, fiscal_year_to_date, fiscal_quarter_to_date and
// 2026-01-01..2026-03-31. Weeks and fiscal years begin as the installation has it.
struct Period {
  std::string text;
  records::Days days;
  std::optional<records::Term> term;  // when criteria have a word for it
  records::Installation installation = {};
};

// Nothing for other texts.
std::optional<Period> parse_period(std::string_view text, Instant now, const std::string& zone,
                                   const records::Installation& installation = {});

// The days before, or the same days a year earlier.
records::Days compared_days(const Period& period, std::string_view comparison);

// "closed_on in this_month", "closed_on between 2026-01-01 and 2026-11-25".
records::NodePtr period_node(const std::string& path, const Period& period);
records::NodePtr days_node(const std::string& path, const records::Days& days);

}  // namespace fokus::dashboards
