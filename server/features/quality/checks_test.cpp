// SPDX-License-Identifier: Apache-2.0
// The rules about single values, without records.
#include <gtest/gtest.h>

#include "features/quality/email_check.hpp"
#include "features/quality/name_checks.hpp"
#include "features/quality/number_checks.hpp"
#include "features/quality/places.hpp"

namespace fokus::quality {
namespace {

using S = Soundness;

TEST(QualityChecks, VatNumbersOfEveryMemberStateHaveTheirCheckDigits) {
  for (const char* sound :
       {"ATU13585627",    "BE0428759497", "BG175074752",    "CY10259033P",   "CZ25123891",
        "DE136695976",    "DK13585628",   "EE100931558",    "EL094259216",   "ES54362315K",
        "ESX2482300W",    "ESB58378431",  "FI20774740",     "FR40303265045", "HR33392005961",
        "HU12892312",     "IE6433435F",   "IE6433435OA",    "IT00743110157", "LT119511515",
        "LT100001919017", "LU15027442",   "LV40003521600",  "MT11679112",    "NL004495445B01",
        "NL002455799B11", "PL8567346215", "PT501964843",    "RO18547290",    "SE556703748501",
        "SI50223054",     "SK2022749619", "dk 13 58 56 28", "NO974760673"})
    EXPECT_EQ(check_vat(sound), S::sound) << sound;
  for (const char* wrong :
       {"ATU13585626",    "BE0428759498",   "BG175074753",   "CY10259033Q",   "CZ25123892",
        "DE136695977",    "DK13585629",     "EE100931559",   "EL094259217",   "ES54362315L",
        "ESB58378432",    "FI20774741",     "FR41303265045", "HR33392005962", "HU12892313",
        "IE6433435G",     "IT00743110158",  "LT119511516",   "LU15027443",    "LV40003521601",
        "MT11679113",     "NL004495446B01", "PL8567346216",  "PT501964844",   "RO18547291",
        "SE556703748601", "SI50223055",     "SK2022749618"})
    EXPECT_EQ(check_vat(wrong), S::wrong_check) << wrong;
  EXPECT_EQ(check_vat("DK1358562"), S::wrong_form);
  EXPECT_EQ(check_vat("13585628"), S::unknown);
  EXPECT_EQ(check_vat(""), S::unknown);
  EXPECT_EQ(vat_prefix("GR"), "EL");
  EXPECT_EQ(vat_prefix("US"), "");
}

TEST(QualityChecks, CompanyNumbersOfTheNorthHaveTheirCheckDigits) {
  EXPECT_EQ(check_company_number("DK", "13 58 56 28"), S::sound);
  EXPECT_EQ(check_company_number("DK", "13585629"), S::wrong_check);
  EXPECT_EQ(check_company_number("SE", "556703-7485"), S::sound);
  EXPECT_EQ(check_company_number("SE", "556703-7486"), S::wrong_check);
  EXPECT_EQ(check_company_number("FI", "2077474-0"), S::sound);
  EXPECT_EQ(check_company_number("FI", "2077474-1"), S::wrong_check);
  EXPECT_EQ(check_company_number("NO", "974 760 673"), S::sound);
  EXPECT_EQ(check_company_number("JP", "1"), S::unknown);
  EXPECT_EQ(shown_company_number("SE", "5567037485"), "556703-7485");
}

TEST(QualityChecks, AnIbanHasTheLengthOfItsCountry) {
  EXPECT_EQ(check_iban("DK50 0040 0440 1162 43"), S::sound);
  EXPECT_EQ(check_iban("SE45 5000 0000 0583 9825 7466"), S::sound);
  EXPECT_EQ(check_iban("DK50 0040 0440 1162 44"), S::wrong_check);
  EXPECT_EQ(check_iban("DK50 0040 0440 1162"), S::wrong_form);
  EXPECT_EQ(check_iban(""), S::wrong_form);
  EXPECT_EQ(shown_iban("dk5000400440116243"), "DK50 0040 0440 1162 43");
}

TEST(QualityChecks, AnEmailAddressCanBeSentTo) {
  for (const char* right : {"a@b.dk", "jens.hansen+x@nordlys.example", "søren@ærø.example"})
    EXPECT_TRUE(is_email(right)) << right;
  for (const char* wrong : {"", "a", "a@", "@b.dk", "a@b", "a..b@c.dk", ".a@c.dk", "a@c..dk",
                            "a@-c.dk", "a b@c.dk", "a@c.1", "a@c.d"})
    EXPECT_FALSE(is_email(wrong)) << wrong;
}

TEST(QualityChecks, WhatWasMeantByAnEmailAddressIsSuggested) {
  EXPECT_EQ(suggest_email("jens@gmial.com"), "jens@gmail.com");
  EXPECT_EQ(suggest_email("jens@nordlys,example"), "jens@nordlys.example");
  EXPECT_EQ(suggest_email("mailto:jens@nordlys.example"), "jens@nordlys.example");
  EXPECT_EQ(suggest_email("jens@nordlys..example."), "jens@nordlys.example");
  EXPECT_EQ(suggest_email("jens@nordlys.example"), "");
  EXPECT_EQ(suggest_email("jens"), "");
  EXPECT_EQ(find_email("Jens <jens@nordlys.example>, salg"), "jens@nordlys.example");
  EXPECT_EQ(find_email("ring @ mig"), "");
}

TEST(QualityChecks, NamesAreWrittenAsPeopleWriteThem) {
  EXPECT_EQ(proper_case("JENS HANSEN"), "Jens Hansen");
  EXPECT_EQ(proper_case("ANNE-GRETHE VON HOLST"), "Anne-Grethe von Holst");
  EXPECT_EQ(proper_case("MCDONALD"), "McDonald");
  EXPECT_EQ(proper_case("O'BRIEN"), "O'Brien");
  EXPECT_EQ(proper_case("ØSTERGÅRD ÆBLE"), "Østergård Æble");
  EXPECT_EQ(proper_case("J.P. HANSEN"), "J.P. Hansen");
  EXPECT_EQ(proper_case("KARL II"), "Karl II");
  EXPECT_EQ(proper_case("jens hansen"), "Jens Hansen");
  EXPECT_EQ(proper_case("Jens Hansen"), "Jens Hansen");
  EXPECT_EQ(case_of_name("JENS"), NameCase::capitals);
  EXPECT_EQ(case_of_name("jens"), NameCase::small_letters);
  EXPECT_EQ(case_of_name("Jens"), NameCase::mixed);
  EXPECT_EQ(case_of_name("BO"), NameCase::mixed);
  EXPECT_EQ(case_of_name("李小龙"), NameCase::mixed);
}

TEST(QualityChecks, SpacesTooManyGo) {
  EXPECT_EQ(with_single_spaces("  Jens \t  Hansen\xC2\xA0"), "Jens Hansen");
  EXPECT_EQ(with_single_spaces_in_lines("en  linje \n\n to"), "en linje\n\nto");
}

TEST(QualityChecks, SwappedNamesAreFoundByHowNamesAreUsed) {
  const NameCounts none;
  EXPECT_TRUE(are_names_swapped(none, "hansen", "jens"));
  EXPECT_FALSE(are_names_swapped(none, "jens", "hansen"));
  EXPECT_FALSE(are_names_swapped(none, "martin", "peter"));
  EXPECT_FALSE(are_names_swapped(none, "", "jens"));
  const NameCounts here{{"toft", {0, 50}}, {"yrsa", {20, 0}}};
  EXPECT_TRUE(are_names_swapped(here, "toft", "yrsa"));
  EXPECT_FALSE(are_names_swapped(here, "yrsa", "toft"));
}

TEST(QualityChecks, PostcodesHaveTheFormOfTheirCountry) {
  EXPECT_EQ(check_postcode("DK", "8000"), PostcodeForm::right);
  EXPECT_EQ(check_postcode("DK", "80000"), PostcodeForm::other);
  EXPECT_EQ(check_postcode("SE", "211 20"), PostcodeForm::right);
  EXPECT_EQ(check_postcode("SE", "21120"), PostcodeForm::other);
  EXPECT_EQ(check_postcode("XX", "1"), PostcodeForm::unknown);
  EXPECT_EQ(tidy_postcode("SE", "21120"), "211 20");
  EXPECT_EQ(tidy_postcode("SE", "SE-211 20"), "211 20");
  EXPECT_EQ(tidy_postcode("DK", "DK-8000"), "8000");
  EXPECT_EQ(tidy_postcode("NL", "1011ab"), "1011 AB");
  EXPECT_EQ(tidy_postcode("DE", "2493"), "");
}

TEST(QualityChecks, TownsBelongToThePostcodesBesideWhichTheyMostlyStand) {
  Places places;
  places.add("DK", "8000", "Aarhus C", 40);
  places.add("DK", "8000", "Aalborg");
  places.add("DK", "9000", "Aalborg", 2);
  EXPECT_EQ(places.other_city("dk", "8000", "Aalborg"), "Aarhus C");
  EXPECT_EQ(places.other_city("DK", "8000", "AARHUS C"), "");
  EXPECT_EQ(places.other_city("DK", "8000", "Ålborg"), "Aarhus C");
  EXPECT_EQ(places.other_city("DK", "9000", "Aarhus C"), "");  // too few to say
  EXPECT_EQ(places.other_city("SE", "8000", "Aalborg"), "");
}

}  // namespace
}  // namespace fokus::quality
