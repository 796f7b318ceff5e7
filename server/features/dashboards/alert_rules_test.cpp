// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "features/dashboards/alert.hpp"

namespace fokus::dashboards {
namespace {

Alert alert_of(AlertCondition condition, double value, std::optional<double> now) {
  Alert out;
  out.condition = condition;
  out.value = value;
  begin(out, now);
  return out;
}

std::string told(Alert alert, std::initializer_list<std::optional<double>> numbers) {
  std::string out;
  for (const auto& number : numbers) out += judge(alert, number) ? '!' : '.';
  return out;
}

TEST(AlertRules, ToldOnceUntilTheNumberIsBack) {
  const auto above = alert_of(AlertCondition::above, 10, 5);
  EXPECT_EQ(told(above, {9, 10, 11, 12, 11, 10, 10.5, 3}), "..!...!.");
  const auto below = alert_of(AlertCondition::below, 10, 15);
  EXPECT_EQ(told(below, {11, 10, 9, 0, 10, 9}), "..!..!");
}

TEST(AlertRules, WhatIsBeyondAlreadyIsNotTold) {
  EXPECT_EQ(told(alert_of(AlertCondition::above, 10, 11), {12, 9, 11}), "..!");
  EXPECT_EQ(told(alert_of(AlertCondition::below, 10, 3), {2, 11, 3}), "..!");
}

TEST(AlertRules, AChangeCountsFromWhatWasToldLast) {
  EXPECT_EQ(told(alert_of(AlertCondition::changes, 10, 100), {105, 109, 110, 118, 121, 108}),
            "..!.!!");
  EXPECT_EQ(told(alert_of(AlertCondition::changes, 10, -100), {-95, -90}), ".!");
  // Of nothing there is no percent: whatever comes is a change.
  EXPECT_EQ(told(alert_of(AlertCondition::changes, 50, 0), {0, 0.01}), ".!");
}

TEST(AlertRules, NoNumberChangesNothing) {
  EXPECT_EQ(told(alert_of(AlertCondition::above, 10, 5), {std::nullopt, 11, std::nullopt, 12}),
            ".!..");
  EXPECT_EQ(told(alert_of(AlertCondition::changes, 10, std::nullopt), {100, 111}), ".!");
  EXPECT_EQ(told(alert_of(AlertCondition::above, 10, std::nullopt), {11}), "!");
}

TEST(AlertRules, FindsTheNumberOfAMeasure) {
  constexpr std::string_view answer =
      R"({"measures":[{"unit":"whole","currency":null,"label":"Salg"},)"
      R"({"unit":"money","currency":"DKK","label":null,"field_label":"Beløb"},)"
      R"({"unit":"date","currency":null}],)"
      R"("total":{"cells":[{"number":3},{"number":12.5},{"number":1}]}})";
  EXPECT_EQ(number_in(answer, 0)->number, 3);
  EXPECT_EQ(number_in(answer, 0)->label, "Salg");
  EXPECT_EQ(number_in(answer, 1)->number, 12.5);
  EXPECT_EQ(number_in(answer, 1)->currency, "DKK");
  EXPECT_EQ(number_in(answer, 1)->label, "Beløb");
  EXPECT_FALSE(number_in(answer, 2)) << "a day is above nothing";
  EXPECT_FALSE(number_in(answer, 3));
  EXPECT_FALSE(number_in("{}", 0));
  EXPECT_FALSE(number_in("no JSON", 0));
}

}  // namespace
}  // namespace fokus::dashboards
