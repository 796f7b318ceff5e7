// SPDX-License-Identifier: Apache-2.0
#include "features/registers/check_digits.hpp"

#include <gtest/gtest.h>

namespace fokus::registers {
namespace {

using V = NumberVerdict;

TEST(CheckDigits, DanishAndNorwegianNumbers) {
  EXPECT_EQ(check_number("dk_cvr", "13585628"), V::sound);
  EXPECT_EQ(check_number("dk_cvr", "13 58 56 28"), V::sound);
  EXPECT_EQ(check_number("dk_cvr", "13585627"), V::wrong_check);
  EXPECT_EQ(check_number("dk_cvr", "1358562"), V::wrong_form);
  EXPECT_EQ(check_number("dk_cvr", "1358562A"), V::wrong_form);
  EXPECT_EQ(check_number("no_org", "988077917"), V::sound);
  EXPECT_EQ(check_number("no_org", "923 609 016"), V::sound);
  EXPECT_EQ(check_number("no_org", "988077918"), V::wrong_check);
}

TEST(CheckDigits, Leis) {
  EXPECT_EQ(check_number("lei", "213800KUD8LAJWSQ9D15"), V::sound);
  EXPECT_EQ(check_number("lei", "213800KUD8LXJWSQ9D15"), V::wrong_check);
  EXPECT_EQ(check_number("lei", "213800KUD8LAJWSQ9D1"), V::wrong_form);
}

TEST(CheckDigits, VatNumbersOfManyCountries) {
  for (const char* sound : {"DK 13585628", "DE 136 695 976", "NO988077917MVA", "SE123456789701",
                            "FR40303265045", "ATU13585627", "NL004495445B01", "GB980780684",
                            "IE6433435F", "ESX9999999X", "CHE-123.456.788 MWST", "EL094259216"})
    EXPECT_EQ(check_number("vat", sound), V::sound) << sound;
  EXPECT_EQ(check_number("vat", "DE136695978"), V::wrong_check);
  EXPECT_EQ(check_number("vat", "DK13585627"), V::wrong_check);
  EXPECT_EQ(check_number("vat", "XX123"), V::wrong_form);
  EXPECT_EQ(check_number("vat", "SE1234567897"), V::wrong_form);
  EXPECT_EQ(check_number("colour", "1"), V::unknown_kind);
}

TEST(CheckDigits, SuggestsWhatWasMeant) {
  const auto swapped = suggest_numbers("dk_cvr", "13586528");
  EXPECT_EQ(swapped.at(0), "13585628");
  for (const auto& one : swapped) EXPECT_EQ(check_number("dk_cvr", one), V::sound);
  EXPECT_TRUE(suggest_numbers("dk_cvr", "13585628").empty());
  EXPECT_TRUE(suggest_numbers("dk_cvr", "12").empty());
  const auto wrong = suggest_numbers("no_org", "988077916");
  EXPECT_NE(std::find(wrong.begin(), wrong.end(), "988077917"), wrong.end());
}

}  // namespace
}  // namespace fokus::registers
