// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/collation.hpp"

#include <gtest/gtest.h>
#include <unicode/ucol.h>

#include <array>
#include <random>

namespace fokus::store::sqlite {
namespace {

// What is near a special case more often than in names: "aa", case, accents, marks, signs.
constexpr std::array<const char*, 30> pieces = {
    "a", "A", "aa", "aA", "Aa", "AA", "b", "B", "z", "e", "t", "h",      "1",  "9", "0",
    " ", "-", "'",  ".",  "&",  "å",  "Å", "æ", "ø", "é", "ü", "\u030a", "\t", "Щ", "þ"};

std::string draw_text(std::mt19937& dice) {
  std::string out;
  for (std::uint32_t left = dice() % 6; left > 0; --left) out += pieces[dice() % pieces.size()];
  return out;
}

int order_of_icu(const UCollator* danish, const std::string& a, const std::string& b) {
  UErrorCode error = U_ZERO_ERROR;
  const auto order = ucol_strcollUTF8(danish, a.data(), static_cast<int>(a.size()), b.data(),
                                      static_cast<int>(b.size()), &error);
  if (order != UCOL_EQUAL) return order == UCOL_LESS ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

class DanishOrder : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(sqlite3_open(":memory:", &db_), SQLITE_OK);
    register_danish(db_);
    ASSERT_EQ(sqlite3_prepare_v2(db_,
                                 "SELECT CASE WHEN ?1 < ?2 COLLATE da THEN -1 "
                                 "WHEN ?1 > ?2 COLLATE da THEN 1 ELSE 0 END",
                                 -1, &statement_, nullptr),
              SQLITE_OK);
  }
  void TearDown() override {
    sqlite3_finalize(statement_);
    sqlite3_close(db_);
  }

  int order_of(const std::string& a, const std::string& b) {
    sqlite3_reset(statement_);
    sqlite3_bind_text(statement_, 1, a.data(), static_cast<int>(a.size()), SQLITE_STATIC);
    sqlite3_bind_text(statement_, 2, b.data(), static_cast<int>(b.size()), SQLITE_STATIC);
    EXPECT_EQ(sqlite3_step(statement_), SQLITE_ROW);
    return sqlite3_column_int(statement_, 0);
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

TEST_F(DanishOrder, IsThatOfIcuForAnyTexts) {
  UErrorCode error = U_ZERO_ERROR;
  UCollator* danish = ucol_open("da", &error);
  ASSERT_TRUE(U_SUCCESS(error));
  std::mt19937 dice(7);
  for (int round = 0; round < 200'000; ++round) {
    const std::string shared = draw_text(dice);
    const std::string a = shared + draw_text(dice), b = shared + draw_text(dice);
    ASSERT_EQ(order_of(a, b), order_of_icu(danish, a, b)) << '"' << a << "\" and \"" << b << '"';
  }
  ucol_close(danish);
}

TEST_F(DanishOrder, SortsTheDoubleAAsTheLastLetter) {
  EXPECT_EQ(order_of("Aabenraa", "Zoo"), 1);
  EXPECT_EQ(order_of("Aa", "A"), 1);
  EXPECT_EQ(order_of("Holm", "holm"), -1) << "Danish has upper case first";
  EXPECT_EQ(order_of("Holm", "Holme"), -1);
}

}  // namespace
}  // namespace fokus::store::sqlite
