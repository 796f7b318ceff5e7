// SPDX-License-Identifier: Apache-2.0
#include "access/repeated_member.hpp"

#include <gtest/gtest.h>

namespace fokus::access {
namespace {

std::string repeated(std::string_view text) {
  return find_repeated_member(text).value_or("none");
}

TEST(RepeatedMembers, AreFoundInEachObject) {
  EXPECT_EQ(repeated(R"({"name": "a", "name": "b"})"), "name");
  EXPECT_EQ(repeated(R"({"name": "a", "city": {"name": "b", "x": [], "x": null}})"), "x");
  EXPECT_EQ(repeated(R"([{"a": 1}, {"b": 1.5, "b": -1}])"), "b");
  EXPECT_EQ(repeated(R"({"n\u0061me": true, "name": 1e9})"), "name");  // the same when read
  EXPECT_EQ(repeated(R"({"": 1, "": 2})"), "");
  EXPECT_EQ(repeated(R"({"name": "a", "name": "b")"), "name");  // it need not be whole
}

TEST(RepeatedMembers, AreNotTheSameNameInTwoObjects) {
  EXPECT_EQ(repeated(R"({"name": "a", "city": {"name": "b"}, "Name": ["name", "name"]})"), "none");
  EXPECT_EQ(repeated(R"([{"a": 1}, {"a": 2}])"), "none");
  EXPECT_EQ(repeated(R"({"a": {"b": {"c": 1}}, "b": {"c": 2}, "c": {}})"), "none");
}

TEST(RepeatedMembers, AreNotLookedForInWhatIsNoJson) {
  for (const char* text : {"", "{", "{\"a\"", "name", "[[[", "{\"a\":1}}", "3", "\"a\""})
    EXPECT_EQ(repeated(text), "none") << text;
  EXPECT_EQ(repeated(std::string(100'000, '[')), "none");
  EXPECT_EQ(repeated(std::string("{\"a\0\":1,\"a\":2}", 14)), "none");
}

}  // namespace
}  // namespace fokus::access
