// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/likeness.hpp"

#include <gtest/gtest.h>

#include "features/duplicates/names.hpp"
#include "features/duplicates/similarity.hpp"
#include "platform/locale.hpp"

namespace fokus::duplicates {
namespace {

Likeness like(Kind kind, std::string_view a, std::string_view b) {
  const Item x = make_item(kind, {fold(a), {}, {}}), y = make_item(kind, {fold(b), {}, {}});
  const Likeness there = compare(kind, x, y), back = compare(kind, y, x);
  EXPECT_NEAR(there.similarity, back.similarity, 1e-9) << a << " | " << b;
  EXPECT_EQ(there.how, back.how) << a << " | " << b;
  return there;
}

Likeness phones(std::string_view a, std::string_view b) {
  return compare(Kind::phone, make_item(Kind::phone, {fold_phone(a), {}, {}}),
                 make_item(Kind::phone, {fold_phone(b), {}, {}}));
}

Item place(std::string_view street, std::string_view postcode, std::string_view city) {
  return make_item(Kind::address, {fold(street), fold(postcode), fold(city)});
}

struct Case {
  const char *a, *b;
  How how;
  double least, most;
};

void check(Kind kind, std::initializer_list<Case> cases) {
  for (const auto& one : cases) {
    const auto found = like(kind, one.a, one.b);
    EXPECT_EQ(name_of(found.how), name_of(one.how)) << one.a << " | " << one.b;
    EXPECT_GE(found.similarity, one.least) << one.a << " | " << one.b;
    EXPECT_LE(found.similarity, one.most) << one.a << " | " << one.b;
  }
}

TEST(PersonNames, MeetWithNicknamesOrderTransliterationAndTypingErrors) {
  check(Kind::person_name, {{"Anna Lund", "anna  LUND", How::same, 1, 1},
                            {"Lund, Anna", "Anna Lund", How::order, 0.97, 1},
                            {"Bill Sørensen", "William Soerensen", How::nickname, 0.9, 0.99},
                            {"Дмитрий Иванов", "Dmitrij Ivanov", How::same, 1, 1},
                            {"Γιώργος Παππάς", "Giorgos Pappas", How::same, 0.95, 1},
                            {"Åse Bjørnsen", "Aase Bjoernsen", How::same, 1, 1},
                            {"Kristian Mikkelsen", "Kristian Mikelsen", How::typo, 0.95, 0.99},
                            {"Anna Maria Lund", "Anna Lund", How::part, 0.9, 0.97},
                            {"J. P. Holm", "Jens Peter Holm", How::initial, 0.85, 0.97},
                            {"Anne Marie Dahl", "Annemarie Dahl", How::typo, 0.97, 0.99},
                            {"Dr. Karin Weiß", "Karin Weiss", How::same, 1, 1}});
}

TEST(PersonNames, KeepDifferentPeopleApart) {
  check(Kind::person_name, {{"Anna Lund", "Anna Berg", How::part, 0, 0.6},
                            {"Anna", "Anna Lund", How::part, 0.6, 0.75},
                            {"Jens Holm", "Ole Dahl", How::differs, 0, 0.2},
                            {"Jens Nielsen", "Hans Nielsen", How::part, 0, 0.6}});
}

TEST(CompanyNames, MeetWithoutLegalFormAndInAnyOrder) {
  check(Kind::company_name,
        {{"Nordlys A/S", "NORDLYS AS", How::same, 1, 1},
         {"Nordlys A/S", "Nordlys ApS", How::form, 0.97, 0.97},
         {"Nordlys Transport", "Nordlys Transport GmbH & Co. KG", How::form, 0.985, 0.985},
         {"AB Bergström & Söner", "Bergström och Söner", How::form, 0.985, 0.985},
         {"Transport Nordlys ApS", "Nordlys Transport ApS", How::order, 0.97, 1},
         {"Møller Byg S.p.A.", "Moeller Byg SpA", How::same, 1, 1},
         {"Газпром ООО", "Gazprom", How::form, 0.985, 0.985},
         {"Nordlys Transprot A/S", "Nordlys Transport A/S", How::typo, 0.95, 0.99},
         {"IBM", "International Business Machines", How::acronym, 0.8, 0.8},
         {"Nord Lys A/S", "Nordlys A/S", How::typo, 0.97, 0.99},
         {"Nordlys", "Nordlys Transport", How::part, 0.8, 0.85}});
}

TEST(CompanyNames, KeepDifferentCompaniesApart) {
  check(Kind::company_name, {{"Hal 2 ApS", "Hal 3 ApS", How::same, 0, 0.8},
                             {"Dansk Transport A/S", "Dansk Isolering A/S", How::same, 0, 0.6},
                             {"Nordlys A/S", "Sydlys A/S", How::differs, 0, 0.5}});
  EXPECT_EQ(company_name("se a/s").words, std::vector<std::string>{"se"});
}

TEST(Numbers, MeetWithPrefixesAndOneWrongDigit) {
  check(Kind::number, {{"DK 12 34 56 78", "12345678", How::same, 1, 1},
                       {"NO 987 654 321 MVA", "987654321", How::same, 1, 1},
                       {"12345678", "12345687", How::typo, 0.8, 0.8},
                       {"12345678", "87654321", How::differs, 0, 0},
                       {"SC123456", "NI123456", How::differs, 0, 0}});
}

TEST(Phones, MeetWithAndWithoutTheCountry) {
  EXPECT_EQ(phones("+45 12 34 56 78", "12345678").how, How::same);
  EXPECT_EQ(phones("0049 30 1234567", "030 1234567").how, How::same);
  EXPECT_EQ(phones("+45 12 34 56 78", "+45 12 34 56 87").how, How::typo);
  EXPECT_EQ(phones("12345678", "87654321").how, How::differs);
  EXPECT_EQ(phones("123", "45123").how, How::differs);
}

TEST(EMails, MeetAtOtherHostsButNotInSharedMailboxes) {
  check(Kind::email, {{"Anna.Lund@nordlys.example", "anna.lund@NORDLYS.example", How::same, 1, 1},
                      {"anna.lund@nordlys.example", "anna.lund@gmail.com", How::mailbox, 0.7, 0.8},
                      {"anna.lund@nordlys.example", "anna.lnud@nordlys.example", How::typo, 0.9, 1},
                      {"info@nordlys.example", "info@nordlys.example", How::shared, 0.6, 0.75},
                      {"info@nordlys.example", "info@sydlys.example", How::differs, 0, 0},
                      {"p17@c4.example", "p18@c4.example", How::differs, 0, 0}});
}

TEST(Domains, AreThoseOfOneOwner) {
  EXPECT_EQ(own_domain("https://www.nordlys.example/om-os"), "nordlys.example");
  EXPECT_EQ(own_domain("anna@nordlys.example"), "nordlys.example");
  EXPECT_EQ(own_domain("anna@gmail.com"), "");
  EXPECT_EQ(own_domain("localhost"), "");
}

TEST(Addresses, AreComparedInParts) {
  const auto at = [](const Item& a, const Item& b) { return compare(Kind::address, a, b); };
  const Item home = place("Havnegade 12 B, 2. tv", "8000", "Aarhus C");
  EXPECT_EQ(at(home, place("havnegade 12b", "8000", "Århus C")).how, How::same);
  EXPECT_GE(at(home, place("Havnegde 12", "8000", "Aarhus")).similarity, 0.95);
  EXPECT_EQ(at(home, place("Havnegade 40", "8000", "Aarhus C")).how, How::street);
  EXPECT_EQ(at(home, place("Skovvej 3", "8000", "Aarhus C")).how, How::place);
  EXPECT_EQ(at(home, place("Skovvej 3", "2100", "København Ø")).how, How::differs);
  EXPECT_GE(at(place("Hauptstr. 5", "10115", "Berlin"), place("Hauptstraße 5", "10115", "Berlin"))
                .similarity,
            0.96);
  EXPECT_GE(at(place("12224 ventura blvd.", "", "studio city"),
               place("12224 Ventura Boulevard", "", "Studio City"))
                .similarity,
            1);
}

TEST(Dates, ForgiveSwappedPartsAndOneDigit) {
  check(Kind::date, {{"1980-05-04", "1980-05-04", How::same, 1, 1},
                     {"1980-05-04", "1980-04-05", How::swapped, 0.9, 0.9},
                     {"1980-05-04", "1981-05-04", How::typo, 0.85, 0.85},
                     {"1980-05-04", "1967-12-24", How::differs, 0, 0}});
}

TEST(Similarity, IsThatOfTheLiterature) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 1e-4);
  EXPECT_NEAR(jaro_winkler("dwayne", "duane"), 0.8400, 1e-4);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 1e-4);
  EXPECT_EQ(jaro_winkler("", ""), 0);
  EXPECT_EQ(edit_distance("ca", "abc", 5), 3);  // optimal string alignment, not true Damerau
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3);
  EXPECT_EQ(edit_distance("nordlys", "nrodlys", 2), 1);
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3);
  EXPECT_LE(jaro_winkler(std::string(1000, 'a'), std::string(900, 'a')), 1);
}

TEST(Sounds, MeetAcrossSpellings) {
  for (const auto& [a, b] : {std::pair{"christensen", "kristensen"},
                             {"petersen", "pedersen"},
                             {"schmidt", "schmitt"},
                             {"philip", "filip"},
                             {"zacharias", "sakarias"},
                             {"wagner", "vagner"},
                             {"thomas", "tomas"}})
    EXPECT_EQ(sound_of(a), sound_of(b)) << a;
  EXPECT_NE(sound_of("hansen"), sound_of("jensen"));
  EXPECT_EQ(sound_of("12b"), "12b");
}

}  // namespace
}  // namespace fokus::duplicates
