// SPDX-License-Identifier: Apache-2.0
#include "records/number_forms.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/locale.hpp"
#include "records/criteria_terms.hpp"

namespace fokus::records {
namespace {

bool agree(FieldKind kind, const std::string& typed, const std::string& written) {
  const std::string folded =
      kind == FieldKind::phone ? fold_phone(written) : fold_term(kind, written);
  for (const auto& asked : typed_readings(kind, typed))
    for (const auto& stored : stored_readings(kind, folded)) {
      const bool one_country =
          asked.country.empty() || stored.country.empty() || asked.country == stored.country;
      if (one_country && asked.rest == stored.rest) return true;
    }
  return false;
}

TEST(NumberForms, OneTelephoneNumberInEveryForm) {
  const std::vector<std::vector<std::string>> numbers = {
      {"33 12 45 67", "+45 33124567", "004533124567", "45 33 12 45 67", "+45 (0)33 12 45 67"},
      {"08-765 43 21", "+46 8 765 43 21", "0046 8 7654321"},
      {"020 7946 0958", "+44 20 7946 0958", "+44 020 7946 0958"},
      {"555 1234", "+354 555 1234"},
      {"123456", "+298 123456"}};
  for (const auto& forms : numbers)
    for (const auto& typed : forms)
      for (const auto& written : forms)
        EXPECT_TRUE(agree(FieldKind::phone, typed, written)) << typed << " | " << written;
}

TEST(NumberForms, OtherNumbersStayOthers) {
  EXPECT_FALSE(agree(FieldKind::phone, "+45 33 12 45 67", "+46 33 12 45 67"));
  EXPECT_FALSE(agree(FieldKind::phone, "33 12 45 67", "33 12 45 68"));
  EXPECT_FALSE(agree(FieldKind::phone, "112", "4512 112 112"));
  EXPECT_FALSE(agree(FieldKind::phone, "45", "4533124567"));
  EXPECT_FALSE(agree(FieldKind::phone, "anna@example.dk", "33124567"));
  EXPECT_TRUE(typed_readings(FieldKind::phone, "Nørregade 12").empty());
  EXPECT_TRUE(typed_readings(FieldKind::phone, "").empty());
}

TEST(NumberForms, RegistrationNumbersWithTheirCountryAndWithout) {
  constexpr auto kind = FieldKind::registration_number;
  EXPECT_TRUE(agree(kind, "DK 12 34 56 78", "12345678"));
  EXPECT_TRUE(agree(kind, "12345678", "dk-12345678"));
  EXPECT_FALSE(agree(kind, "SE12345678", "DK12345678"));
  EXPECT_FALSE(agree(kind, "12345678", "QQ12345678"));  // no country
  EXPECT_FALSE(agree(kind, "DETAIL123", "TAIL123"));    // a word, not Germany
}

// Otherwise what is behind a country would depend on the order of the list.
TEST(NumberForms, NoTelephoneCodeBeginsAnother) {
  std::vector<std::string> all;
  for (std::size_t length = 1; length <= 3; ++length)
    for (const auto& code : number_countries(FieldKind::phone, length)) all.push_back(code);
  EXPECT_GT(all.size(), 250U);
  for (const auto& one : all)
    for (const auto& other : all)
      EXPECT_TRUE(one == other || !other.starts_with(one)) << one << " " << other;
}

}  // namespace
}  // namespace fokus::records
