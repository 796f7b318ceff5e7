// SPDX-License-Identifier: Apache-2.0
// What cells become in records: money, members, contact points and moments; and that a file that
// was exported, imported again, changes nothing.
#include "base/time.hpp"
#include "features/imports/imports_testing.hpp"

namespace fokus::imports {
namespace {

using boost::json::object;

class ImportCells : public testing::ImportPlace {
 protected:
  void SetUp() override {
    ImportPlace::SetUp();
    if (IsSkipped()) return;
    auto dictionary = std::make_shared<records::Dictionary>(*holder_.current());
    constexpr std::int64_t one = 100'000'000;
    for (const char* currency : {"EUR", "USD"})
      dictionary->rates.add(currency, dictionary->installation.base_currency, "2000-01-01",
                            7 * one);
    holder_.replace(std::move(dictionary));
  }
  std::string export_csv(const char* type, std::vector<std::string> fields = {}) {
    Export wanted;
    const auto dictionary = holder_.current();
    wanted.type = dictionary->find(type);
    wanted.query.fields = std::move(fields);
    std::string csv;
    const auto count = export_records(parts(), scope_, wanted, folder_,
                                      [&](std::string_view piece) { return csv += piece, true; });
    EXPECT_TRUE(count.ok()) << (count.ok() ? "" : count.error().code);
    return csv;
  }
  // By the id, with what was guessed of the other columns.
  Import run_again(const char* type, const std::string& csv) {
    const auto id = begin(type, csv);
    auto mapping = get(id).definition.at("mapping").as_object();
    mapping["id"] = "id";
    const auto defined = imports_->define(scope_, id, {{"mapping", mapping}, {"match", {"id"}}});
    EXPECT_TRUE(defined.ok()) << explain(defined);
    return run(id);
  }
  std::string amounts() {
    return rows("SELECT name, amount, amount_currency FROM sales ORDER BY id");
  }
  std::string points() {
    return rows(
        "SELECT kind, label, value, is_primary FROM contact_points ORDER BY record_id, position");
  }
  std::string members() {
    return rows("SELECT from_id, to_id FROM relations WHERE kind = 'project.members' ORDER BY id");
  }
};
INSTANTIATE_EACH_ENGINE(ImportCells);

constexpr const char* five_sales =
    "name;amount\nA;10,5 EUR\nB;EUR 12\nC;€ 12\nD;12\nE;kr. 1.250,-\n";

TEST_P(ImportCells, AmountsKeepTheCurrencyOfTheirCell) {
  const auto done = run("sale", std::string(five_sales) + "F;12 XQZ\n");
  EXPECT_EQ(amounts(), "A,1050,EUR|B,1200,EUR|C,1200,EUR|D,1200,DKK|E,125000,DKK|");
  EXPECT_EQ(errors(done), "7 amount not_a_currency; ");
}

TEST_P(ImportCells, AColumnNamesTheCurrency) {
  const auto done = run("sale",
                        "name;amount;amount.currency\nA;10,5;EUR\nB;12;€\nC;12;\nD;10 EUR;USD\n"
                        "E;12;XQZ\nF;;EUR\n");
  EXPECT_EQ(amounts(), "A,1050,EUR|B,1200,EUR|C,1200,DKK|F,,|");
  EXPECT_EQ(errors(done),
            "5 amount.currency currencies_differ; 6 amount.currency not_a_currency; ");
  run("sale", "name;amount;cur\nG;5;USD\n",
      {{"mapping", {{"name", "name"}, {"amount", "amount"}, {"amount.currency", "cur"}}}});
  EXPECT_EQ(rows("SELECT amount_currency FROM sales WHERE name = 'G'"), "USD|");
}

TEST_P(ImportCells, AnAmountAloneKeepsTheCurrencyOfTheRecord) {
  run("sale", five_sales);
  const auto done = run("sale", "name;amount\nA;99\nD;99\nB;99 USD\n", {{"match", {"name"}}});
  EXPECT_EQ(counts(done), "3 rows: 0 created, 3 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(amounts(), "A,9900,EUR|B,9900,USD|C,1200,EUR|D,9900,DKK|E,125000,DKK|");
  // Also when the record was made by a row before.
  run("sale", "name;amount\nN;1 EUR\nN;2\n", {{"match", {"name"}}});
  EXPECT_EQ(rows("SELECT amount, amount_currency FROM sales WHERE name = 'N'"), "200,EUR|");
}

TEST_P(ImportCells, AnExportOfAmountsChangesNothing) {
  run("sale", five_sales);
  const auto before = amounts();
  const auto done = run_again("sale", export_csv("sale", {"name", "amount"}));
  EXPECT_EQ(counts(done), "5 rows: 0 created, 0 updated, 5 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(amounts(), before);
}

TEST_P(ImportCells, MembersAreNamed) {
  run("person",
      "first_name,last_name,email\nIda,Holm,ida@x.example\nOle,Holm,ole@x.example\n"
      "Per,Twin,p1@x.example\nPer,Twin,p2@x.example\n");
  const auto done = run("project",
                        "name,members\nP,Ida Holm; ole@x.example; 3\nQ,Nobody Here; Ida Holm\n"
                        "R,Per Twin\nS,99999\n");
  EXPECT_EQ(members(), "1,1|1,2|1,3|");
  EXPECT_EQ(errors(done),
            "3 members no_such_record; 4 members ambiguous_match; 5 members no_such_record; ");
  EXPECT_EQ(imports_->list_errors(done.id, 0, 1).at(0).name, "Nobody Here");
  const auto csv = export_csv("project", {"name", "members"});
  EXPECT_NE(csv.find("Ida Holm; Ole Holm; Per Twin"), csv.npos) << csv;
  EXPECT_EQ(counts(run_again("project", csv)),
            "1 rows: 0 created, 0 updated, 1 unchanged, 0 failed");
  // Of the two twins the one that is a member is meant.
  const auto less = run("project", "name,members\nP,Per Twin; Ida Holm\n", {{"match", {"name"}}});
  EXPECT_EQ(counts(less), "1 rows: 0 created, 1 updated, 0 unchanged, 0 failed") << errors(less);
  EXPECT_EQ(members(), "1,1|1,3|");
}

TEST_P(ImportCells, MembersFollowThePolicy) {
  run("person", "first_name,last_name\nIda,Holm\nOle,Holm\n");
  run("project", "name,members\nP,Ida Holm\nQ,\n");
  run("project", "name,members\nP,Ole Holm\nQ,Ole Holm\n",
      {{"match", {"name"}}, {"policy", {{"members", "if_empty"}}}});
  EXPECT_EQ(members(), "1,1|2,2|");
  run("project", "name,members\nP,\n", {{"match", {"name"}}});
  EXPECT_EQ(members(), "1,1|2,2|") << "an empty cell says nothing";
}

constexpr const char* two_firms =
    "name,contact_points.phone,contact_points.email,contact_points.address\n"
    "A,work: +45 11 11 11 11; Lager: +45 22 22 22 22,work: a@a.example,"
    "\"visiting: Ålgade 9, 6950 Ringkøbing, DK; post: Boks 7, 6950 Ringkøbing, DK\"\n"
    "B,+45 33 33 33 33,,\n";

TEST_P(ImportCells, ContactPointsComeBackAsTheyWent) {
  const auto made = run("company", two_firms);
  EXPECT_EQ(counts(made), "2 rows: 2 created, 0 updated, 0 unchanged, 0 failed") << errors(made);
  EXPECT_EQ(rows("SELECT phone, email, address_postcode, address_city FROM companies ORDER BY id"),
            "+45 11 11 11 11,a@a.example,6950,Ringkøbing|+45 33 33 33 33,,,|");
  // The second phone becomes the primary one, which the line does not show.
  (*database_)->write([](store::Transaction& tx) {
    tx.execute(
        "UPDATE contact_points SET is_primary = CASE WHEN label = 'Lager' THEN 1 ELSE 0 END "
        "WHERE kind = 'phone' AND record_id = 1");
    tx.execute("UPDATE companies SET phone = '+45 22 22 22 22' WHERE id = 1");
  });
  const auto before = points();
  const auto csv = export_csv("company");
  const auto done = run_again("company", csv);
  EXPECT_EQ(counts(done), "2 rows: 0 created, 0 updated, 2 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(points(), before);
  (*database_)->write([](store::Transaction& tx) {
    tx.execute("UPDATE companies SET archived_at = 1");
  });
  const auto anew = run("company", csv);
  EXPECT_EQ(counts(anew), "2 rows: 2 created, 0 updated, 0 unchanged, 0 failed") << errors(anew);
  EXPECT_EQ(points(), before + before);
}

TEST_P(ImportCells, AChangedLineKeepsThePointsThatItNames) {
  run("company", two_firms);
  const auto done =
      run("company", "name,contact_points.phone\nA,Lager: +45 22 22 22 22; Vagt: +45 44 44 44 44\n",
          {{"match", {"name"}}});
  EXPECT_EQ(counts(done), "1 rows: 0 created, 1 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(rows("SELECT label, value FROM contact_points WHERE kind = 'phone' AND record_id = 1 "
                 "ORDER BY position"),
            "Lager,+45 22 22 22 22|Vagt,+45 44 44 44 44|");
  EXPECT_EQ(number("SELECT count(*) FROM contact_points WHERE kind = 'address'"), 2);
}

TEST_P(ImportCells, TimesAreThoseOfTheInstallationOrOfTheZoneThatIsSaid) {
  const char* meetings =
      "name,starts_at\nA,2026-07-01 09:00\nB,2026-03-29 02:30\n"
      "C,2026-10-25 02:30\nD,2026-07-01T09:00:00Z\n";
  const auto at = [](const char* text) { return std::to_string(parse_instant(text)->ms) + "|"; };
  const auto done = run("activity", meetings);
  EXPECT_EQ(errors(done), "3 starts_at no_such_time; ");
  EXPECT_EQ(rows("SELECT starts_at FROM activities ORDER BY id"),
            at("2026-07-01T07:00:00Z") + at("2026-10-25T00:30:00Z") + at("2026-07-01T09:00:00Z"));
  run("activity", "name,starts_at\nE,2026-07-01 09:00\n", {{"time_zone", "America/New_York"}});
  EXPECT_EQ(rows("SELECT starts_at FROM activities WHERE name = 'E'"), at("2026-07-01T13:00:00Z"));
  const auto id = begin("activity", meetings);
  EXPECT_EQ(explain(imports_->define(scope_, id, {{"time_zone", "Mars/Olympus"}})),
            "imports/invalid time_zone:unknown");
}

}  // namespace
}  // namespace fokus::imports
