// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "features/worlds/names.hpp"
#include "features/worlds/seeds.hpp"
#include "records/dictionary.hpp"

namespace fokus::worlds {
namespace {

const Instant noon{1'795'435'200'000};  // 23 November 2026, 12.00 UTC

records::Dictionary dictionary() {
  auto parsed = records::parse_model(embedded_model());
  EXPECT_TRUE(parsed.ok());
  return std::move(parsed).value();
}

std::string wrong_value(const records::Dictionary& dictionary, const records::Field& field,
                        const boost::json::value& value) {
  if (field.list.empty()) return {};
  const auto known = [&](const boost::json::value& key) {
    return dictionary.find_item(field.list, key.as_string()) != nullptr;
  };
  if (!value.is_array()) return known(value) ? "" : "unknown key in " + field.name;
  for (const auto& key : value.as_array())
    if (!known(key)) return "unknown key in " + field.name;
  return {};
}

std::string wrong_step(const records::Dictionary& dictionary, const Plan& plan, const Step& step) {
  const auto* type = dictionary.find(step.type);
  if (!type) return "unknown type " + step.type;
  for (const auto& [name, value] : step.values) {
    const auto* field = type->find(std::string_view(name));
    if (!field) return step.type + " has no field " + std::string(name);
    if (auto wrong = wrong_value(dictionary, *field, value); !wrong.empty()) return wrong;
  }
  for (const auto& link : step.links) {
    const auto* field = type->find(link.field);
    if (!field) return step.type + " has no field " + link.field;
    for (const Slot slot : link.slots)
      if (plan.steps[slot].type != field->target)
        return step.type + "." + link.field + " leads to a " + plan.steps[slot].type;
  }
  return {};
}

// Everything a step names must be there before it, in the order the plan is played.
std::string wrong_order(const Plan& plan) {
  std::set<Slot> there;
  for (const Slot slot : order_of(plan)) {
    const Step& step = plan.steps[slot];
    std::vector<Slot> needed;
    for (const auto& link : step.links)
      needed.insert(needed.end(), link.slots.begin(), link.slots.end());
    if (step.author != no_slot) needed.push_back(step.author);
    if (step.changes != no_slot) needed.push_back(step.changes);
    for (const Slot one : needed)
      if (!there.contains(one))
        return "step " + std::to_string(slot) + " (" + step.type + ") needs step " +
               std::to_string(one) + " (" + plan.steps[one].type + ")";
    there.insert(slot);
  }
  return {};
}

void expect_sound(const Plan& plan) {
  const auto model = dictionary();
  for (const auto& step : plan.steps) {
    EXPECT_EQ(wrong_step(model, plan, step), "");
    EXPECT_LE(step.at, noon);
  }
  EXPECT_EQ(wrong_order(plan), "");
}

std::string fingerprint(const Plan& plan) {
  std::string out;
  for (const auto& step : plan.steps)
    out += render_instant(step.at) + boost::json::serialize(step.values) + "\n";
  return out;
}

TEST(Draw, ThrowsTheSameDiceForever) {
  Draw draw(std::uint64_t{42});
  EXPECT_EQ(draw.next(), 0xbdd732262feb6e95u);
  EXPECT_EQ(Draw("demo").fork(3).next(), Draw("demo").fork(3).next());
  EXPECT_NE(Draw("demo").fork(3).next(), Draw("demo").fork(4).next());
}

TEST(Draw, KeepsItsBounds) {
  Draw draw("bounds");
  std::map<std::int64_t, int> seen;
  for (int i = 0; i < 10'000; ++i) {
    ++seen[draw.skewed(10)];
    const auto n = draw.between(3, 5);
    ASSERT_TRUE(n >= 3 && n <= 5);
  }
  EXPECT_EQ(seen.size(), 10u);
  EXPECT_GT(seen[0], 3 * seen[9]);
}

TEST(Names, AreSlugsThatFitAMailbox) {
  EXPECT_EQ(slug("Åse Bjørn"), "aase-bjoern");
  EXPECT_EQ(slug("Ågård Byg ApS"), "aagaard-byg-aps");
  EXPECT_EQ(slug("!?"), "x");
}

TEST(TestWorld, FitsTheModel) {
  expect_sound(plan_test_world(noon));
}

TEST(DemoWorld, FitsTheModel) {
  expect_sound(plan_demo_world(noon));
}

TEST(DemoWorld, FitsTheModelOnEveryDayOfAYear) {
  for (int day = 0; day < 366; day += 61)
    EXPECT_EQ(wrong_order(plan_demo_world(noon.plus_ms(day * ms_per_day))), "") << day;
}

TEST(DemoWorld, IsTheSameOnTheSameDay) {
  EXPECT_EQ(fingerprint(plan_demo_world(noon)), fingerprint(plan_demo_world(noon)));
}

TEST(DemoWorld, HasSomethingForEveryScreen) {
  const Plan plan = plan_demo_world(noon);
  std::map<std::string, int> made;
  std::map<std::string, int> endings;
  int planned_ahead = 0;
  for (const auto& step : plan.steps) {
    if (step.changes == no_slot) ++made[step.type];
    if (step.changes != no_slot && step.values.contains("status")) ++endings[step.type];
    if (step.type == "activity" && step.values.contains("starts_at") &&
        step.values.at("starts_at").as_string() > render_instant(noon).c_str())
      ++planned_ahead;
  }
  EXPECT_EQ(made["user"], 12);
  EXPECT_EQ(made["group"], 4);
  EXPECT_EQ(made["company"], 400);
  EXPECT_EQ(made["person"], 900);
  EXPECT_EQ(made["sale"], 700);
  EXPECT_EQ(made["activity"], 5006);
  EXPECT_GT(plan.invitations.size(), 20u);
  EXPECT_EQ(made["product"], 40);
  EXPECT_GE(made["project"], 50);
  EXPECT_GE(made["sale_line"], 1200);
  EXPECT_GE(endings["sale"], 350);
  EXPECT_GE(planned_ahead, 100);
}

}  // namespace
}  // namespace fokus::worlds
