// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "records/criteria_terms.hpp"
#include "records/criteria_testing.hpp"
#include "records/criteria_testing_tables.hpp"

namespace fokus::records {
namespace {

using namespace testing;

constexpr std::uint64_t seed = 7;

std::string code_at(std::string_view filter) {
  const auto tree = parse_filter(filter);
  if (tree.ok()) return "ok";
  const auto& params = tree.error().params;
  return params.contains("at") ? params.at("at") : tree.error().code;
}

std::string again(std::string_view filter) {
  const auto tree = parse_filter(filter);
  return tree.ok() ? render_filter(**tree) : tree.error().code;
}

TEST(CriteriaText, KeepsWhatIsWrittenWell) {
  for (const char* filter : {"",
                             "false",
                             "country eq 'DK'",
                             "a eq 1 and (b eq 2 or c eq 3)",
                             "a eq 1 or b eq 2 and c eq 3",
                             "not (a eq 1 or b eq 2)",
                             "not a contains 'O''Hara'",
                             "updated_at ge 2026-01-01",
                             "any(sales: status eq 'open' and amount gt 10000)",
                             "none(activities: starts_at in last(90 days))",
                             "any(sales)",
                             "none(company.sales)",
                             "stage in ('offer', 'won')",
                             "closed_on in this_quarter",
                             "amount between -1.5 and 20",
                             "x eq null",
                             "x eq true",
                             "tags has_all ('a', 'b')",
                             "company.category empty",
                             "not not a empty",
                             "owner eq me",
                             "source(company.address) in ('import', 'register')",
                             "not source_name(address) contains '2019'",
                             "batch(phone) eq 12",
                             "notice(due_on) lt today",
                             "source eq 5"})
    EXPECT_EQ(again(filter), filter);
  EXPECT_EQ(again("( (a eq 1) )  and ((b eq 2 and c eq 3))"), "a eq 1 and b eq 2 and c eq 3");
  EXPECT_EQ(again("name not contains 'x'"), "not name contains 'x'");
  EXPECT_EQ(again("a in last(1 day)"), "a in last(1 days)");
  EXPECT_EQ(again("tags has any ('a', 'b') and not tags has  all('c')"),
            "tags has_any ('a', 'b') and not tags has_all ('c')");
}

TEST(CriteriaText, SaysWhereItStopsUnderstanding) {
  EXPECT_EQ(code_at("a"), "1");
  EXPECT_EQ(code_at("a eq"), "4");
  EXPECT_EQ(code_at("a like 'x'"), "2");
  EXPECT_EQ(code_at("a eq open"), "5");
  EXPECT_EQ(code_at("a has ('x')"), "2");
  EXPECT_EQ(code_at("a has anything"), "2");
  EXPECT_EQ(code_at("a eq 'open"), "5");
  EXPECT_EQ(code_at("a eq 12x"), "5");
  EXPECT_EQ(code_at("(a eq 1"), "7");
  EXPECT_EQ(code_at("a eq 1)"), "6");
  EXPECT_EQ(code_at("a eq 1 b eq 2"), "7");
  EXPECT_EQ(code_at("a in ()"), "6");
  EXPECT_EQ(code_at("a in last(0 days)"), "10");
  EXPECT_EQ(code_at("a in last(3 moons)"), "12");
  EXPECT_EQ(code_at("a..b eq 1"), "0");
  EXPECT_EQ(code_at("source() eq 'x'"), "7");
  EXPECT_EQ(code_at("source(a eq 'x'"), "9");
  EXPECT_EQ(code_at("origin(a) eq 'x'"), "6");
  EXPECT_EQ(code_at("a eq '\xC3'"), "0");
}

TEST(CriteriaText, KeepsItsLimits) {
  const std::string deep(30, '(');
  EXPECT_EQ(code_at(deep + "a eq 1"), "criteria/too_complex");
  std::string nots;
  for (int i = 0; i < 10'000 / 4; ++i) nots += "not ";
  EXPECT_EQ(code_at(nots + "a eq 1"), "criteria/too_complex");
  std::string wide = "a eq 1";
  for (int i = 0; i < limits::criteria_nodes_max; ++i) wide += " or a eq 1";
  EXPECT_EQ(code_at(wide), "criteria/too_complex");
  EXPECT_EQ(code_at(std::string(limits::filter_bytes_max + 1, ' ')), "criteria/too_complex");
  boost::json::value json = boost::json::object{{"field", "a"}, {"op", "empty"}};
  for (int i = 0; i < 30; ++i) json = boost::json::object{{"not", json}};
  EXPECT_EQ(criteria_from_json(json).error().code, "criteria/too_complex");
}

TEST(CriteriaText, RandomTreesGoThroughTextAndJson) {
  const Dictionary dictionary = make_dictionary();
  access::Scope scope;
  auto permissions = std::make_shared<access::Permissions>();
  permissions->types["*"].fill(access::every_circle);
  permissions->field_classes = {"contact"};
  scope.actor.permissions = permissions;
  const CriteriaContext context{dictionary, scope, world_now, store::Engine::sqlite};
  Chance chance(seed);
  for (int i = 0; i < 3000; ++i) {
    const NodePtr tree = RandomTree(chance, context).make(*dictionary.find("company"), 4);
    const std::string text = render_filter(*tree);
    const auto parsed = parse_filter(text);
    ASSERT_TRUE(parsed.ok()) << "tree " << i << ": " << text << " at "
                             << parsed.error().params.at("at");
    ASSERT_TRUE(equal(*tree, **parsed)) << text << "\n" << render_filter(**parsed);
    const std::string json = boost::json::serialize(criteria_to_json(*tree));
    const auto read = criteria_from_json(boost::json::parse(json));
    ASSERT_TRUE(read.ok()) << json;
    ASSERT_TRUE(equal(*tree, **read)) << json;
    ASSERT_TRUE(equal(*tree, *clone(*tree)));
  }
}

TEST(CriteriaText, JsonSaysWhereItIsWrong) {
  const auto at = [](std::string_view text) {
    const auto tree = criteria_from_json(boost::json::parse(text));
    return tree.ok() ? "ok" : tree.error().params.at("at");
  };
  EXPECT_EQ(at(R"({"and": [{"field": "a", "op": "eq", "value": 1}]})"), "ok");
  EXPECT_EQ(at(R"({"and": [{"field": "a", "op": "is", "value": 1}]})"), "/and/0/op");
  EXPECT_EQ(at(R"({"or": {}})"), "/or");
  EXPECT_EQ(at(R"({"not": []})"), "/not");
  EXPECT_EQ(at(R"({"field": "a b", "op": "eq", "value": 1})"), "/field");
  EXPECT_EQ(at(R"({"field": "a", "op": "in", "value": []})"), "/value");
  EXPECT_EQ(at(R"({"field": "a", "op": "in", "value": [[1]]})"), "/value/0");
  EXPECT_EQ(at(R"({"field": "a", "op": "eq", "value": 1, "sql": "x"})"), "");
  EXPECT_EQ(at(R"({"none": "sales", "where": {"field": 1}})"), "/where/field");
  EXPECT_EQ(at(R"({"field": "a", "op": "eq", "value": {"symbol": "you"}})"), "/value");
}

TEST(CriteriaText, SortKeys) {
  const auto keys = parse_sort("-created_at, company.name").value();
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_TRUE(keys[0].descending);
  EXPECT_EQ(keys[1].path, "company.name");
  EXPECT_TRUE(parse_sort("").value().empty());
  for (const char* wrong : {"a,,b", "--a", "a b", "a,a", "-"}) EXPECT_FALSE(parse_sort(wrong).ok());
}

TEST(CriteriaTerms, NumbersAreExact) {
  const auto scaled = [](Term term, int scale) {
    const auto found = scale_term(term, scale);
    return found ? std::to_string(found->floor) + (found->exact ? "" : "+") : "none";
  };
  EXPECT_EQ(scaled({19.99}, 2), "1999");
  EXPECT_EQ(scaled({std::string("0.1")}, 2), "10");
  EXPECT_EQ(scaled({10.005}, 2), "1000+");
  EXPECT_EQ(scaled({-10.005}, 2), "-1001+");
  EXPECT_EQ(scaled({-0.001}, 2), "-1+");
  EXPECT_EQ(scaled({1e300}, 2), "9223372036854775807+");
  EXPECT_EQ(scaled({-1e300}, 2), "-9223372036854775808");
  EXPECT_EQ(scaled({std::string("1e5")}, 2), "none");
  EXPECT_EQ(scaled({std::string(".5")}, 2), "none");
  EXPECT_EQ(scaled({std::string("")}, 2), "none");
}

std::string days_of(std::string_view word) {
  const auto tree = parse_filter("a in " + std::string(word)).value();
  const auto days = Calendar(world_now, "Europe/Copenhagen").days(tree->terms.at(0));
  return days ? render_date(days->first) + " " + render_date(days->last) : "none";
}

TEST(CriteriaTime, Periods) {
  EXPECT_EQ(days_of("today"), "2026-11-23 2026-11-23");
  EXPECT_EQ(days_of("yesterday"), "2026-11-22 2026-11-22");
  EXPECT_EQ(days_of("this_week"), "2026-11-23 2026-11-29");
  EXPECT_EQ(days_of("last_week"), "2026-11-16 2026-11-22");
  EXPECT_EQ(days_of("next_month"), "2026-12-01 2026-12-31");
  EXPECT_EQ(days_of("this_quarter"), "2026-10-01 2026-12-31");
  EXPECT_EQ(days_of("next_quarter"), "2027-01-01 2027-03-31");
  EXPECT_EQ(days_of("last_year"), "2025-01-01 2025-12-31");
  EXPECT_EQ(days_of("last(30 days)"), "2026-10-24 2026-11-23");
  EXPECT_EQ(days_of("next(2 weeks)"), "2026-11-23 2026-12-07");
  EXPECT_EQ(days_of("last(9 months)"), "2026-02-23 2026-11-23");
  EXPECT_EQ(days_of("last(10000 years)"), "0001-01-01 2026-11-23");
  EXPECT_EQ(days_of("next(10000 years)"), "2026-11-23 9999-12-31");
  EXPECT_EQ(days_of("last(3 hours)"), "none");
}

TEST(CriteriaTime, WeeksAndFiscalYearsBeginAsTheInstallationHasIt) {
  Installation american;
  american.first_day_of_week = 7;
  american.fiscal_year_start_month = 7;
  const Calendar calendar(world_now, "Europe/Copenhagen", american);
  const auto days = [&](const char* word) {
    const auto range = *calendar.days({Symbol{word, 0, {}}});
    return render_date(range.first) + " " + render_date(range.last);
  };
  EXPECT_EQ(days("this_week"), "2026-11-22 2026-11-28");
  EXPECT_EQ(days("last_week"), "2026-11-15 2026-11-21");
  EXPECT_EQ(days("this_fiscal_year"), "2026-07-01 2027-06-30");
  EXPECT_EQ(days("last_fiscal_year"), "2025-07-01 2026-06-30");
  EXPECT_EQ(days("next_fiscal_year"), "2027-07-01 2028-06-30");
  EXPECT_EQ(days("this_fiscal_quarter"), "2026-10-01 2026-12-31");
  EXPECT_EQ(days("last_fiscal_quarter"), "2026-07-01 2026-09-30");
  EXPECT_EQ(days("next_fiscal_quarter"), "2027-01-01 2027-03-31");
  EXPECT_EQ(days("this_year"), "2026-01-01 2026-12-31");
  EXPECT_EQ(days_of("this_fiscal_year"), "2026-01-01 2026-12-31");
}

TEST(CriteriaTime, FiscalQuartersNeedNotBeThoseOfTheYear) {
  Installation september;
  september.fiscal_year_start_month = 9;
  const Calendar calendar(world_now, "Europe/Copenhagen", september);
  const auto days = [&](const char* word) {
    const auto range = *calendar.days({Symbol{word, 0, {}}});
    return render_date(range.first) + " " + render_date(range.last);
  };
  EXPECT_EQ(days("this_fiscal_quarter"), "2026-09-01 2026-11-30");
  EXPECT_EQ(days("last_fiscal_quarter"), "2026-06-01 2026-08-31");
  EXPECT_EQ(days("next_fiscal_quarter"), "2026-12-01 2027-02-28");
}

TEST(CriteriaTime, LocalDaysHave23And25HoursWhenTheClockChanges) {
  const Calendar copenhagen(world_now, "Europe/Copenhagen");
  const auto hours = [&](const char* day) {
    const auto range = *copenhagen.moments({std::string(day)});
    return (range.to - range.from) / ms_per_hour;
  };
  EXPECT_EQ(hours("2026-03-29"), 23);
  EXPECT_EQ(hours("2026-10-25"), 25);
  EXPECT_EQ(hours("2026-11-23"), 24);
  const auto today = *copenhagen.moments({Symbol{"today", 0, {}}});
  EXPECT_EQ(render_instant({today.from}), "2026-11-22T23:00:00.000Z");
  // Late in the evening in New York it is still yesterday.
  const Calendar new_york(Instant{today.from}, "America/New_York");
  EXPECT_EQ(render_instant({new_york.moments({Symbol{"today", 0, {}}})->from}),
            "2026-11-22T05:00:00.000Z");
}

TEST(CriteriaTime, AnInstantWithoutAnOffsetIsOnTheClockOfWhoAsks) {
  const auto from = [](const char* zone, const char* text) {
    const auto found = Calendar(world_now, zone).moments({std::string(text)});
    EXPECT_EQ(found ? found->to - found->from : 0, 1) << text;
    return found ? render_instant({found->from}) : "none";
  };
  const char* const place = "Europe/Copenhagen";
  EXPECT_EQ(from(place, "2026-07-01T11:00"), "2026-07-01T09:00:00.000Z");
  EXPECT_EQ(from(place, "2026-01-01T00:15:30.250"), "2025-12-31T23:15:30.250Z");
  EXPECT_EQ(from(place, "2026-07-01T11:00Z"), "2026-07-01T11:00:00.000Z");
  EXPECT_EQ(from(place, "2026-07-01T11:00-03:00"), "2026-07-01T14:00:00.000Z");
  EXPECT_EQ(from("America/New_York", "2026-07-01T11:00:00"), "2026-07-01T15:00:00.000Z");
  EXPECT_EQ(from("UTC", "2026-07-01T11:00"), "2026-07-01T11:00:00.000Z");
  // The clock goes from 02:00 to 03:00, and in autumn from 03:00 back to 02:00.
  EXPECT_EQ(from(place, "2026-03-29T01:59:59.999"), "2026-03-29T00:59:59.999Z");
  for (const char* skipped : {"2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T02:59:59.999"})
    EXPECT_EQ(from(place, skipped), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(from(place, "2026-03-29T03:00"), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(from(place, "2026-10-25T02:30"), "2026-10-25T00:30:00.000Z");
}

TEST(CriteriaText, MyGroupStandsWhereverALinkLeadsToAGroup) {
  Dictionary dictionary = make_dictionary();
  RecordType& user = dictionary.types.find("user")->second;
  user.fields.push_back(make_field("primary_group", FieldKind::link, "group"));
  user.fields.push_back(make_field("boss", FieldKind::link, "user"));
  const access::Scope scope = make_scope(everything());
  const CriteriaContext context{dictionary, scope, world_now, store::Engine::sqlite};
  const auto code = [&](const char* type, std::string_view filter) {
    SqlText sql;
    const auto written =
        append_criteria(context, *dictionary.find(type), "t", **parse_filter(filter), sql);
    return written.ok() ? "" : written.error().code;
  };
  EXPECT_EQ(code("user", "primary_group eq my_group"), "");
  EXPECT_EQ(code("user", "primary_group in my_groups and boss eq me"), "");
  EXPECT_EQ(code("company", "owner.primary_group eq my_group"), "");
  EXPECT_EQ(code("company", "owner_group eq my_group"), "");
  EXPECT_EQ(code("user", "boss eq my_group"), "criteria/wrong_value");
  EXPECT_EQ(code("company", "parent eq my_group"), "criteria/wrong_value");
}

TEST(CriteriaText, TheShapeHoldsNoValue) {
  const auto shape = [](std::string_view filter) { return render_shape(**parse_filter(filter)); };
  EXPECT_EQ(shape("name eq 'Anna' and not phone contains '12 34'"),
            "name eq ? and not phone contains ?");
  EXPECT_EQ(shape("id in (1, 2, 3) or owner eq me"), "id in (?) or owner eq me");
  EXPECT_EQ(shape("created_at between 2026-01-01 and 2026-02-01 and active eq true"),
            "created_at between ? and ? and active eq ?");
  EXPECT_EQ(shape("starts_at in last(30 days) and tags empty"),
            "starts_at in last(30 days) and tags empty");
  EXPECT_EQ(shape("any(activities: name eq 'Secret') and in_selection(17)"),
            "any(activities: name eq ?) and in_selection(?)");
}

}  // namespace
}  // namespace fokus::records
