// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_explain.hpp"

#include <gtest/gtest.h>

#include "records/criteria_testing.hpp"

namespace fokus::records {
namespace {

std::string explain(std::string_view filter, std::string_view language) {
  Dictionary dictionary = testing::make_dictionary();
  RecordType& company = dictionary.types.find("company")->second;
  for (auto& field : company.fields) {
    if (field.name == "country") field.label = {{"en", "Country"}, {"da", "Land"}};
    if (field.name == "owner") field.label = {{"en", "Owner"}, {"da", "Ansvarlig"}};
    if (field.name == "category") field.list = "categories";
  }
  dictionary.types.find("sale")->second.label_plural = {{"en", "sales"}, {"da", "salg"}};
  dictionary.lists["categories"] = {
      {"customer", {{"en", "Customer"}, {"da", "Kunde"}}, {}, false, {}}};
  const auto tree = parse_filter(filter);
  return tree.ok() ? explain_criteria(dictionary, company, **tree, language) : tree.error().code;
}

TEST(CriteriaExplain, ReadsAsASentence) {
  EXPECT_EQ(explain("country eq 'DK' and owner eq me", "en"), "Country is DK and Owner is me");
  EXPECT_EQ(explain("country eq 'DK' and owner eq me", "da"), "Land er DK og Ansvarlig er mig");
  EXPECT_EQ(explain("category eq 'customer' or not founded in last(30 days)", "en"),
            "category is Customer or not (founded is the last 30 days)");
  EXPECT_EQ(explain("none(sales: amount gt 1000)", "da"),
            "har ingen salg hvor amount er over 1000");
  EXPECT_EQ(explain("source(country) eq 'import' and batch(owner) eq 12", "en"),
            "the source of Country is an import and the change set of Owner is 12");
  EXPECT_EQ(explain("source_name(country) contains '2019'", "da"),
            "navnet på kilden til Land indeholder 2019");
  EXPECT_EQ(explain("notice(due_on) lt today", "en"),
            "the duty to inform · deadline is less than today");
  EXPECT_EQ(explain("", "en"), "everything");
  EXPECT_EQ(explain("nothing.known eq 1", "en"), "nothing · known is 1");
}

}  // namespace
}  // namespace fokus::records
