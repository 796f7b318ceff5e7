// SPDX-License-Identifier: Apache-2.0
#include "access/permissions.hpp"

#include <gtest/gtest.h>

namespace fokus::access {
namespace {

Permissions role(std::string_view text) {
  return *parse_role(boost::json::parse(text));
}
std::string refusal(std::string_view text) {
  const auto parsed = parse_role(boost::json::parse(text));
  return parsed.ok() ? "" : parsed.error().errors.at(0).field + " " + parsed.error().errors[0].code;
}

TEST(Role, ParsesAndRendersTheSame) {
  const auto p = role(R"({"types":{"company":{"read":["all"],"update":["mine","primary_group"]},
                         "*":{"read":["mine"]}},"functions":["import"],"field_classes":["contact"]})");
  EXPECT_EQ(p.circles("company", Action::read), every_circle);
  EXPECT_EQ(p.circles("company", Action::update), 0b0011);
  EXPECT_EQ(p.circles("company", Action::archive), 0);
  EXPECT_EQ(p.circles("boat", Action::read), 0b0001);
  EXPECT_FALSE(p.may("boat", Action::update));
  EXPECT_TRUE(p.has_function("import"));
  EXPECT_TRUE(p.sees("contact"));
  EXPECT_FALSE(p.sees("special"));
  const auto again = *parse_role(render_permissions(p));
  EXPECT_EQ(again.types, p.types);
  EXPECT_EQ(again.functions, p.functions);
}

TEST(Role, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(refusal("[]"), "definition not_an_object");
  EXPECT_EQ(refusal(R"({"type":{}})"), "type unknown");
  EXPECT_EQ(refusal(R"({"types":{"a b":{}}})"), "types invalid_name");
  EXPECT_EQ(refusal(R"({"types":{"company":{"see":["all"]}}})"), "types.company.see unknown");
  EXPECT_EQ(refusal(R"({"types":{"company":{"read":["every"]}}})"),
            "types.company.read unknown_circle");
  EXPECT_EQ(refusal(R"({"types":{"company":{"read":"all"}}})"), "types.company.read not_a_list");
  EXPECT_EQ(refusal(R"({"functions":[1]})"), "functions invalid");
}

TEST(Role, RightsAddUpAcrossTheStar) {
  auto p = role(R"({"types":{"*":{"read":["all"]},"sale":{"read":["mine"]}}})");
  add_permissions(p,
                  role(R"({"types":{"company":{"update":["mine"]},"sale":{"update":["mine"]}}})"));
  EXPECT_EQ(p.circles("company", Action::read), every_circle);  // from the first one's star
  EXPECT_EQ(p.circles("company", Action::update), 0b0001);
  EXPECT_EQ(p.circles("sale", Action::read), 0b0001);
  EXPECT_EQ(p.circles("boat", Action::read), every_circle);
}

TEST(Scope, NeverGrantsMoreThanTheUserHas) {
  const auto user = role(R"({"types":{"*":{"read":["all"],"update":["all"]},
    "sale":{"read":["mine"]}},"functions":["import"],"field_classes":["contact"]})");
  const auto with = [&](std::vector<std::string> scopes) {
    return *restrict_permissions(user, scopes);
  };
  EXPECT_EQ(with({"*"}).types, user.types);
  const auto read = with({"read"});
  EXPECT_EQ(read.circles("company", Action::read), every_circle);
  EXPECT_EQ(read.circles("company", Action::update), 0);
  EXPECT_EQ(read.circles("sale", Action::read), 0b0001);
  EXPECT_TRUE(read.functions.empty());
  EXPECT_TRUE(read.sees("contact"));
  const auto one = with({"company:write"});
  EXPECT_EQ(one.circles("company", Action::update), every_circle);
  EXPECT_EQ(one.circles("company", Action::archive), 0);
  EXPECT_EQ(one.circles("person", Action::read), 0);
  EXPECT_EQ(with({"sale:write"}).circles("sale", Action::update), 0);
  EXPECT_EQ(with({"read", "sale:write"}).circles("sale", Action::read), 0b0001);
  EXPECT_TRUE(with({"function:import"}).has_function("import"));
  EXPECT_FALSE(with({"function:administer"}).has_function("administer"));
  EXPECT_FALSE(restrict_permissions(user, std::vector<std::string>{"steal"}).ok());
  EXPECT_FALSE(restrict_permissions(user, std::vector<std::string>{"company:steal"}).ok());
  EXPECT_FALSE(restrict_permissions(user, std::vector<std::string>{"a b:read"}).ok());
}

TEST(BuiltIn, AllParseAndOnlyTheAdministratorAdministers) {
  EXPECT_EQ(built_in_roles().size(), 8u);
  for (const auto& built_in : built_in_roles()) {
    const auto p = role(built_in.definition);
    EXPECT_EQ(p.has_function(functions::administer), built_in.key == "administrator")
        << built_in.key;
    EXPECT_TRUE(p.may("company", Action::read)) << built_in.key;
    EXPECT_FALSE(p.sees("credential")) << built_in.key;
    EXPECT_TRUE(built_in.key != "read_only" || !p.may("user", Action::update));
  }
}

}  // namespace
}  // namespace fokus::access
