// SPDX-License-Identifier: Apache-2.0
#include "records/phone_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/locale.hpp"

namespace fokus::records {
namespace {

// As the index does it: one of the typed forms begins one of the stored words.
bool finds(std::string_view typed, std::string_view stored) {
  const auto words = phone_words(fold_phone(stored));
  const auto forms = phone_query_words(typed);
  return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(form); });
  });
}

TEST(PhoneWords, EveryFormFindsEveryOther) {
  const std::vector<std::vector<std::string>> numbers = {
      {"33 12 45 67", "+45 33124567", "004533124567", "45 33 12 45 67", "+45 (0)33 12 45 67"},
      {"08-765 43 21", "+46 8 765 43 21", "0046 8 7654321", "+46 (0)8 765 43 21"},
      {"030 901820", "+49 30 901820", "0049-30-901820"},
      {"22 12 34 56", "+47 22123456"},
      {"020 7946 0958", "+44 20 7946 0958"},
      {"555 1234", "+354 555 1234"},
      {"09 1234567", "+358 9 1234567"}};
  for (const auto& forms : numbers)
    for (const auto& stored : forms)
      for (const auto& typed : forms)
        EXPECT_TRUE(finds(typed, stored)) << typed << " of " << stored;
}

TEST(PhoneWords, PartsFindAndOthersDoNot) {
  EXPECT_TRUE(finds("33124", "+45 33 12 45 67"));
  EXPECT_TRUE(finds("+45 3312", "+45 33 12 45 67"));
  EXPECT_TRUE(finds("12345678", "+45 12 34 56 78"));
  EXPECT_FALSE(finds("33 12 45 68", "33 12 45 67"));
  EXPECT_FALSE(finds("+45 33 12 45 67", "+45 33 12 45 76"));
}

TEST(PhoneWords, KnowCountryCodes) {
  EXPECT_EQ(without_country("4533124567"), "33124567");
  EXPECT_EQ(without_country("12125550123"), "2125550123");
  EXPECT_EQ(without_country("35891234567"), "91234567");
  EXPECT_EQ(without_country("4512"), "");
}

}  // namespace
}  // namespace fokus::records
