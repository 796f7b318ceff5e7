// SPDX-License-Identifier: Apache-2.0
#include "platform/figures.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace fokus {
namespace {

// Without the many kinds of spaces that do not break.
std::string plain(std::string text) {
  for (const char* space : {"\u00a0", "\u202f", "\u2009"})
    text = replace_all(std::move(text), space, " ");
  return text;
}

Figures of(std::string_view language) {
  return Figures(language, TimeZone::find("Europe/Copenhagen").value());
}

TEST(Figures, WritesNumbersAsTheLanguageDoes) {
  EXPECT_EQ(of("da").number(1234567.891), "1.234.567,89");
  EXPECT_EQ(of("en").number(1234567.891), "1,234,567.89");
  EXPECT_EQ(plain(of("sv").number(1234567)), "1 234 567");
  EXPECT_EQ(plain(of("da").percent(0.3456)), "34,6 %");
  EXPECT_EQ(of("en").percent(0.3456), "34.6%");
  EXPECT_EQ(of("xx").number(1.5), Figures("xx", TimeZone::utc()).number(1.5));
}

TEST(Figures, WritesMoneyWithItsCode) {
  const auto danish = plain(of("da").money(1250.5, "DKK"));
  EXPECT_NE(danish.find("1.250,50"), std::string::npos) << danish;
  EXPECT_NE(danish.find("DKK"), std::string::npos) << danish;
  EXPECT_EQ(plain(of("en").money(1250, "EUR")), "EUR 1,250");
  EXPECT_FALSE(of("de").money(1, "no").empty());
}

TEST(Figures, WritesDaysAndMomentsOfThePlace) {
  EXPECT_EQ(of("da").date({2026, 11, 27}), "27. nov. 2026");
  EXPECT_EQ(of("en").date({2026, 11, 27}), "27 Nov 2026");
  EXPECT_EQ(of("da").month({2026, 10, 1}), "okt. 2026");
  EXPECT_EQ(of("da").weekday(1), "mandag");
  EXPECT_EQ(of("de").weekday(7), "Sonntag");
  const auto moment = of("en").instant(*parse_instant("2026-11-27T07:05:00Z"));
  EXPECT_NE(moment.find("08:05"), std::string::npos) << moment;
  EXPECT_EQ(of("da").country("DK"), "Danmark");
  EXPECT_EQ(of("da").language("de"), "tysk");
}

}  // namespace
}  // namespace fokus
