// SPDX-License-Identifier: Apache-2.0
// What the steps of an import ask the server for, on both engines.
#include <fmt/format.h>

#include "features/imports/imports_testing.hpp"
#include "features/imports/remembered.hpp"
#include "features/imports/workbook_testing.hpp"

namespace fokus::imports {
namespace {

using boost::json::object;

class ImportWizard : public testing::ImportPlace {
 protected:
  std::string workbook(const std::string& rows) {
    return testing::make_workbook(
        folder_ + "/made.xlsx",
        {{"Forside", testing::sheet("")},
         {"Firmaer", testing::sheet(rows)},
         {"Andre", testing::sheet(text_row(1, {"Navn"}) + text_row(2, {"Anden A/S"}))}});
  }
  static std::string text_row(int row, const std::vector<std::string>& cells) {
    std::string out = fmt::format("<row r=\"{}\">", row);
    for (const auto& cell : cells) out += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    return out + "</row>";
  }
  std::string actions(const object& page) {
    std::string out;
    for (const auto& one : page.at("items").as_array())
      out += fmt::format("{} {}; ", one.at("row").as_int64(),
                         std::string_view(one.at("action").as_string()));
    return out + (page.at("next").is_null() ? "end" : "more");
  }
  std::string cursor_of(const object& page) { return std::string(page.at("next").as_string()); }
};
INSTANTIATE_EACH_ENGINE(ImportWizard);

TEST_P(ImportWizard, WorkbooksAreImportedLikeAnyTable) {
  const auto id = begin("company", workbook(text_row(3, {"Firmanavn", "Ansatte"}) +
                                            text_row(4, {"Nordhavn A/S", "12"}) +
                                            text_row(6, {"Ågård ApS", "mange"})));
  const auto import = get(id);
  EXPECT_EQ(import.header.row, 3);
  EXPECT_EQ(import.rows_estimate, 3);
  EXPECT_EQ(import.form.at("sheet"), "Firmaer");
  EXPECT_EQ(boost::json::serialize(import.definition.at("mapping")),
            R"({"name":"Firmanavn","employees":"Ansatte"})");
  const auto done = run(id);
  EXPECT_EQ(counts(done), "2 rows: 1 created, 0 updated, 0 unchanged, 1 failed");
  EXPECT_EQ(errors(done), "6 employees not_a_number; ");
}

TEST_P(ImportWizard, AnotherSheetIsReadAnew) {
  const auto id = begin("company", workbook(text_row(1, {"Firmanavn"}) + text_row(2, {"A"})));
  ASSERT_TRUE(imports_->define(scope_, id, {{"sheet", "Andre"}}).ok());
  EXPECT_EQ(get(id).column_names(), std::vector<std::string>{"Navn"});
  EXPECT_EQ(explain(imports_->define(scope_, id, {{"sheet", "Ingen"}})),
            "imports/invalid sheet:unknown");
  EXPECT_EQ(explain(imports_->define(scope_, id, {{"delimiter", ";"}})),
            "imports/invalid delimiter:not_of_this_kind");
  run(id);
  EXPECT_EQ(rows("SELECT name FROM companies"), "Anden A/S|");
}

TEST_P(ImportWizard, CardsBecomeRows) {
  const char* cards =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lund;Anna;;;\r\nFN:Anna Lund\r\nORG:Nordhavn A/S\r\n"
      "TEL;TYPE=WORK:+45 33 12 45 67\r\nTEL;TYPE=CELL:+45 20 11 22 33\r\n"
      "EMAIL:anna@nordhavn.exa\r\n mple\r\nBDAY:1980-05-17\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:9.9\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:S=C3=B8ren Holm\r\n"
      "X-JUNK;;;:::\r\nEND:VCARD\r\n";
  const auto id = begin("person", cards);
  const auto import = get(id);
  EXPECT_EQ(import.form.at("kind"), "vcard");
  EXPECT_EQ(import.form.at("notes").at("broken_cards").as_int64(), 1);
  const auto done = run(id);
  EXPECT_EQ(counts(done), "2 rows: 2 created, 0 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(rows("SELECT first_name, last_name, email, birth_date FROM persons ORDER BY id"),
            "Anna,Lund,anna@nordhavn.example,1980-05-17|Søren,Holm,,|");
  EXPECT_EQ(rows("SELECT name FROM companies"), "Nordhavn A/S|");
}

TEST_P(ImportWizard, CellsAreTransformedOnTheirWay) {
  const auto done =
      run("person", "Navn;Type\nHOLM, IDA;Kunde\n",
          {{"mapping", {{"first_name", "Navn"}, {"last_name", "Navn"}}},
           {"transforms",
            {{"first_name",
              {object{{"op", "split"}, {"by", ","}, {"part", 2}}, object{{"op", "title"}}}},
             {"last_name",
              {object{{"op", "split"}, {"by", ","}, {"part", 1}}, object{{"op", "title"}}}}}},
           {"constants", {{"country", "DK"}}}});
  EXPECT_EQ(counts(done), "1 rows: 1 created, 0 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(rows("SELECT first_name, last_name, country FROM persons"), "Ida,Holm,DK|");
}

TEST_P(ImportWizard, RowsThatAreTooWideAreRefusedWithTransformsToo) {
  const auto done = run(
      "company", "name\nA,\nB,extra\n",
      {{"mapping", {{"name", "name"}}}, {"delimiter", ","}, {"constants", {{"country", "DK"}}}});
  EXPECT_EQ(errors(done), "3  too_many_cells; ");
  EXPECT_EQ(rows("SELECT name, country FROM companies"), "A,DK|");
  EXPECT_EQ(boost::json::serialize(imports_->list_errors(done.id, 0, 1)[0].cells),
            R"(["B","extra"])");
}

TEST_P(ImportWizard, RefusesTransformsAndConstantsThatAreNone) {
  const auto id = begin("company", "name,phone\nA,1\n");
  const auto refusal = [&](object changes) {
    return explain(imports_->define(scope_, id, changes));
  };
  EXPECT_EQ(refusal({{"transforms", {{"name", {object{{"op", "run"}}}}}}}),
            "imports/invalid transforms.name:unknown_step");
  EXPECT_EQ(refusal({{"constants", {{"name", "B"}}}}), "imports/invalid name:mapped_twice");
  EXPECT_EQ(refusal({{"constants", {{"country", 7}}}}),
            "imports/invalid constants.country:required");
  EXPECT_EQ(refusal({{"on_match", "burn"}}), "imports/invalid on_match:unknown");
}

TEST_P(ImportWizard, PreviewAndValuesShowTheFile) {
  const auto id = begin(
      "company", "Navn;Kategori\nA;Kunde\nB;Storkunde\nC;storkunde\n",
      {{"mapping", {{"name", "Navn"}, {"category", "Kategori"}}},
       {"transforms",
        {{"category", {object{{"op", "replace"}, {"values", {{"Storkunde", "customer"}}}}}}}}});
  const auto preview = imports_->preview(scope_, id);
  ASSERT_TRUE(preview.ok());
  EXPECT_EQ(boost::json::serialize(preview->at(1).at("cells").at("category")),
            R"({"file":"Storkunde","field":"customer"})");
  const auto values = imports_->list_values(scope_, id, "category");
  ASSERT_TRUE(values.ok());
  std::string known;
  for (const auto& one : values->at("values").as_array())
    known += fmt::format("{} {}; ", std::string_view(one.at("value").as_string()),
                         one.at("is_known").as_bool());
  EXPECT_EQ(known, "Kunde true; Storkunde false; storkunde false; ");
  EXPECT_EQ(imports_->list_values(scope_, id, "phone").error().errors[0].code, "unknown_field");
}

TEST_P(ImportWizard, EveryRowOfADryRunCanBePagedThrough) {
  run("company", "name,employees\nA,1\nB,2\n");
  const auto id =
      begin("company", "name,employees\nA,1\nB,3\nC,4\nD,x\nE,5\n", {{"match", {"name"}}});
  const auto first = imports_->list_diff(scope_, id, "", 3, "").value();
  EXPECT_EQ(actions(first), "2 unchanged; 3 update; 4 create; more");
  const auto second = imports_->list_diff(scope_, id, cursor_of(first), 3, "").value();
  EXPECT_EQ(actions(second), "5 error; 6 create; end");
  EXPECT_EQ(second.at("items").at(0).at("errors").at(0).at("code"), "not_a_number");
  const auto creates = imports_->list_diff(scope_, id, "", 1, "create").value();
  EXPECT_EQ(actions(creates), "4 create; more");
  EXPECT_EQ(actions(imports_->list_diff(scope_, id, cursor_of(creates), 5, "create").value()),
            "6 create; end");
  EXPECT_EQ(imports_->list_diff(scope_, id, "x", 5, "").error().errors[0].field, "cursor");
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 2);
}

TEST_P(ImportWizard, KnownRecordsAreSkippedOrMadeAgain) {
  run("company", "name,employees\nA,1\n");
  const char* again = "name,employees\nA,9\nB,2\n";
  const auto skipped = run("company", again, {{"match", {"name"}}, {"on_match", "skip"}});
  EXPECT_EQ(counts(skipped), "2 rows: 1 created, 0 updated, 0 unchanged, 0 failed");
  EXPECT_EQ(Counts::from_json(skipped.counts).skipped, 1);
  const auto created = run("company", again, {{"match", {"name"}}, {"on_match", "create"}});
  EXPECT_EQ(counts(created), "2 rows: 2 created, 0 updated, 0 unchanged, 0 failed");
  EXPECT_EQ(rows("SELECT name, employees FROM companies ORDER BY id"), "A,1|B,2|A,9|B,2|");
}

TEST_P(ImportWizard, RowsArePutAsideUntilSomebodyDecides) {
  run("company", "name,employees\nA,1\nB,2\nC,3\n");
  const auto id = begin("company", "name,employees\nA,11\nB,12\nC,13\nD,14\n",
                        {{"match", {"name"}}, {"on_match", "ask"}});
  check(id);
  // Before the run: the second row may change its record.
  ASSERT_TRUE(imports_->decide(scope_, id, std::vector<std::int64_t>{3}, OnMatch::update).ok());
  const auto done = run(id);
  EXPECT_EQ(counts(done), "4 rows: 1 created, 1 updated, 0 unchanged, 0 failed");
  EXPECT_EQ(Counts::from_json(done.counts).asked, 2);
  const auto asked = imports_->list_questions(scope_, id, 0, 10).value();
  EXPECT_EQ(asked.at("open").as_int64(), 2);
  EXPECT_EQ(asked.at("items").at(0).at("row").as_int64(), 2);
  EXPECT_EQ(asked.at("items").at(0).at("records").at(0).at("name"), "A");
  EXPECT_EQ(asked.at("items").at(0).at("cells").at("employees"), "11");
  EXPECT_EQ(imports_->decide_later(scope_, id).error().code, "imports/nothing_decided");
  // After it: one record is changed, the other row makes another one.
  ASSERT_TRUE(imports_->decide(scope_, id, {}, OnMatch::update).ok());
  ASSERT_TRUE(imports_->decide(scope_, id, std::vector<std::int64_t>{4}, OnMatch::create).ok());
  finish(imports_->decide_later(scope_, id));
  const auto decided = get(id);
  EXPECT_EQ(decided.status, ImportStatus::done);
  EXPECT_EQ(counts(decided), "4 rows: 2 created, 2 updated, 0 unchanged, 0 failed");
  EXPECT_EQ(Counts::from_json(decided.counts).asked, 0);
  EXPECT_EQ(rows("SELECT name, employees FROM companies ORDER BY id"), "A,11|B,12|C,3|D,14|C,13|");
  EXPECT_EQ(imports_->list_questions(scope_, id, 0, 10).value().at("items").as_array().size(), 0u);
  finish(imports_->reverse_later(scope_, id));
  EXPECT_EQ(rows("SELECT name, employees FROM companies WHERE archived_at IS NULL ORDER BY id"),
            "A,1|B,2|C,3|");
}

TEST_P(ImportWizard, RowsThatResembleARecordArePutAside) {
  run("company", "name,employees,phone\nNordhavn A/S,1,12345678\nB,2,\n");
  records_->set_duplicate_check([](store::Session&, const access::Scope&,
                                   const records::RecordType&, const object& values) -> Status {
    if (values.at("name") != "Nordhavn ApS") return {};
    Error error = make_error(ErrorKind::conflict, "duplicate_suspected");
    error.params["candidates"] = R"([{"id": 1, "score": 90}])";
    return error;
  });
  const auto id = begin("company", "name,employees,phone\nNordhavn ApS,5,99999999\nB,3,\nC,4,\n",
                        {{"match", {"name"}},
                         {"duplicates", "ask"},
                         {"policy", {{"name", "never"}, {"phone", "if_empty"}}}});
  EXPECT_EQ(actions(imports_->list_diff(scope_, id, "", 5, "").value()),
            "2 ask; 3 update; 4 create; end");
  const auto done = run(id);
  EXPECT_EQ(counts(done), "3 rows: 1 created, 1 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(Counts::from_json(done.counts).asked, 1);
  ASSERT_TRUE(imports_->decide(scope_, id, {}, OnMatch::update).ok());
  finish(imports_->decide_later(scope_, id));
  EXPECT_EQ(rows("SELECT name, employees, phone FROM companies ORDER BY id"),
            "Nordhavn A/S,5,12345678|B,3,|C,4,|");
}

TEST_P(ImportWizard, MappingsAreRememberedByTheirSource) {
  const RememberedMappings remembered(parts(), *imports_);
  const auto first =
      begin("company", "Kol1;Kol2\nA;5\n",
            {{"mapping", {{"name", "Kol1"}, {"employees", "Kol2"}}},
             {"match", {"name"}},
             {"policy", {{"employees", "if_empty"}}},
             {"source",
              {{"name", "Messe"}, {"legal_basis", "contract"}, {"obtained_at", "2026-01-01"}}}});
  EXPECT_EQ(remembered.keep(scope_, first, "  ", false).error().errors[0].code, "required");
  const auto id = remembered.keep(scope_, first, "Messe", false);
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(remembered.keep(scope_, first, "Messe", true)->value, id->value);
  const auto same = begin("company", "KOL2;kol1\n7;B\n");
  EXPECT_EQ(boost::json::serialize(remembered.offers(scope_, get(same))),
            fmt::format(R"([{{"id":{},"name":"Messe","fits":true}}])", id->value));
  const auto next = begin("company", "Kol1;Andet\nB;7\n");
  const auto missing = remembered.apply(scope_, next, *id);
  ASSERT_TRUE(missing.ok());
  EXPECT_EQ(*missing, std::vector<std::string>{"Kol2"});
  const auto definition = get(next).definition;
  EXPECT_EQ(boost::json::serialize(definition.at("mapping")), R"({"name":"Kol1"})");
  EXPECT_EQ(boost::json::serialize(definition.at("policy")), "{}");
  EXPECT_EQ(definition.at("source").at("legal_basis"), "contract");
  EXPECT_FALSE(definition.at("source").as_object().contains("obtained_at"));
  const auto strange = begin("company", "X;Y\nB;7\n");
  EXPECT_EQ(remembered.apply(scope_, strange, *id).error().errors[0].code, "no_mapping");
  ASSERT_TRUE(remembered.remove(scope_, *id).ok());
  EXPECT_TRUE(remembered.list(scope_, "").empty());
  EXPECT_EQ(remembered.remove(scope_, *id).error().code, "imports/not_found");
}

TEST_P(ImportWizard, ARunIsPausedAndGoesOn) {
  std::string text = "name\n";
  for (int i = 0; i < 5'000; ++i) text += fmt::format("Firma {}\n", i);
  const auto id = begin("company", text);
  const auto started = imports_->run_later(scope_, id);
  ASSERT_TRUE(started.ok());
  // Before any worker is there; a node that starts leaves it alone.
  (*database_)->write([&](store::Transaction& tx) {
    ASSERT_TRUE(jobs_->pause(tx, started->job).ok());
  });
  jobs_->start(1), running_ = true;
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 0);
  EXPECT_EQ(get(id).status, ImportStatus::running);
  (*database_)->write([&](store::Transaction& tx) {
    ASSERT_TRUE(jobs_->resume(tx, started->job).ok());
  });
  finish(started);
  EXPECT_EQ(counts(get(id)), "5000 rows: 5000 created, 0 updated, 0 unchanged, 0 failed");
}

}  // namespace
}  // namespace fokus::imports
