// SPDX-License-Identifier: Apache-2.0
#include "platform/national_ids.hpp"

#include <gtest/gtest.h>

namespace fokus {
namespace {

// Numbers of a day that does not come, or of nobody: the sequence numbers are invented.
std::string kinds_in(std::string_view text) {
  std::string out;
  for (const auto& one : find_national_ids(text))
    out += std::string(national_id_kind_name(one.kind)) + ":" +
           std::string(text.substr(one.begin, one.size)) + ";";
  return out;
}

TEST(NationalIds, DanishOnesAreFoundByTheirDate) {
  EXPECT_EQ(kinds_in("CPR 010190-1234."), "dk_cpr:010190-1234;");
  EXPECT_EQ(kinds_in("0101901234"), "dk_cpr:0101901234;");
  EXPECT_EQ(kinds_in("cpr0101901234 ring"), "dk_cpr:0101901234;");
  EXPECT_EQ(kinds_in("010190 1234 og 311299-0000"), "dk_cpr:010190 1234;dk_cpr:311299-0000;");
  EXPECT_EQ(kinds_in("010190\xE2\x80\x93"
                     "1234"),
            "dk_cpr:010190\xE2\x80\x93"
            "1234;");
  for (const std::string separator : {"\xC2\xA0", "\xE2\x80\x90", "\xE2\x80\x91"})
    EXPECT_EQ(kinds_in("010190" + separator + "1234"), "dk_cpr:010190" + separator + "1234;");
  EXPECT_EQ(kinds_in("610190-1234"), "dk_cpr:610190-1234;");  // given out in place of one
}

TEST(NationalIds, WhatIsNoDayIsNone) {
  EXPECT_EQ(kinds_in("320190-1234"), "");
  EXPECT_EQ(kinds_in("011390-1234"), "");
  EXPECT_EQ(kinds_in("310490-1234"), "");
  EXPECT_EQ(kinds_in("290201-0123"), "");  // 1901 was no leap year
  EXPECT_EQ(kinds_in("290200-4123"), "dk_cpr:290200-4123;");
}

TEST(NationalIds, OtherNumbersAreLeftAlone) {
  EXPECT_EQ(kinds_in("+4512345678"), "");
  EXPECT_EQ(kinds_in("+0101901234"), "");
  EXPECT_EQ(kinds_in("01019012345678"), "");
  EXPECT_EQ(kinds_in("010190-12345678"), "");
  EXPECT_EQ(kinds_in("12.0101901234"), "");
  EXPECT_EQ(kinds_in("0101901234.0201901234"), "dk_cpr:0101901234;dk_cpr:0201901234;");
  EXPECT_EQ(kinds_in("010190"), "");
  EXPECT_EQ(kinds_in(""), "");
}

TEST(NationalIds, NorwegianOnesNeedTheirCheckDigits) {
  EXPECT_EQ(kinds_in("01819010001"), "no_fodselsnummer:01819010001;");
  EXPECT_EQ(kinds_in("018190 10001"), "no_fodselsnummer:018190 10001;");
  EXPECT_EQ(kinds_in("01819010002"), "");
  EXPECT_EQ(kinds_in("41019010110"), "no_fodselsnummer:41019010110;");
}

TEST(NationalIds, WhatIsIndexedHasNoneOfThem) {
  EXPECT_EQ(without_national_ids("Jens 010190-1234, 20 00 10 01"), "Jens  , 20 00 10 01");
  EXPECT_EQ(without_national_ids("Ordre 117"), "Ordre 117");
}

}  // namespace
}  // namespace fokus
