// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace fokus {
namespace {

TEST(Text, NamesHoldNoControlsAndNothingThatTurnsTheDirection) {
  using std::string_view_literals::operator""sv;
  for (const auto text : {"a\0b"sv, "a\tb"sv, "a\nb"sv, "\x01"sv, "a\x1f"sv, "a\x7f"sv})
    EXPECT_EQ(flaw_of_name(text), "control_character") << text;
  for (const char* text : {"\u202A", "a\u202E", "\u202Cb", "a\u2066b", "a\u2069"})
    EXPECT_EQ(flaw_of_name(text), "direction_control") << text;
  for (const char* text : {"", "Salg", "\u00D8st & \u201CVest\u201D", "a \u2013 b",
                           "\u0634\u0631\u0643\u0629", "\u65E5\u672C", "a\u202Fb", "a\u2065b"})
    EXPECT_EQ(flaw_of_name(text), "") << text;
}

}  // namespace
}  // namespace fokus
