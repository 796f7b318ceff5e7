// SPDX-License-Identifier: Apache-2.0
#include "features/imports/transforms.hpp"

#include <gtest/gtest.h>

namespace fokus::imports {
namespace {

std::string changed(const char* steps, std::string_view cell) {
  const auto parsed = parse_steps("name", boost::json::parse(steps));
  EXPECT_TRUE(parsed.ok()) << steps;
  return parsed.ok() ? transformed(*parsed, cell) : "";
}

std::string refusal(const char* steps) {
  const auto parsed = parse_steps("transforms.name", boost::json::parse(steps));
  if (parsed.ok()) return "ok";
  return parsed.error().errors.at(0).field + " " + parsed.error().errors.at(0).code;
}

TEST(Transforms, LettersInEveryCase) {
  EXPECT_EQ(changed(R"([{"op":"upper"}])", "Ærø straße"), "ÆRØ STRASSE");
  EXPECT_EQ(changed(R"([{"op":"lower"}])", "ÅSE"), "åse");
  EXPECT_EQ(changed(R"([{"op":"title"}])", "ANNE-MARIE O'BRIEN"), "Anne-Marie O'Brien");
  EXPECT_EQ(changed(R"([{"op":"title"}])", "øster ågade 12b, mc's"), "Øster Ågade 12b, Mc's");
  EXPECT_EQ(changed(R"([{"op":"trim"},{"op":"upper"}])", "  a "), "A");
}

TEST(Transforms, PartsOfACell) {
  EXPECT_EQ(changed(R"([{"op":"split","by":",","part":2}])", "Holm, Ida, DK"), "Ida");
  EXPECT_EQ(changed(R"([{"op":"split","by":",","part":-1}])", "Holm, Ida, DK"), "DK");
  EXPECT_EQ(changed(R"([{"op":"split","by":",","part":4}])", "Holm, Ida, DK"), "");
  EXPECT_EQ(changed(R"([{"op":"split","by":"->","part":1}])", "a -> b"), "a");
}

TEST(Transforms, ListsOfValues) {
  const char* steps = R"([{"op":"replace","values":{"Kunde":"customer","Emne":"prospect"}}])";
  EXPECT_EQ(changed(steps, "KUNDE "), "customer");
  EXPECT_EQ(changed(steps, "Andet"), "Andet");
}

TEST(Transforms, DatesInAForm) {
  EXPECT_EQ(changed(R"([{"op":"date","format":"MM/DD/YYYY"}])", "03/04/2025"), "2025-03-04");
  EXPECT_EQ(changed(R"([{"op":"date","format":"YYYYMMDD"}])", "20251231"), "2025-12-31");
  EXPECT_EQ(changed(R"([{"op":"date","format":"M/D/YYYY"}])", "3/4/2025"), "2025-03-04");
  EXPECT_EQ(changed(R"([{"op":"date","format":"MM/DD/YYYY"}])", "31.12.2025"), "31.12.2025");
  EXPECT_EQ(changed(R"([{"op":"date","format":"MM/DD/YYYY"}])", "02/30/2025"), "2025-02-30");
}

TEST(Transforms, RefusesWhatIsNoStep) {
  EXPECT_EQ(refusal(R"({"op":"trim"})"), "transforms.name not_a_list");
  EXPECT_EQ(refusal(R"([{"op":"run"}])"), "transforms.name unknown_step");
  EXPECT_EQ(refusal(R"([{"op":"split","by":","}])"), "transforms.name required");
  EXPECT_EQ(refusal(R"([{"op":"split","by":",","part":0}])"), "transforms.name out_of_range");
  EXPECT_EQ(refusal(R"([{"op":"replace","values":{"a":1}}])"), "transforms.name required");
  std::string many = "[";
  for (int i = 0; i < 11; ++i) many += std::string(i ? "," : "") + R"({"op":"trim"})";
  EXPECT_EQ(refusal((many + "]").c_str()), "transforms.name too_many_steps");
}

TEST(Transforms, DerivedCellsStandBehindTheFiles) {
  std::vector<std::string> cells = {"Ida Holm"};
  const auto steps = parse_steps("x", boost::json::parse(R"([{"op":"split","by":" ","part":1}])"));
  ASSERT_TRUE(steps.ok());
  add_derived({{0, *steps}, {std::nullopt, {{Step::Kind::constant, "DK"}}}}, 3, cells);
  EXPECT_EQ(cells, (std::vector<std::string>{"Ida Holm", "", "", "Ida", "DK"}));
}

}  // namespace
}  // namespace fokus::imports
