// SPDX-License-Identifier: Apache-2.0
#include "features/register_updates/update_rules.hpp"

#include <gtest/gtest.h>

namespace fokus::register_updates {
namespace {

using boost::json::object;
using registers::FillPolicy;

std::string refused(const object& input) {
  const auto changed = change_settings(standard_settings(), input);
  if (changed) return "accepted";
  const auto& error = changed.error();
  return error.errors.at(0).field + " " + error.errors.at(0).code;
}

std::string told(const std::vector<NewEvent>& events) {
  std::string out;
  for (const auto& one : events)
    out += std::string(one.kind) + " " + one.before + ">" + one.after + "; ";
  return out;
}

TEST(UpdateSettings, ProposeWhoACompanyIsAndWhatWasTyped) {
  const auto standard = standard_settings();
  EXPECT_FALSE(standard.is_nightly);
  EXPECT_EQ(standard.typed, FillPolicy::propose);
  EXPECT_EQ(standard.otherwise, FillPolicy::always);
  EXPECT_EQ(standard.policies.at("name"), FillPolicy::propose);
  EXPECT_TRUE(standard.tasks.contains("bankruptcy"));
}

TEST(UpdateSettings, ChangeOnlyWhatIsNamed) {
  const auto changed = change_settings(
      standard_settings(),
      {{"is_nightly", true}, {"policies", {{"phone", "never"}}}, {"tasks", {"new_name"}}});
  ASSERT_TRUE(changed.ok());
  EXPECT_TRUE(changed->is_nightly);
  EXPECT_EQ(changed->policies.size(), 1u);
  EXPECT_EQ(changed->policies.at("phone"), FillPolicy::never);
  EXPECT_EQ(changed->typed, FillPolicy::propose);
  EXPECT_EQ(changed->tasks.size(), 1u);
  const auto again = change_settings(standard_settings(), settings_to_json(*changed));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(settings_to_json(*again), settings_to_json(*changed));
}

TEST(UpdateSettings, NameWhatIsWrong) {
  EXPECT_EQ(refused({{"colour", 1}}), "colour unknown_field");
  EXPECT_EQ(refused({{"typed", "sometimes"}}), "typed unknown_policy");
  EXPECT_EQ(refused({{"source", "moon"}}), "source unknown_source");
  EXPECT_EQ(refused({{"policies", {{"owner", "always"}}}}), "owner unknown_field");
  EXPECT_EQ(refused({{"policies", {{"phone", 7}}}}), "phone unknown_policy");
  EXPECT_EQ(refused({{"tasks", {"birthday"}}}), "tasks unknown_kind");
  EXPECT_EQ(refused({{"is_nightly", "yes"}}), "is_nightly wrong_kind");
}

TEST(RegisterEvents, AreWhatChangedBetweenTwoLooks) {
  const Check was{"1", "Nordlys A/S", "active", "Havnegade 1, 8000, Aarhus C"};
  Check now = was;
  EXPECT_EQ(told(find_events(was, now)), "");
  now.name = "NORDLYS A/S", now.address = "Havnegade 1 8000 AARHUS C";
  EXPECT_EQ(told(find_events(was, now)), "");
  now.name = "Nordlys Byg A/S", now.status = "bankrupt";
  EXPECT_EQ(told(find_events(was, now)),
            "bankruptcy active>bankrupt; new_name Nordlys A/S>Nordlys Byg A/S; ");
  now = was;
  now.address = "";
  EXPECT_EQ(told(find_events(was, now)), "");
  now.status = std::string(absent_status);
  EXPECT_EQ(told(find_events(was, now)), "dissolution active>absent; ");
}

TEST(RegisterEvents, OfTheFirstLookAreOnlyAnEnd) {
  EXPECT_EQ(told(find_events({}, {"1", "A", "active", "x"})), "");
  EXPECT_EQ(told(find_events({}, {"1", "A", "dissolved", "x"})), "dissolution >dissolved; ");
}

TEST(RegisterEvents, AreToldOnce) {
  const Check bankrupt{"1", "A", "bankrupt", "x"}, dissolved{"1", "A", "dissolved", "x"};
  EXPECT_EQ(told(find_events(bankrupt, bankrupt)), "");
  EXPECT_EQ(told(find_events(bankrupt, dissolved)), "dissolution bankrupt>dissolved; ");
  EXPECT_EQ(told(find_events(dissolved, bankrupt)), "");
}

TEST(RegisterNumbers, BelongToTheProviderOfTheirCountry) {
  const auto at = [](const char* provider, const Numbers& company) {
    return number_at(*registers::find_provider(provider), company);
  };
  EXPECT_EQ(at("brreg", {"923 609 016", "", "NO"}), "923609016");
  EXPECT_EQ(at("brreg", {"NO 923609016", "", "NO"}), "923609016");
  EXPECT_EQ(at("brreg", {"923609016", "", "DK"}), "");
  EXPECT_EQ(at("brreg", {"923609016", "", ""}), "923609016");  // its check digit says so
  EXPECT_EQ(at("brreg", {"923609017", "", ""}), "");
  EXPECT_EQ(at("brreg", {"923609017", "", "NO"}), "923609017");
  EXPECT_EQ(at("brreg", {"12345", "", "NO"}), "");  // the register would only refuse it
  EXPECT_EQ(at("brreg", {"", "NO923609016MVA", "NO"}), "");
  EXPECT_EQ(at("gleif", {"923609016", "", "NO"}), "");
  EXPECT_EQ(at("dnb", {"923609016", "", "NO"}), "");
  EXPECT_EQ(at("vies", {"923609016", "", "DK"}), "");
}

TEST(RegisterDigests, ChangeWithAllThatALookDependsOn) {
  registers::Entry entry;
  entry[registers::Field::name] = "A";
  const auto standard = standard_settings();
  const auto before = digest_of(entry, standard, 1);
  EXPECT_EQ(digest_of(entry, standard, 1), before);
  EXPECT_NE(digest_of(entry, standard, 2), before);
  auto changed = standard;
  changed.version = 1;
  EXPECT_NE(digest_of(entry, changed, 1), before);
  entry[registers::Field::city] = "B";
  EXPECT_NE(digest_of(entry, standard, 1), before);
}

}  // namespace
}  // namespace fokus::register_updates
