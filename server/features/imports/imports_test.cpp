// SPDX-License-Identifier: Apache-2.0
#include "features/imports/imports_testing.hpp"

namespace fokus::imports {
namespace {

using boost::json::object;

class ImportsTest : public testing::ImportPlace {};
INSTANTIATE_EACH_ENGINE(ImportsTest);

constexpr const char* three_companies =
    "Firmanavn;CVR-nr.;Telefon;Postnr;By;Land\r\n"
    "Nordhavn Møbler A/S;11111111;+45 12 34 56 78;2150;Nordhavn;Danmark\r\n"
    "Ågård Byg ApS;22222222;;8000;Århus;dk\r\n"
    "\"Smith \"\"and\"\" Co\";33333333;;;;United Kingdom\r\n";

TEST_P(ImportsTest, GuessesAndImportsCompanies) {
  const auto id = begin("company", three_companies);
  EXPECT_EQ(boost::json::serialize(get(id).definition.at("mapping")),
            R"({"name":"Firmanavn","org_number":"CVR-nr.","phone":"Telefon",)"
            R"("address.postcode":"Postnr","address.city":"By","country":"Land"})");
  const auto done = run(id);
  EXPECT_EQ(counts(done), "3 rows: 3 created, 0 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(done.status, ImportStatus::done);
  EXPECT_EQ(rows("SELECT name, org_number, address_city, country FROM companies ORDER BY id"),
            "Nordhavn Møbler A/S,11111111,Nordhavn,DK|Ågård Byg ApS,22222222,Århus,DK|"
            "Smith \"and\" Co,33333333,,GB|");
  EXPECT_EQ(number("SELECT count(*) FROM history WHERE action = 'import' AND batch = " +
                   std::to_string(done.batch.value)),
            3);
}

TEST_P(ImportsTest, DryRunStoresNothingAndCountsTheSame) {
  const object match{{"match", {"org_number"}}};
  run("company", three_companies, match);
  const std::string text = std::string(three_companies) + "Ny A/S;44444444;;;;Tyskland\r\n" +
                           "Ny A/S;44444444;;;;Tyskland\r\n" +
                           "Nordhavn Møbler A/S;11111111;;9999;;\r\n" + ";55555555;;;;\r\n";
  const auto id = begin("company", text, match);
  const auto history = number("SELECT count(*) FROM history");
  const auto checked = check(id);
  EXPECT_EQ(checked.status, ImportStatus::checked);
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM history"), history);
  const auto expected = "7 rows: 1 created, 1 updated, 4 unchanged, 1 failed";
  EXPECT_EQ(counts(checked), expected);
  EXPECT_EQ(errors(checked), "8 name required; ");
  ASSERT_EQ(checked.sample.size(), 7u);
  const auto& update = checked.sample[5].as_object();
  EXPECT_EQ(update.at("row").as_int64(), 7);
  EXPECT_EQ(update.at("action"), "update");
  EXPECT_EQ(update.at("name"), "Nordhavn Møbler A/S");
  EXPECT_EQ(update.at("changes").as_array()[0].at("new").at("postcode"), "9999");
  EXPECT_EQ(update.at("changes").as_array()[0].at("new").at("city"), "Nordhavn");
  const auto done = run(id);
  EXPECT_EQ(counts(done), expected) << errors(done);
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 4);
}

TEST_P(ImportsTest, PoliciesDecideFieldByField) {
  run("company", "name,org_number,website,employees,description\nA,1,a.dk,10,\n");
  const char* again = "name,org_number,website,employees,description\nB,1,b.dk,20,new\n";
  const auto done = run("company", again,
                        {{"match", {"org_number"}},
                         {"policy",
                          {{"name", "never"},
                           {"website", "if_empty"},
                           {"description", "if_empty"},
                           {"employees", "always"}}}});
  EXPECT_EQ(counts(done), "1 rows: 0 created, 1 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(rows("SELECT name, website, employees, description FROM companies"),
            "A,https://a.dk,20,new|");
}

TEST_P(ImportsTest, RefusesBadRowsAndKeepsTheOthers) {
  const auto done = run("company",
                        "name,employees,email,country\n"
                        "Good,5,a@b.dk,DK\n"
                        "Bad number,many,,\n"
                        "Bad mail,,nobody,\n"
                        "Bad land,,,Atlantis\n"
                        "\"open,1\n"
                        "Too wide,1,,,,extra\n"
                        "Short\n");
  EXPECT_EQ(counts(done), "7 rows: 2 created, 0 updated, 0 unchanged, 5 failed");
  EXPECT_EQ(errors(done),
            "3 employees not_a_number; 4 email not_an_email; 5 country not_a_country; "
            "6  unclosed_quote; 7  too_many_cells; ");
  EXPECT_EQ(Counts::from_json(done.counts).short_rows, 1);
  EXPECT_EQ(imports_->list_errors(done.id, 0, 1)[0].cells.at(0), "Bad number");
}

TEST_P(ImportsTest, AmbiguousMatchIsRefused) {
  run("company", "name\nTwin\ntwin\n");
  const auto done = run("company", "name,employees\nTWIN,5\n", {{"match", {"name"}}});
  EXPECT_EQ(errors(done), "2 name ambiguous_match; ");
}

TEST_P(ImportsTest, PersonsBringTheirCompanies) {
  run("company", "name,org_number\nKnown A/S,11\n");
  const auto done = run("person",
                        "Fornavn;Efternavn;E-mail;Firma\n"
                        "Åse;Sørensen;aase@known.dk;KNOWN A/S\n"
                        "Ole;Holm;ole@new.dk;New ApS\n"
                        "Ida;Holm;ida@new.dk;new aps\n"
                        "Per;Alene;per@x.dk;\n",
                        {{"match", {"email"}}});
  EXPECT_EQ(counts(done), "4 rows: 4 created, 0 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(Counts::from_json(done.counts).linked_created, 1);
  EXPECT_EQ(rows("SELECT p.name, c.name FROM persons p LEFT JOIN companies c ON c.id = p.company "
                 "ORDER BY p.id"),
            "Åse Sørensen,Known A/S|Ole Holm,New ApS|Ida Holm,New ApS|Per Alene,|");
}

TEST_P(ImportsTest, FullNamesAreSplit) {
  run("person", "name,email\nHans Peter Nielsen,h@n.dk\n\"Holm, Ida\",i@h.dk\n");
  EXPECT_EQ(rows("SELECT first_name, last_name FROM persons ORDER BY id"),
            "Hans Peter,Nielsen|Ida,Holm|");
}

TEST_P(ImportsTest, SecondaryPhonesMatchToo) {
  run("person", "first_name,phone,mobile\nIda,12345678,87654321\n");
  const auto done =
      run("person", "first_name,phone,job_title\nIda,87 65 43 21,Boss\n", {{"match", {"phone"}}});
  EXPECT_EQ(counts(done), "1 rows: 0 created, 1 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(rows("SELECT phone, job_title FROM persons"), "12345678,Boss|");
}

TEST_P(ImportsTest, ReversalTakesUpdatesBackToo) {
  run("company", "name,org_number,employees\nA,1,10\nB,2,20\n");
  const auto before =
      rows("SELECT name, employees FROM companies WHERE archived_at IS NULL ORDER BY id");
  const auto done =
      run("company", "name,org_number,employees\nAA,1,11\nC,3,30\n", {{"match", {"org_number"}}});
  EXPECT_EQ(counts(done), "2 rows: 1 created, 1 updated, 0 unchanged, 0 failed");
  finish(imports_->reverse_later(scope_, done.id));
  EXPECT_EQ(get(done.id).status, ImportStatus::reversed);
  EXPECT_EQ(rows("SELECT name, employees FROM companies WHERE archived_at IS NULL ORDER BY id"),
            before);
  EXPECT_EQ(reversal(done), "1 removed, 1 restored, 0 left");
  EXPECT_EQ(imports_->reverse_later(scope_, done.id).error().code, "imports/wrong_status");
}

TEST_P(ImportsTest, ReversalCountsWhatItLeaves) {
  run("company", "name,org_number,employees\nA,1,10\nB,2,20\n");
  const auto done = run("company", "name,org_number,employees\nA,1,11\nB,2,22\nC,3,30\nD,4,40\n",
                        {{"match", {"org_number"}}});
  EXPECT_EQ(counts(done), "4 rows: 2 created, 2 updated, 0 unchanged, 0 failed");
  run("company", "name,org_number,employees\nB,2,23\nC,3,31\n", {{"match", {"org_number"}}});
  finish(imports_->reverse_later(scope_, done.id));
  EXPECT_EQ(reversal(done), "1 removed, 1 restored, 2 left");
}

TEST_P(ImportsTest, BlankRowsArePassedOver) {
  const auto done = run("company", "name,employees\nA,1\n,\n\n\"\",\" \"\nB,many\n,,,\nC,3\n,\n");
  EXPECT_EQ(counts(done), "3 rows: 2 created, 0 updated, 0 unchanged, 1 failed");
  EXPECT_EQ(errors(done), "6 employees not_a_number; ");
  EXPECT_EQ(counts(run("company", "name,employees\n,\n,\n")),
            "0 rows: 0 created, 0 updated, 0 unchanged, 0 failed");
}

TEST_P(ImportsTest, DelimiterAndEncodingCanBeSaid) {
  const auto id = begin("company",
                        "navn;by\nS\xF8"
                        "ren, A;Ribe\n");
  EXPECT_EQ(get(id).encoding, "windows-1252");
  EXPECT_EQ(get(id).columns.at(0).at("sample").at(0), "Søren, A");
  const auto define = [&](object changes) { return imports_->define(scope_, id, changes); };
  EXPECT_TRUE(define({{"encoding", "cp850"}, {"mapping", {{"name", "navn"}}}}).ok());
  EXPECT_EQ(get(id).encoding, "IBM850");
  EXPECT_EQ(get(id).columns.at(0).at("sample").at(0), "S°ren, A");
  EXPECT_TRUE(define({{"encoding", "latin-1"}}).ok());
  EXPECT_EQ(get(id).columns.at(0).at("sample").at(0), "Søren, A");
  // The file as it came, and the one that is read.
  const std::filesystem::directory_iterator files(folder_ + "/files"), end;
  EXPECT_EQ(std::distance(files, end), 2);
  EXPECT_TRUE(define({{"delimiter", ","}, {"mapping", {{"name", "navn;by"}}}}).ok());
  EXPECT_EQ(get(id).columns.size(), 1u);
  EXPECT_TRUE(define({{"header_row", 1}, {"mapping", {{"name", "navn;by"}}}}).ok());
  EXPECT_EQ(get(id).format.delimiter, ',') << "what was said stays";
  EXPECT_TRUE(define({{"delimiter", nullptr}, {"encoding", nullptr}}).ok());
  EXPECT_EQ(get(id).format.delimiter, ';');
  EXPECT_EQ(explain(define({{"delimiter", "xx"}})), "imports/invalid delimiter:unknown");
  EXPECT_EQ(explain(define({{"delimiter", "a"}})), "imports/invalid delimiter:unknown");
  EXPECT_EQ(explain(define({{"encoding", "klingon"}})), "imports/invalid encoding:unknown");
  const auto done = run(id);
  EXPECT_EQ(counts(done), "1 rows: 1 created, 0 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(rows("SELECT name FROM companies"), "Søren, A|");
}

TEST_P(ImportsTest, AFileOfWhichOnlyTheCopyIsThereKeepsItsEncoding) {
  const auto id = begin("company", "navn\nS\xF8ren\n");
  (*database_)->write([](store::Transaction& tx) {
    tx.execute("UPDATE imports SET original = ''");
  });
  EXPECT_EQ(explain(imports_->define(scope_, id, {{"encoding", "cp850"}})),
            "imports/invalid encoding:original_gone");
}

TEST_P(ImportsTest, GoesOnWhereADeadNodeStopped) {
  std::string text = "name,org_number\n";
  constexpr int rows_total = 2'300;
  for (int i = 0; i < rows_total; ++i) text += fmt::format("Company {},{}\n", i, 100'000 + i);
  const auto id = begin("company", text);
  ASSERT_TRUE(imports_->run_later(scope_, id).ok());
  jobs_->start(1);
  running_ = true;
  while (number("SELECT count(*) FROM companies") < 500) std::this_thread::yield();
  jobs_->stop();
  const auto stood = number("SELECT count(*) FROM companies");
  EXPECT_EQ(number("SELECT progress_done FROM jobs WHERE kind = 'import'"), stood);
  jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
  imports_ = std::make_unique<Imports>(parts(), folder_ + "/files");
  imports_->add_jobs();
  jobs_->start(1);
  finish(Started{get(id).job, get(id).batch});
  EXPECT_EQ(number("SELECT count(*) FROM companies"), rows_total);
  EXPECT_EQ(number("SELECT count(DISTINCT org_number) FROM companies"), rows_total);
  EXPECT_EQ(counts(get(id)), "2300 rows: 2300 created, 0 updated, 0 unchanged, 0 failed");
}

TEST_P(ImportsTest, DefinitionsAreChecked) {
  const auto id = begin("company", three_companies);
  const auto refusal = [&](object changes) {
    return explain(imports_->define(scope_, id, changes));
  };
  EXPECT_EQ(refusal({{"mapping", {{"nothing", "By"}}}}), "imports/invalid nothing:unknown_field");
  EXPECT_EQ(refusal({{"mapping", {{"name", "Nowhere"}}}}), "imports/invalid name:unknown_column");
  EXPECT_EQ(refusal({{"mapping", {{"created_at", "By"}}}}), "imports/invalid created_at:read_only");
  EXPECT_EQ(refusal({{"match", {"email"}}}), "imports/invalid email:match_not_mapped");
  EXPECT_EQ(refusal({{"policy", {{"name", "perhaps"}}}}), "imports/invalid name:unknown_policy");
  EXPECT_EQ(refusal({{"mapping", object()}}), "imports/invalid mapping:no_mapping");
  EXPECT_EQ(refusal({{"surprise", 1}}), "imports/invalid surprise:unknown_field");
}

TEST_P(ImportsTest, NeedsTheRight) {
  access::Scope scope;
  scope.actor.kind = access::ActorKind::user;
  scope.actor.user = UserId{5};
  scope.actor.permissions = std::make_shared<access::Permissions>();
  std::ofstream(folder_ + "/upload") << "name\nx\n";
  EXPECT_EQ(imports_->begin(scope, "company", "x.csv", folder_ + "/upload").error().code,
            "access/forbidden");
  auto permissions = std::make_shared<access::Permissions>();
  permissions->functions.insert("import");
  scope.actor.permissions = permissions;
  const auto id = begin("company", three_companies);
  EXPECT_EQ(imports_->get(scope, id).error().code, "imports/not_found");
  EXPECT_FALSE(imports_->begin(scope, "company", "x.csv", folder_ + "/upload").ok());
}

TEST_P(ImportsTest, FailedUploadLeavesNoFile) {
  std::ofstream(folder_ + "/upload") << "";
  EXPECT_EQ(imports_->begin(scope_, "company", "x.csv", folder_ + "/upload").error().code,
            "imports/empty_file");
  EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/files"));
}

TEST_P(ImportsTest, OldFilesAreForgotten) {
  const auto id = begin("company", three_companies);
  EXPECT_FALSE(std::filesystem::is_empty(folder_ + "/files"));
  clock_.advance_ms(limits::keep_files_ms + 1);
  jobs_->start(1);
  for (int i = 0; i < 1000 && !get(id).file.empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/files"));
  EXPECT_EQ(imports_->run_later(scope_, id).error().code, "imports/wrong_status");
}

TEST_P(ImportsTest, ExportComesBackAsImport) {
  run("company", three_companies);
  const auto read = [&] {
    return rows(
        "SELECT name, org_number, phone, address_city, country FROM companies "
        "WHERE archived_at IS NULL ORDER BY id");
  };
  const auto before = read();
  Export wanted;
  const auto dictionary = holder_.current();
  wanted.type = dictionary->find("company");
  std::string csv;
  const auto count = export_records(parts(), scope_, wanted, folder_,
                                    [&](std::string_view piece) { return csv += piece, true; });
  ASSERT_TRUE(count.ok()) << count.error().code;
  EXPECT_EQ(*count, 3);
  EXPECT_EQ(traced_, 3u);
  EXPECT_NE(csv.find("'+45 12 34 56 78"), csv.npos);
  (*database_)->write([](store::Transaction& tx) {
    tx.execute("UPDATE companies SET archived_at = 1");
  });
  const auto done = run("company", csv);
  EXPECT_EQ(counts(done), "3 rows: 3 created, 0 updated, 0 unchanged, 0 failed") << errors(done);
  EXPECT_EQ(read(), before);
}

TEST_P(ImportsTest, ExportsJsonAndXlsx) {
  run("company", three_companies);
  Export wanted;
  const auto dictionary = holder_.current();
  wanted.type = dictionary->find("company");
  std::string out;
  const Sink sink = [&](std::string_view piece) { return out += piece, true; };
  wanted.format = ExportFormat::json;
  ASSERT_TRUE(export_records(parts(), scope_, wanted, folder_, sink).ok());
  EXPECT_EQ(boost::json::parse(out).as_array().size(), 3u);
  out.clear();
  wanted.format = ExportFormat::xlsx;
  ASSERT_TRUE(export_records(parts(), scope_, wanted, folder_, sink).ok());
  EXPECT_TRUE(out.starts_with("PK"));
  access::Scope scope;
  scope.actor.permissions = std::make_shared<access::Permissions>();
  EXPECT_EQ(export_records(parts(), scope, wanted, folder_, sink).error().code,
            "records/forbidden");
}

// The real register, whole; prints the rate, which bin/bench measures in a release build.
TEST_P(ImportsTest, RegisterOfOrganisations) {
  const std::string path = "/usr/share/ieee-data/oui.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "package ieee-data is not installed";
  const auto id = imports_->begin(scope_, "company", "oui.csv", path);
  ASSERT_TRUE(id.ok());
  const auto started_at = std::chrono::steady_clock::now();
  const auto done = run(*id);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started_at;
  const auto c = Counts::from_json(done.counts);
  EXPECT_GT(c.created, 20'000);
  EXPECT_EQ(c.created + c.failed, c.rows);
  EXPECT_LT(c.failed, 10) << errors(done);
  std::printf("%s: %.0f rows/s\n", counts(done).c_str(), double(c.rows) / took.count());
}

}  // namespace
}  // namespace fokus::imports
