// SPDX-License-Identifier: Apache-2.0
// Every aggregate must agree with a naive evaluation: rows in memory, one after the other, no SQL.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "records/aggregate_json.hpp"
#include "records/aggregate_plan.hpp"
#include "records/criteria_testing_tables.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

using namespace testing;

constexpr std::uint64_t seed = 20261124;
constexpr int queries_per_world = 250;

struct Cell {
  store::Value value;
  FieldKind kind = FieldKind::integer;
  int scale = 0;
};

// The naive evaluator.
class Naive {
 public:
  Naive(const CriteriaContext& context, const MemoryRows& rows, const RecordType& type)
      : context_(context),
        rows_(rows),
        type_(type),
        zone_(*TimeZone::find(context.scope.actor.time_zone)) {}

  bool readable(const RecordType& type, const MemoryRow& row) const {
    const auto number = [&](const char* name) {
      const auto at = row.find(name);
      const auto* n = at == row.end() ? nullptr : std::get_if<std::int64_t>(&at->second);
      return n ? *n : 0;
    };
    if (type.about_person && !context_.scope.see_restricted && number("restricted") != 0)
      return false;
    return may_touch(context_.scope, type, access::Action::read, UserId{number("owner")},
                     GroupId{number("owner_group")});
  }

  std::vector<const MemoryRow*> rows(const Node* criteria) const {
    std::vector<const MemoryRow*> out;
    for (const auto& [id, row] : rows_.types.at(type_.name))
      if (store::is_null(row.at("archived_at")) && readable(type_, row) &&
          (!criteria || evaluate(context_, rows_, type_, row, *criteria)))
        out.push_back(&row);
    return out;
  }

  // The value at the end of a path; links that may not be read lead nowhere.
  Cell cell(const MemoryRow& start, const std::string& path) const {
    const auto field = resolve_field(context_, type_, path);
    CHECK(field.ok());
    const MemoryRow* row = &start;
    for (const auto& step : field->steps) {
      const auto* id = std::get_if<std::int64_t>(&row->at(step.field->name));
      const auto& all = rows_.types.at(step.to->name);
      const auto at = id ? all.find(*id) : all.end();
      if (at == all.end() || !readable(*step.to, at->second))
        return {{}, field->kind, field->scale};
      row = &at->second;
    }
    const bool money = field->kind == FieldKind::money;
    return {row->at(money ? field->column + "_base" : field->column), field->kind, field->scale};
  }

  std::string key(const MemoryRow& row, const GroupBy& by) const {
    const Cell found = cell(row, by.path);
    if (store::is_null(found.value)) return "null";
    if (const auto* text = std::get_if<std::string>(&found.value)) {
      if (text->empty()) return "null";
      if (found.kind == FieldKind::date)
        return date_key(*text, buckets(by.unit.value_or(TimeUnit::day)));
      if (!is_text_kind(found.kind)) return *text;
      return std::get<std::string>(folded(found.kind, *text));
    }
    const std::int64_t n = std::get<std::int64_t>(found.value);
    if (found.kind != FieldKind::instant) return std::to_string(n);
    const std::int64_t bucket = bucket_of({n}, buckets(*by.unit), zone_);
    return *by.unit == TimeUnit::weekday || *by.unit == TimeUnit::hour
               ? std::to_string(bucket)
               : render_bucket(buckets(*by.unit), bucket);
  }

  Buckets buckets(TimeUnit unit) const {
    return {unit, context_.dictionary.installation.fiscal_year_start_month};
  }

  static std::string date_key(const std::string& text, const Buckets& buckets) {
    const Date date = *parse_date(text);
    if (buckets.unit == TimeUnit::weekday) return std::to_string(weekday(date));
    return render_bucket(buckets, bucket_start(buckets, days_from_epoch(date)));
  }

  std::string value(const std::vector<const MemoryRow*>& rows, const Measure& measure) const {
    if (measure.over.empty()) return render(plain(rows, measure));
    const auto above = plain(rows, measure), below = plain(rows, measure.over.front());
    if (!above || !below || *below == 0) return "null";
    return render(*above / *below);
  }

  static std::string render(std::optional<double> value) {
    return value ? fmt::format("{:.4f}", *value + 0.0) : "null";
  }

 private:
  std::optional<double> plain(const std::vector<const MemoryRow*>& rows,
                              const Measure& measure) const {
    using M = Measure::Kind;
    std::vector<double> numbers;
    std::set<std::string> keys;
    int count = 0, scale = 0;
    bool money = false;
    for (const auto* row : rows) {
      if (measure.where && !evaluate(context_, rows_, type_, *row, *measure.where)) continue;
      ++count;
      if (measure.kind == M::count) continue;
      if (measure.kind == M::distinct) {
        if (const auto k = distinct_key(*row, measure.path); k != "null") keys.insert(k);
        continue;
      }
      const Cell found = cell(*row, measure.path);
      money = found.kind == FieldKind::money;
      scale = money ? context_.base_scale : found.scale;
      const auto* n = std::get_if<std::int64_t>(&found.value);
      if (!n) continue;
      double number = static_cast<double>(*n);
      if (measure.kind == M::weighted) {
        const Cell weight = cell(*row, measure.weight);
        const auto* percent = std::get_if<std::int64_t>(&weight.value);
        if (!percent) continue;
        number *= static_cast<double>(*percent);
      }
      numbers.push_back(number);
    }
    if (measure.kind == M::count) return count;
    if (measure.kind == M::distinct) return static_cast<double>(keys.size());
    auto out = of_numbers(numbers, measure.kind);
    if (!out) return out;
    const bool middle = measure.kind == M::average || measure.kind == M::median;
    if (measure.kind == M::weighted || (money && middle)) out = std::round(*out);
    return *out / std::pow(10, scale);
  }

  std::string distinct_key(const MemoryRow& row, const std::string& path) const {
    const Cell found = cell(row, path);
    GroupBy by{path, {}};
    if (found.kind == FieldKind::date) by.unit = TimeUnit::day;
    if (found.kind == FieldKind::instant)
      return store::is_null(found.value) ? "null"
                                         : std::to_string(std::get<std::int64_t>(found.value));
    return key(row, by);
  }

  static std::optional<double> of_numbers(std::vector<double> n, Measure::Kind kind) {
    using M = Measure::Kind;
    double sum = 0;
    for (const double one : n) sum += one;
    if (kind == M::sum) return sum;
    if (kind == M::weighted) return sum / 100;
    if (n.empty()) return std::nullopt;
    std::sort(n.begin(), n.end());
    if (kind == M::average) return sum / static_cast<double>(n.size());
    if (kind == M::minimum) return n.front();
    if (kind == M::maximum) return n.back();
    return (n[(n.size() - 1) / 2] + n[n.size() / 2]) / 2;
  }

  const CriteriaContext& context_;
  const MemoryRows& rows_;
  const RecordType& type_;
  TimeZone zone_;
};

class RandomAggregate {
 public:
  RandomAggregate(Chance& chance, const CriteriaContext& context)
      : chance_(chance), context_(context) {}

  AggregateQuery make(const RecordType& type) {
    AggregateQuery query;
    for (int i = chance_.below(3); i > 0; --i) query.group_by.push_back(group(type));
    for (int i = chance_.below(3); i >= 0; --i) query.measures.push_back(measure(type));
    if (chance_.one_in(3)) query.measures.back().over.push_back(measure(type));
    query.limit = limits::groups_shown_max;
    return query;
  }

 private:
  static std::vector<std::string> numbers(const RecordType& type) {
    if (type.name == "company") return {"revenue", "rating", "employees", "parent.revenue"};
    if (type.name == "sale")
      return {"amount", "amount.minor", "company.employees", "company.rating"};
    return {"company.revenue", "company.employees"};
  }
  static std::vector<std::string> keys(const RecordType& type) {
    if (type.name == "company")
      return {"category", "country", "founded",      "active",         "rating", "vat",
              "name",     "owner",   "address.city", "parent.founded", "parent", "parent.country"};
    if (type.name == "sale")
      return {"status",    "closes_at",       "closes_at",   "company.category",
              "closes_at", "amount.currency", "owner_group", "company.founded"};
    return {"company", "phone", "email", "born", "company.country", "company.parent.category"};
  }

  GroupBy group(const RecordType& type) {
    GroupBy by{chance_.pick(keys(type)), {}};
    const auto field = resolve_field(context_, type, by.path);
    if (field->kind == FieldKind::instant) by.unit = static_cast<TimeUnit>(chance_.below(9));
    if (field->kind == FieldKind::date) by.unit = unit_of_days();
    return by;
  }

  // A day has no hours.
  TimeUnit unit_of_days() {
    constexpr auto units = std::to_array({TimeUnit::day, TimeUnit::week, TimeUnit::month,
                                          TimeUnit::quarter, TimeUnit::year, TimeUnit::weekday,
                                          TimeUnit::fiscal_quarter, TimeUnit::fiscal_year});
    return units[static_cast<std::size_t>(chance_.below(static_cast<int>(units.size())))];
  }

  Measure measure(const RecordType& type) {
    using M = Measure::Kind;
    Measure out;
    out.kind = static_cast<M>(chance_.below(8));
    if (out.kind == M::distinct)
      out.path = chance_.pick(keys(type));
    else if (out.kind == M::weighted) {
      out.path = type.name == "company" ? "revenue"
                 : type.name == "sale"  ? (chance_.one_in(3) ? "amount.minor" : "amount")
                                        : "company.revenue";
      out.weight = type.name == "company" ? "employees" : "company.employees";
    } else if (out.kind != M::count)
      out.path = chance_.pick(numbers(type));
    if (chance_.one_in(3)) out.where = RandomTree(chance_, context_).make(type, 1);
    return out;
  }

  Chance& chance_;
  const CriteriaContext& context_;
};

// As text, with the digits that the naive evaluation gives.
std::string rendered(const Aggregate& found, std::size_t at, const store::Value& value) {
  return Naive::render(real_of(found.units[at], value));
}

class Aggregates : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    add_old_and_late_moments();
    dictionary.installation.fiscal_year_start_month = 7;
    store::Options options;
    options.durable = false;
    scratch = std::make_unique<store::testing::ScratchDatabase>(GetParam(), options);
    store_rows(**scratch, dictionary, rows);
  }

  // Around both changes of the clock, and years that nobody meant.
  void add_old_and_late_moments() {
    std::int64_t id = 1;
    for (const char* moment :
         {"2026-03-29T00:59:59.999Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z",
          "2026-10-25T01:30:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z",
          "1899-12-31T22:59:59Z", "0199-01-01T00:00:00Z", "2200-06-01T00:00:00Z",
          "1969-12-31T23:30:00Z", "2026-12-31T23:00:00Z"})
      rows.types["sale"][id++]["closes_at"] = parse_instant(moment)->ms;
  }

  CriteriaContext context(const access::Scope& scope) const {
    return {dictionary, scope, world_now, GetParam()};
  }

  Result<Aggregate> run(const CriteriaContext& ctx, const RecordType& type,
                        const AggregateQuery& query) {
    return (*scratch)->read(
        [&](store::Session& session) { return run_aggregate(ctx, session, type, query, "DKK"); });
  }

  std::string code(std::string_view type, std::string_view query) {
    const access::Scope scope = make_scope(everything());
    auto parsed = parse_aggregate(
        boost::json::parse(boost::json::string_view(query.data(), query.size())).as_object());
    if (!parsed) return parsed.error().code;
    const auto found = run(context(scope), *dictionary.find(type), *parsed);
    return found.ok() ? "" : found.error().code;
  }

  Chance chance{seed};
  Dictionary dictionary = make_dictionary();
  MemoryRows rows = sample_rows(chance, dictionary);
  std::unique_ptr<store::testing::ScratchDatabase> scratch;
};
INSTANTIATE_EACH_ENGINE(Aggregates);

TEST_P(Aggregates, AreWhatTheNaiveEvaluationSays) {
  const std::vector<std::string> zones{"Europe/Copenhagen", "America/St_Johns", "UTC",
                                       "Australia/Lord_Howe", "Pacific/Apia"};
  int groups = 0, drilled = 0;
  for (int i = 0; i < queries_per_world; ++i) {
    Chance own(seed + 1 + static_cast<std::uint64_t>(i));
    access::Scope scope = make_scope(i % 3 == 0 ? everything() : some(own));
    scope.see_restricted = own.one_in(4);
    scope.actor.time_zone = own.pick(zones);
    const auto ctx = context(scope);
    const std::vector<std::string> names{"company", "person", "sale", "sale"};
    const RecordType& type = *dictionary.find(own.pick(names));
    AggregateQuery query = RandomAggregate(own, ctx).make(type);
    const NodePtr tree = own.one_in(2) ? RandomTree(own, ctx).make(type, 2) : nullptr;
    query.criteria = tree.get();
    const auto found = run(ctx, type, query);
    ASSERT_TRUE(found.ok()) << found.error().code << " query " << i;
    const Naive naive(ctx, rows, type);
    const auto matching = naive.rows(tree.get());
    const std::string where = fmt::format("query {} of {} {}", i, type.name, scope.actor.time_zone);
    ASSERT_EQ(found->count, static_cast<std::int64_t>(matching.size())) << where;
    for (std::size_t m = 0; m < query.measures.size(); ++m)
      EXPECT_EQ(rendered(*found, m, found->total[m]), naive.value(matching, query.measures[m]))
          << where << " total " << m;
    if (query.group_by.empty()) continue;
    std::map<std::string, std::vector<const MemoryRow*>> expected;
    for (const auto* row : matching) {
      std::string key;
      for (const auto& by : query.group_by) key += naive.key(*row, by) + "|";
      expected[key].push_back(row);
    }
    ASSERT_EQ(found->groups.size(), expected.size()) << where;
    for (const auto& group : found->groups) {
      const auto first = std::find_if(expected.begin(), expected.end(), [&](const auto& one) {
        if (!group.criteria) return false;
        return evaluate(ctx, rows, type, *one.second.front(), *group.criteria);
      });
      ++groups;
      if (!group.criteria) continue;
      ASSERT_NE(first, expected.end()) << where << render_filter(*group.criteria);
      ++drilled;
      // The drill finds the rows of the group, and no other.
      const auto inside = [&](const MemoryRow* row) {
        return evaluate(ctx, rows, type, *row, *group.criteria);
      };
      EXPECT_EQ(std::count_if(matching.begin(), matching.end(), inside), group.count)
          << where << render_filter(*group.criteria);
      EXPECT_EQ(static_cast<std::int64_t>(first->second.size()), group.count) << where;
      for (std::size_t m = 0; m < query.measures.size(); ++m)
        EXPECT_EQ(rendered(*found, m, group.values[m]),
                  naive.value(first->second, query.measures[m]))
            << where << " measure " << m << " " << render_filter(*group.criteria);
    }
  }
  EXPECT_GT(groups, 500);
  EXPECT_EQ(drilled, groups);
}

TEST_P(Aggregates, WeekdaysAndHoursAreThoseOfTheWallClock) {
  const access::Scope scope = make_scope(everything());
  const auto ctx = context(scope);
  const RecordType& type = *dictionary.find("sale");
  const Naive naive(ctx, rows, type);
  for (const auto unit : {TimeUnit::weekday, TimeUnit::hour}) {
    AggregateQuery query;
    query.group_by = {{"closes_at", unit}};
    query.measures.emplace_back();
    const auto found = run(ctx, type, query);
    ASSERT_TRUE(found.ok());
    std::map<std::string, std::int64_t> expected, actual;
    for (const auto* row : naive.rows(nullptr)) ++expected[naive.key(*row, query.group_by[0])];
    for (const auto& group : found->groups) {
      const auto* n = std::get_if<std::int64_t>(&group.keys[0].value);
      // Buckets outside the known years have no hour of their own.
      std::string key = n ? std::to_string(*n) : "null";
      actual[key] = group.count;
    }
    EXPECT_EQ(actual, expected);
  }
}

TEST_P(Aggregates, TheLimitKeepsTheLargestAndAddsUpTheOthers) {
  const access::Scope scope = make_scope(everything());
  const auto ctx = context(scope);
  const auto query = parse_aggregate(
      {{"measures",
        {{{"kind", "sum"}, {"field", "amount"}}, {{"kind", "median"}, {"field", "amount"}}}},
       {"group_by", {{{"field", "company"}}}},
       {"limit", 3},
       {"others", true}});
  ASSERT_TRUE(query.ok());
  const auto found = run(ctx, *dictionary.find("sale"), *query);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->groups.size(), 3u);
  EXPECT_TRUE(found->truncated);
  std::int64_t sum = std::get<std::int64_t>(found->others->at(0));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (const auto& group : found->groups) {
    const auto value = std::get<std::int64_t>(group.values[0]);
    EXPECT_LE(value, before);
    before = value;
    sum += value;
  }
  EXPECT_EQ(sum, std::get<std::int64_t>(found->total[0]));
  EXPECT_TRUE(store::is_null(found->others->at(1)));
}

TEST_P(Aggregates, ASumBeyond64BitsIsOutOfRangeAndNoBug) {
  (*scratch)->write([](store::Transaction& tx) {
    tx.execute("UPDATE sales SET amount_base = $1, company = id % 2 + 1, archived_at = NULL",
               {std::numeric_limits<std::int64_t>::max() / 60});
  });
  const access::Scope scope = make_scope(everything());
  const auto failure = [&](boost::json::object input) {
    const auto query = parse_aggregate(input);
    EXPECT_TRUE(query.ok());
    try {
      return run(context(scope), *dictionary.find("sale"), *query).ok() ? "fits" : "refused";
    } catch (const store::Failure& failure) {
      return failure.kind == store::FailureKind::out_of_range ? "out of range" : failure.what();
    }
  };
  const boost::json::array sum{{{"kind", "sum"}, {"field", "amount"}}};
  EXPECT_STREQ(failure({{"measures", sum}}), "out of range");
  // Each group fits, their sum does not.
  EXPECT_STREQ(failure({{"measures", sum}, {"group_by", {{{"field", "company"}}}}}),
               "out of range");
  EXPECT_STREQ(failure({{"measures", {{{"kind", "maximum"}, {"field", "amount"}}}}}), "fits");
}

TEST_P(Aggregates, RefuseWhatCannotBeMeasuredOrRead) {
  EXPECT_EQ(code("company", R"({"group_by":[{"field":"secret"}]})"), "criteria/masked_field");
  EXPECT_EQ(code("sale", R"({"group_by":[{"field":"company.secret"}]})"), "criteria/masked_field");
  EXPECT_EQ(code("company", R"({"measures":[{"kind":"distinct","field":"secret"}]})"),
            "criteria/masked_field");
  EXPECT_EQ(code("company", R"({"group_by":[{"field":"gone"}]})"), "criteria/unknown_field");
  EXPECT_EQ(code("company", R"({"group_by":[{"field":"tags"}]})"), "aggregates/wrong_kind");
  EXPECT_EQ(code("company", R"({"group_by":[{"field":"members.born"}]})"), "aggregates/wrong_kind");
  EXPECT_EQ(code("company", R"({"group_by":[{"field":"country","by":"day"}]})"),
            "aggregates/wrong_kind");
  EXPECT_EQ(code("company", R"({"group_by":[{"field":"founded","by":"hour"}]})"),
            "aggregates/wrong_kind");
  EXPECT_EQ(code("company", R"({"measures":[{"kind":"sum","field":"name"}]})"),
            "aggregates/wrong_kind");
  EXPECT_EQ(code("company", R"({"measures":[{"kind":"guess","field":"name"}]})"),
            "aggregates/invalid");
  EXPECT_EQ(code("company", R"({"order":{"by":"measure","index":1}})"), "aggregates/invalid");
  EXPECT_EQ(code("company", R"({"group_by":["name","name","name"]})"), "aggregates/invalid");
}

TEST(AggregateTime, TheLastWeekEndsWithTheLastDayThatCanBeWritten) {
  const Date last{9999, 12, 31};
  const auto days =
      bucket_days(TimeUnit::week, bucket_start(TimeUnit::week, days_from_epoch(last)));
  EXPECT_EQ(render_date(days.first), "9999-12-27");
  EXPECT_EQ(render_date(days.last), "9999-12-31");
}

TEST(AggregateTime, FiscalYearsAndQuartersBeginWithTheirMonth) {
  const auto shown = [](const Buckets& buckets, Date day) {
    const auto start = bucket_start(buckets, days_from_epoch(day));
    EXPECT_EQ(parse_bucket(buckets, render_bucket(buckets, start)), start);
    const auto days = bucket_days(buckets, start);
    return render_bucket(buckets, start) + " " + render_date(days.first) + " " +
           render_date(days.last);
  };
  const Buckets year(TimeUnit::fiscal_year, 7), quarter(TimeUnit::fiscal_quarter, 2);
  EXPECT_EQ(shown(year, {2026, 6, 30}), "2025/26 2025-07-01 2026-06-30");
  EXPECT_EQ(shown(year, {2026, 7, 1}), "2026/27 2026-07-01 2027-06-30");
  EXPECT_EQ(shown(year, {1999, 12, 31}), "1999/00 1999-07-01 2000-06-30");
  EXPECT_EQ(shown(year, {9999, 12, 31}), "9999/00 9999-07-01 9999-12-31");
  EXPECT_EQ(shown(quarter, {2026, 1, 31}), "2025/26-Q4 2025-11-01 2026-01-31");
  EXPECT_EQ(shown(quarter, {2026, 2, 1}), "2026/27-Q1 2026-02-01 2026-04-30");
  EXPECT_EQ(shown(TimeUnit::fiscal_year, {2026, 2, 1}), "2026 2026-01-01 2026-12-31");
  EXPECT_EQ(shown(TimeUnit::fiscal_quarter, {2026, 12, 1}), "2026-Q4 2026-10-01 2026-12-31");
  for (const auto* text : {"2026", "2026/27-Q1", "2026-27", "", "<1900"})
    EXPECT_FALSE(parse_bucket(year, text)) << text;
}

}  // namespace
}  // namespace fokus::records
