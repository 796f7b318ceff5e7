// SPDX-License-Identifier: Apache-2.0
#include "records/stored_filter.hpp"

#include <gtest/gtest.h>

#include <set>

#include "records/criteria_testing.hpp"
#include "records/criteria_testing_tables.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class StoredFilter : public ::testing::Test {
 protected:
  // To who sees these classes.
  std::string shown(const char* type, const std::string& filter, std::set<std::string> classes) {
    auto permissions = testing::everything();
    permissions.field_classes = {classes.begin(), classes.end()};
    const auto found = show_filter(dictionary_, testing::make_scope(permissions), type, filter);
    EXPECT_EQ(found.is_masked, found.text != filter) << filter;
    return found.text;
  }
  std::string hidden(const char* type, const std::string& filter) {
    return shown(type, filter, {"contact"});
  }

  Dictionary dictionary_ = testing::make_dictionary();  // of which `secret` is of class special
};

TEST_F(StoredFilter, KeepsTheValuesOfMaskedFieldsBack) {
  EXPECT_EQ(hidden("company", "country eq 'DK' and secret eq 'x'"),
            "country eq 'DK' and secret eq '…'");
  EXPECT_EQ(hidden("company", "not (secret contains 'x' or secret startswith 'y')"),
            "not (secret contains '…' or secret startswith '…')");
  EXPECT_EQ(hidden("company", "secret in ('a', 'b', 'c')"), "secret in ('…')");
  EXPECT_EQ(hidden("company", "secret between 'a' and 'b'"), "secret between '…' and '…'");
  EXPECT_EQ(shown("company", "secret eq 'x'", {"contact", "special"}), "secret eq 'x'");
}

TEST_F(StoredFilter, FindsThemBehindLinksAndInLists) {
  EXPECT_EQ(hidden("company", "parent.parent.secret eq 'x'"), "parent.parent.secret eq '…'");
  EXPECT_EQ(hidden("company", "any(sales: company.secret eq 'x' and amount gt 10)"),
            "any(sales: company.secret eq '…' and amount gt 10)");
  EXPECT_EQ(hidden("person", "none(company.sales: company.secret eq 5)"),
            "none(company.sales: company.secret eq '…')");
  EXPECT_EQ(shown("person", "any(contact_points: value contains '12' and is_primary eq true)", {}),
            "any(contact_points: value contains '…' and is_primary eq '…')");
}

TEST_F(StoredFilter, WhatNobodyKnowsIsMaskedForWhoDoesNotSeeContactData) {
  for (const char* filter : {"lost eq 'x'", "lost.more eq 'x'", "any(lost: a eq 'x')",
                             "any(lost.lists: a eq 'x')", "any(name.sales: a eq 'x')"}) {
    EXPECT_EQ(shown("company", filter, {}), replace_all(filter, "'x'", "'…'"));
    EXPECT_EQ(shown("company", filter, {"contact"}), filter);
    EXPECT_EQ(shown("gone_type", filter, {}), replace_all(filter, "'x'", "'…'"));
  }
  EXPECT_EQ(shown("company", "what is this", {}), "");
  EXPECT_EQ(shown("company", "what is this", {"contact"}), "what is this");
}

TEST_F(StoredFilter, LeavesWhatSaysNothingAboutAnybody) {
  for (const char* filter : {"", "secret empty", "country eq 'DK'", "in_selection(17)",
                             "owner eq me", "address.city eq 'Odense'", "secret eq today"})
    EXPECT_EQ(hidden("company", filter), filter);
}

TEST_F(StoredFilter, WhatWasMaskedIsNotKept) {
  const auto code = [](std::string_view filter) {
    const auto checked = check_unmasked(**parse_filter(filter));
    return checked.ok() ? "" : checked.error().code + " " + checked.error().errors.at(0).field;
  };
  EXPECT_EQ(code("country eq 'DK' and not any(sales: status in ('a', '…'))"),
            "criteria/masked_value status");
  EXPECT_EQ(code("country eq '… DK'"), "");
}

TEST_F(StoredFilter, TakesEitherForm) {
  const auto filter = [](std::string_view text) {
    const auto form = with_filter(json::parse(text).as_object());
    return form.ok() ? json::serialize(*form) : form.error().code;
  };
  EXPECT_EQ(filter(R"({"criteria":{"field":"name","op":"eq","value":"O'Hara"}})"),
            R"({"filter":"name eq 'O''Hara'"})");
  EXPECT_EQ(filter(R"({"filter":"a eq 1"})"), R"({"filter":"a eq 1"})");
  EXPECT_EQ(filter(R"({"filter":"a eq 1","criteria":null})"), R"({"filter":"a eq 1"})");
  EXPECT_EQ(filter(R"({"filter":null,"criteria":{}})"), R"({"filter":""})");
  EXPECT_EQ(filter(R"({"filter":"","criteria":{}})"), "criteria/two_forms");
  EXPECT_EQ(filter(R"({"criteria":{"field":"a"}})"), "criteria/syntax");
  EXPECT_EQ(filter(R"({"criteria":"a eq 1"})"), "criteria/syntax");
}

}  // namespace
}  // namespace fokus::records
