// SPDX-License-Identifier: Apache-2.0
#include "access/contract.hpp"

#include <gtest/gtest.h>

namespace fokus::access {
namespace {

std::string check(const Contract& contract, std::string name, std::string value) {
  net::Call call;
  call.query = {{std::move(name), std::move(value)}};
  const auto checked = contract.check(call);
  if (checked) return "taken";
  const auto& error = checked.error();
  EXPECT_EQ(error.kind, ErrorKind::invalid);
  return error.code + " " + error.errors.at(0).field + " " + error.errors.at(0).code;
}

const Contract list("A list", {.query = "filter, bin: boolean, before: integer, sort: up|down"});

TEST(Contracts, ReadTheirNotation) {
  const Contract contract("One", {.query = "type!, limit: limit , as_of: date"});
  ASSERT_EQ(contract.query().size(), 3u);
  EXPECT_EQ(contract.query()[0].name, "type");
  EXPECT_EQ(contract.query()[0].kind, "text");
  EXPECT_TRUE(contract.query()[0].required);
  EXPECT_EQ(contract.query()[1].name, "limit");
  EXPECT_FALSE(contract.query()[1].required);
  EXPECT_EQ(contract.query()[2].kind, "date");
}

TEST(Contracts, KnowWhetherAnythingIsDeclared) {
  EXPECT_FALSE(Contract("Only a line").is_declared());
  EXPECT_TRUE(Contract("Takes nothing", {}).is_declared());
}

TEST(Contracts, AnswerWithTheirStatus) {
  EXPECT_EQ(Contract("Nothing", {}).status(), 204);
  EXPECT_EQ(Contract("Something", {.answer = "object"}).status(), 200);
  EXPECT_EQ(Contract("A file", {.media = "text/csv"}).status(), 200);
  EXPECT_EQ(Contract("Made", {.answer = "object", .status = 201}).status(), 201);
}

TEST(Contracts, RefuseParametersThatAreNotTheirs) {
  EXPECT_EQ(check(list, "filter", "country eq 'DK'"), "taken");
  EXPECT_EQ(check(list, "fliter", "country eq 'DK'"), "access/unknown_parameter fliter unknown");
  EXPECT_EQ(check(list, "Filter", ""), "access/unknown_parameter Filter unknown");
  EXPECT_EQ(check(Contract("Takes nothing", {}), "q", "x"), "access/unknown_parameter q unknown");
}

TEST(Contracts, RefuseParametersThatAreGivenTwice) {
  net::Call call;
  call.query = {{"bin", "true"}, {"filter", "a eq 1"}, {"bin", "true"}};
  const auto checked = list.check(call);
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().code, "access/invalid_parameter");
  EXPECT_EQ(checked.error().errors.at(0).field, "bin");
  EXPECT_EQ(checked.error().errors.at(0).code, "repeated");
}

TEST(Contracts, RefuseValuesOfAnotherKind) {
  const std::string invalid = "access/invalid_parameter ";
  EXPECT_EQ(check(list, "bin", "false"), "taken");
  EXPECT_EQ(check(list, "bin", ""), "taken");
  EXPECT_EQ(check(list, "bin", "yes"), invalid + "bin not_yes_or_no");
  EXPECT_EQ(check(list, "before", "-17"), "taken");
  EXPECT_EQ(check(list, "before", "17x"), invalid + "before not_a_number");
  EXPECT_EQ(check(list, "before", "99999999999999999999"), invalid + "before not_a_number");
  EXPECT_EQ(check(list, "sort", "down"), "taken");
  EXPECT_EQ(check(list, "sort", "up|down"), invalid + "sort unknown");
}

std::string check_body(const char* notation, std::string body) {
  const Contract contract("Takes a body", {.body = notation});
  net::Call call;
  call.body = std::move(body);
  const auto checked = contract.check(call);
  if (checked) return "taken";
  EXPECT_EQ(checked.error().kind, ErrorKind::invalid);
  EXPECT_EQ(checked.error().code, "access/unknown_member");
  return checked.error().errors.at(0).field;
}

TEST(Contracts, RefuseMembersOfABodyThatTheyDoNotKnow) {
  constexpr const char* page =
      "{name!: text, owner: {id: id, name: text}?, kind: static|dynamic, free: object, "
      "tiles: [{x: integer, definition: object?}], ids: [id]}";
  EXPECT_EQ(check_body(page, R"({"name": "a", "owner": {"id": 1}, "ids": [1], "kind": "x"})"),
            "taken");
  EXPECT_EQ(check_body(page, R"({"nam": "a"})"), "nam");
  EXPECT_EQ(check_body(page, R"({"owner": {"id": 1, "mail": "x"}})"), "owner.mail");
  EXPECT_EQ(check_body(page, R"({"owner": null, "free": {"any": {"thing": 1}}})"), "taken");
  EXPECT_EQ(check_body(page, R"({"tiles": [{"x": 1}, {"x": 2, "y": 3}]})"), "tiles.1.y");
  EXPECT_EQ(check_body(page, R"({"tiles": [{"definition": {"any": 1}}]})"), "taken");
  // What is of another kind, and what is no JSON, is the handler's to refuse.
  EXPECT_EQ(check_body(page, R"({"tiles": 3, "owner": [1]})"), "taken");
  EXPECT_EQ(check_body(page, "{\"nam"), "taken");
  EXPECT_EQ(check_body(page, "[1]"), "taken");
  EXPECT_EQ(check_body("{name: text, ...}", R"({"further": 1})"), "taken");
  EXPECT_EQ(check_body("$changes", R"({"anything": 1})"), "taken");
  EXPECT_EQ(check_body("{criteria: $criteria?, limit: integer}", R"({"criteria": {"and": []}})"),
            "taken");
}

std::string check_no_body(net::Method method, std::string body, Terms terms = {}) {
  const Contract contract("Takes no body", std::move(terms));
  net::Call call;
  call.method = method;
  call.body = std::move(body);
  const auto checked = contract.check(call);
  if (checked) return "taken";
  const auto& error = checked.error();
  return error.code + (error.errors.empty() ? "" : " " + error.errors.at(0).field);
}

TEST(Contracts, RefuseABodyWhereNoneIsTaken) {
  const auto post = net::Method::post;
  for (const char* nothing : {"", " \n", "{}", " { } "})
    EXPECT_EQ(check_no_body(post, nothing), "taken") << nothing;
  EXPECT_EQ(check_no_body(post, R"({"currency": "EUR"})"), "access/unknown_member currency");
  EXPECT_EQ(check_no_body(net::Method::remove, R"({"id": 1})"), "access/unknown_member id");
  for (const char* wrong : {"{\"nam", "[]", "null", "17", "\"text\"", "{} {}", "x=1"})
    EXPECT_EQ(check_no_body(post, wrong), "access/malformed_json") << wrong;
  EXPECT_EQ(check_no_body(net::Method::get, "anything"), "taken");
  EXPECT_EQ(check_no_body(post, "a;b;c", {.upload = "text/csv"}), "taken");
  EXPECT_EQ(check_no_body(post, R"({"a": 1})", {.body = "object"}), "taken");
}

TEST(Contracts, TakeIdsAsOftenAsTheyCome) {
  const Contract contract("Diaries", {.query = "user: ids, zone"});
  net::Call call;
  call.query = {{"user", "7"}, {"user", "8"}, {"zone", "UTC"}};
  EXPECT_TRUE(contract.check(call).ok());
  call.query.emplace_back("user", "x");
  EXPECT_EQ(contract.check(call).error().errors.at(0).code, "not_a_number");
}

}  // namespace
}  // namespace fokus::access
