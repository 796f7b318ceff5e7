// SPDX-License-Identifier: Apache-2.0
#include "platform/phone.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace fokus {
namespace {

TEST(Phone, OneNumberInEveryForm) {
  for (const auto* text : {"33 12 34 56", "33123456", "+45 33 12 34 56", "0045 33123456",
                           "(+45) 33-12-34-56", "33.12.34.56", "33 12 34 56 lok. 7"}) {
    const auto number = read_phone(text, "dk");
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->e164, "+4533123456") << text;
    EXPECT_EQ(number->shown, "+45 33 12 34 56") << text;
    EXPECT_EQ(number->country, "DK") << text;
    EXPECT_TRUE(number->valid) << text;
  }
}

TEST(Phone, NationalPrefixGoesAndComesBack) {
  const auto number = read_phone("08-505 080 00", "SE");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->e164, "+46850508000");
  EXPECT_EQ(shown_phone("+46850508000", "SE"), "08-505 080 00");
  EXPECT_EQ(shown_phone("+46850508000", "DK"), "+46 8 505 080 00");
}

TEST(Phone, ItalianZeroStays) {
  const auto number = read_phone("06 698 12345", "IT");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->e164, "+390669812345");
}

TEST(Phone, WithoutACountryOnlyInternationalOnesAreRead) {
  EXPECT_FALSE(read_phone("33 12 34 56", ""));
  EXPECT_FALSE(read_phone("33 12 34 56", "Denmark"));
  ASSERT_TRUE(read_phone("+4533123456", ""));
}

TEST(Phone, WrongLengthIsNotValid) {
  const auto number = read_phone("+45 33 12 34", "DK");
  ASSERT_TRUE(number);
  EXPECT_FALSE(number->valid);
}

TEST(Phone, WhatIsNoNumber) {
  for (const auto* text : {"", "1", "ring til Jens", "jens@example.com", "\xff\xfe", "+", "++45"})
    EXPECT_FALSE(read_phone(text, "DK")) << text;
  EXPECT_FALSE(read_phone(std::string(phone_text_limit + 1, '1'), "DK"));
  EXPECT_EQ(shown_phone("ring til Jens", "DK"), "ring til Jens");
}

TEST(Phone, ManyThreadsMayAskFirst) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] { EXPECT_TRUE(read_phone("+4533123456", "DK")); });
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace fokus
