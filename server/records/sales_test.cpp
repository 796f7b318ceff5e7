// SPDX-License-Identifier: Apache-2.0
// What the model derives of a sale and its lines, and what it refuses, on both engines.
#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class SalesTest : public testing::Place {
 protected:
  json::value money(const char* amount, const char* currency = "DKK") {
    return {{"amount", amount}, {"currency", currency}};
  }
  json::value value(const char* name, std::int64_t id, const char* field) {
    return get(name, id).at(field);
  }
  std::string problem(const Result<Saved>& saved) {
    if (saved) return "";
    const auto& first = saved.error().errors.at(0);
    return first.field + " " + first.code;
  }
  void item(const char* list, const char* key, bool retired, const char* extra) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["records.save_list_item"],
                 {list, key, R"({"en":"Item"})", "", 10, retired, extra});
      return publish(tx);
    });
  }
  std::int64_t line(json::object values) {
    values["name"] = "Line";
    return create("sale_line", values);
  }
};
INSTANTIATE_EACH_ENGINE(SalesTest);

TEST_P(SalesTest, AreClosedOnTheDayOfTheActor) {
  clock_.set(*parse_instant("2026-11-25T23:30:00Z"));
  system_.actor.time_zone = "Europe/Copenhagen";
  const auto id = create("sale", {{"name", "Borde"}});
  EXPECT_TRUE(value("sale", id, "closed_on").is_null());
  ASSERT_TRUE(update("sale", id, {{"status", "sold"}}).ok());
  EXPECT_EQ(value("sale", id, "closed_on"), "2026-11-26");
  EXPECT_EQ(value("sale", id, "probability"), 100);
  ASSERT_TRUE(update("sale", id, {{"status", "open"}}).ok());
  EXPECT_TRUE(value("sale", id, "closed_on").is_null());
  EXPECT_EQ(value("sale", id, "probability"), 10);
  ASSERT_TRUE(update("sale", id, {{"status", "lost"}, {"closed_on", "2026-10-01"}}).ok());
  EXPECT_EQ(value("sale", id, "closed_on"), "2026-10-01");
  EXPECT_EQ(value("sale", id, "probability"), 0);
  EXPECT_EQ(value("sale", create("sale", {{"name", "Reoler"}, {"status", "sold"}}), "closed_on"),
            "2026-11-26");
}

TEST_P(SalesTest, TakeTheProbabilityOfTheirStage) {
  const auto id = create("sale", {{"name", "Borde"}, {"stage", "offer"}});
  EXPECT_EQ(value("sale", id, "probability"), 50);
  ASSERT_TRUE(update("sale", id, {{"stage", "negotiation"}}).ok());
  EXPECT_EQ(value("sale", id, "probability"), 75);
  ASSERT_TRUE(update("sale", id, {{"stage", "closing"}, {"probability", 60}}).ok());
  EXPECT_EQ(value("sale", id, "probability"), 60);
  ASSERT_TRUE(update("sale", id, {{"name", "Stole"}}).ok());
  ASSERT_TRUE(update("sale", id, {{"status", "stalled"}}).ok());
  EXPECT_EQ(value("sale", id, "probability"), 60) << "only what is said of it changes it";
  item("sale_stage", "closing", false, R"({"probability":"x"})");
  ASSERT_TRUE(update("sale", id, {{"stage", "closing"}}).ok());
  EXPECT_EQ(value("sale", id, "probability"), 60) << "nonsense says nothing";
}

TEST_P(SalesTest, AnOlderDatabaseLearnsWhatTheModelSays) {
  item("sale_status", "sold", false, "{}");
  const auto id = create("sale", {{"name", "Borde"}});
  ASSERT_TRUE(update("sale", id, {{"status", "sold"}}).ok());
  EXPECT_EQ(value("sale", id, "closed_on"), "2026-11-25");
  item("sale_status", "lost", false, R"({"probability":5})");
  ASSERT_TRUE(update("sale", id, {{"status", "lost"}}).ok());
  EXPECT_EQ(value("sale", id, "probability"), 5);
}

TEST_P(SalesTest, LinesAreMultiplied) {
  const auto sale = create("sale", {{"name", "Borde"}});
  const auto id = line({{"sale", sale}, {"quantity", 3}, {"price", money("100.00")}});
  EXPECT_EQ(value("sale_line", id, "total"), money("300.00"));
  ASSERT_TRUE(update("sale_line", id, {{"discount", 12.5}}).ok());
  EXPECT_EQ(value("sale_line", id, "total"), money("262.50"));
  ASSERT_TRUE(update("sale_line", id, {{"quantity", 0.333}, {"discount", nullptr}}).ok());
  EXPECT_EQ(value("sale_line", id, "total"), money("33.30"));
  ASSERT_TRUE(update("sale_line", id, {{"price", money("0.05")}, {"quantity", 0.5}}).ok());
  EXPECT_EQ(value("sale_line", id, "total"), money("0.03")) << "half a unit is rounded away";
  ASSERT_TRUE(update("sale_line", id, {{"price", money("-0.05")}}).ok());
  EXPECT_EQ(value("sale_line", id, "total"), money("-0.03"));
  ASSERT_TRUE(update("sale_line", id, {{"price", nullptr}}).ok());
  EXPECT_TRUE(value("sale_line", id, "total").is_null());
  EXPECT_EQ(problem(update("sale_line", id, {{"total", money("1.00")}})), "total read_only");
  EXPECT_EQ(problem(update("sale_line", id,
                           {{"price", money("90000000000000.00")}, {"quantity", 9000000000.0}})),
            "total out_of_range");
  EXPECT_EQ(number("SELECT sum(total_base) FROM sale_lines WHERE total IS NULL"), 0);
}

TEST_P(SalesTest, SayWhenTheirAmountIsNotTheSumOfTheLines) {
  rate("EUR", "DKK", "2026-01-01", 7'46000000);
  const auto sale = create("sale", {{"name", "Borde"}, {"amount", money("400.00")}});
  const auto notices = [&] { return value("sale", sale, "notices").as_array(); };
  EXPECT_TRUE(notices().empty()) << "no lines, nothing to compare";
  line({{"sale", sale}, {"quantity", 3}, {"price", money("100.00")}});
  ASSERT_EQ(notices().size(), 1u);
  EXPECT_EQ(notices()[0], (json::value{{"field", "amount"},
                                       {"code", "differs_from_sum"},
                                       {"sum_of", "sale_lines.total"},
                                       {"sum", money("300.00")}}));
  const auto events = number("SELECT count(*) FROM events WHERE record_type = 'sale'");
  const auto second = line({{"sale", sale}, {"price", money("100.00")}});
  EXPECT_TRUE(notices().empty());
  EXPECT_EQ(number("SELECT count(*) FROM events WHERE record_type = 'sale'"), events + 1);
  ASSERT_TRUE(update("sale_line", second, {{"price", money("20.00", "EUR")}}).ok());
  EXPECT_EQ(notices()[0].at("sum"), money("449.20")) << "in the base currency";
  ASSERT_TRUE(update("sale", sale, {{"amount", money("449.20")}}).ok());
  EXPECT_TRUE(notices().empty());
  ASSERT_TRUE(update("sale", sale, {{"amount", nullptr}}).ok());
  EXPECT_EQ(notices().size(), 1u) << "an empty amount is not the sum either";
}

TEST_P(SalesTest, SayNothingOfLinesThatAreNotAllSeen) {
  const auto sale = create("sale", {{"name", "Borde"}, {"amount", money("400.00")}});
  line({{"sale", sale}, {"quantity", 3}, {"price", money("100.00")}});
  Scope eva;
  eva.actor.user = UserId{create("user", {{"name", "Eva"},
                                          {"email", "eva@example.org"},
                                          {"primary_group", create("group", {{"name", "Salg"}})}})};
  auto rights = std::make_shared<access::Permissions>();
  rights->types["sale"] = {access::every_circle, 0, 0, 0, 0};
  rights->types["sale_line"] = {0b0001, 0, 0, 0, 0};
  eva.actor.permissions = rights;
  std::string text;
  JsonWriter writer(text);
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->get(tx, eva, type("sale"), RecordId{sale}, writer));
    return {};
  });
  EXPECT_TRUE(json::parse(text).at("notices").as_array().empty()) << text;
}

TEST_P(SalesTest, NoCompanyStandsAboveItself) {
  const auto top = create("company", {{"name", "Top"}});
  const auto middle = create("company", {{"name", "Middle"}, {"parent", top}});
  const auto bottom = create("company", {{"name", "Bottom"}, {"parent", middle}});
  EXPECT_EQ(problem(update("company", top, {{"parent", top}})), "parent above_itself");
  EXPECT_EQ(problem(update("company", top, {{"parent", bottom}})), "parent above_itself");
  EXPECT_TRUE(update("company", bottom, {{"parent", top}}).ok());
  EXPECT_TRUE(update("company", middle, {{"parent", bottom}}).ok());
  EXPECT_EQ(value("company", middle, "parent").at("id"), bottom);
}

TEST_P(SalesTest, ARetiredItemStaysButIsNotChosen) {
  const auto old = create("company", {{"name", "Old"}, {"category", "partner"}});
  const auto person = create("person", {{"last_name", "Holm"}, {"interests", {"golf"}}});
  item("company_category", "partner", true, "{}");
  item("interest", "golf", true, "{}");
  EXPECT_EQ(problem(try_create("company", {{"name", "New"}, {"category", "partner"}})),
            "category retired");
  EXPECT_TRUE(update("company", old, {{"name", "Older"}, {"category", "partner"}}).ok());
  EXPECT_TRUE(update("person", person, {{"interests", {"golf", "seminars"}}}).ok());
  const auto other = create("person", {{"last_name", "Lund"}});
  EXPECT_EQ(problem(update("person", other, {{"interests", {"golf"}}})), "interests retired");
  EXPECT_TRUE(update("company", old, {{"category", "customer"}}).ok());
  EXPECT_EQ(problem(update("company", old, {{"category", "partner"}})), "category retired");
  EXPECT_TRUE(update("company", old, {{"category", "partner"}}, {0, {}, "undo"}).ok());
  item("sale_stage", "qualify", true, "{}");
  EXPECT_EQ(problem(try_create("sale", {{"name", "Borde"}})), "stage required")
      << "a retired default is none";
}

}  // namespace
}  // namespace fokus::records
