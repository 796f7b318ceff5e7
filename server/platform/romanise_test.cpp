// SPDX-License-Identifier: Apache-2.0
#include "platform/romanise.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace fokus {
namespace {

bool is_spelled(std::string_view text, std::string_view as) {
  const auto found = other_spellings(text);
  return std::find(found.begin(), found.end(), as) != found.end();
}

TEST(OtherSpellings, OfCyrillic) {
  for (const auto& [name, as] :
       std::initializer_list<std::pair<const char*, const char*>>{{"Чехов", "chekhov"},
                                                                  {"Чехов", "tjekhov"},
                                                                  {"Шевченко", "shevchenko"},
                                                                  {"Шевченко", "sjevtjenko"},
                                                                  {"Щербакова", "shcherbakova"},
                                                                  {"Хрущева", "khrushcheva"},
                                                                  {"Дмитрий", "dmitry"},
                                                                  {"Юлия", "yulia"},
                                                                  {"Юлия", "julija"},
                                                                  {"Сергей", "sergey"},
                                                                  {"Сергій", "serhiy"},
                                                                  {"Яковлев", "jakovlev"}})
    EXPECT_TRUE(is_spelled(name, as)) << name << " as " << as;
}

TEST(OtherSpellings, OfGreek) {
  for (const auto& [name, as] :
       std::initializer_list<std::pair<const char*, const char*>>{{"Χρήστος", "christos"},
                                                                  {"Χρήστος", "hristos"},
                                                                  {"Δημήτρης", "dimitris"},
                                                                  {"Ευάγγελος", "evangelos"},
                                                                  {"Γιώργος", "yiorgos"}})
    EXPECT_TRUE(is_spelled(name, as)) << name << " as " << as;
}

TEST(OtherSpellings, OfNordicLetters) {
  EXPECT_TRUE(is_spelled("Østergård", "ostergard"));
  EXPECT_TRUE(is_spelled("Ha\xCC\x8Akan Ärlig", "hakan arlig"));  // å in two code points
  EXPECT_TRUE(is_spelled("Özil", "ozil"));
}

TEST(OtherSpellings, OfTheUmlaut) {
  EXPECT_TRUE(is_spelled("Müller", "mueller"));  // fold() gives "muller"
  EXPECT_TRUE(is_spelled("U\xCC\x88nal Öz", "uenal oez"));
}

TEST(OtherSpellings, AreFew) {
  EXPECT_TRUE(other_spellings("").empty());
  EXPECT_TRUE(other_spellings("Anna Lund").empty());
  EXPECT_TRUE(other_spellings("Méndez").empty());  // fold() has it already
  EXPECT_LE(other_spellings("Дмитрий Чехов Østergård").size(), 7u);
}

}  // namespace
}  // namespace fokus
