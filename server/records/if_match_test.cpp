// SPDX-License-Identifier: Apache-2.0
#include "records/if_match.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/text.hpp"

namespace fokus::records {
namespace {

std::string versions(std::optional<std::string_view> header) {
  const auto found = parse_if_match(header);
  if (!found.ok()) return found.error().code;
  if (!*found) return "any";
  std::vector<std::string> out;
  for (const auto version : **found) out.push_back(std::to_string(version));
  return join(out, " ");
}

TEST(IfMatch, ReadsTagsAndListsOfThem) {
  EXPECT_EQ(versions(std::nullopt), "any");
  EXPECT_EQ(versions("*"), "any");
  EXPECT_EQ(versions("\"v3\""), "3");
  EXPECT_EQ(versions("\"v3\", \"v4\""), "3 4");
  EXPECT_EQ(versions(" \"v3\",\"v3\" ,\"v5\" "), "3 5");
}

TEST(IfMatch, ForeignAndWeakTagsMatchNothing) {
  EXPECT_EQ(versions("\"x\""), "");
  EXPECT_EQ(versions("\"1\", \"2\""), "");
  EXPECT_EQ(versions("\"\""), "");
  EXPECT_EQ(versions("W/\"1\""), "");
  EXPECT_EQ(versions("W/\"v3\""), "");
  EXPECT_EQ(versions("\"a, b\", \"v3\""), "3");
  EXPECT_EQ(versions("\"v3x\", \"v-3\", \"v99999999999999999999\""), "");
}

TEST(IfMatch, RefusesWhatIsNoTag) {
  for (const char* header : {"", "three", "v3", "\"v3", "\"v3\",", "\"v3\" \"v4\"", ", \"v3\"",
                             "w/\"v3\"", "*, \"v3\"", "\""})
    EXPECT_EQ(versions(header), "records/bad_if_match") << header;
  std::string many = "\"v1\"";
  for (int i = 0; i < 20; ++i) many += ", \"v1\"";
  EXPECT_EQ(versions(many), "records/bad_if_match");
}

// Saves when the version is that one; says which were tried.
std::string save(std::string_view header, std::int64_t current) {
  const auto named = parse_if_match(header);
  if (!named) return named.error().code;
  std::string tried;
  const auto saved =
      save_in_version(*named, [&](std::optional<std::int64_t> version) -> Result<std::int64_t> {
        tried += version ? std::to_string(*version) + " " : "any ";
        if (!version || *version == current) return current;
        Error stale = make_error(ErrorKind::stale, "records/stale");
        stale.params["current_version"] = std::to_string(current);
        return stale;
      });
  return tried + (saved.ok() ? "saved" : saved.error().code);
}

TEST(IfMatch, AnyOfThemMayBeTheOneThatIsThere) {
  EXPECT_EQ(save("*", 3), "any saved");
  EXPECT_EQ(save("\"v3\"", 3), "3 saved");
  EXPECT_EQ(save("\"x\"", 3), "-1 records/stale");
  EXPECT_EQ(save("three", 3), "records/bad_if_match");
}

TEST(IfMatch, AListIsTriedTwiceAtMost) {
  EXPECT_EQ(save("\"v1\", \"v2\", \"v3\", \"v4\"", 3), "1 3 saved");
  EXPECT_EQ(save("\"v1\", \"v2\", \"v4\"", 3), "1 records/stale");
}

}  // namespace
}  // namespace fokus::records
