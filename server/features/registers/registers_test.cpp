// SPDX-License-Identifier: Apache-2.0
#include "features/registers/registers.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/embedded.hpp"
#include "features/registers/register_index.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::registers {
namespace {

using boost::json::object;

const std::string header =
    "organisasjonsnummer,navn,forretningsadresse.adresse,forretningsadresse.postnummer,"
    "forretningsadresse.poststed,telefon,epostadresse,antallAnsatte,konkurs,"
    "registrertIMvaregisteret\n";

class RegistersTest : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    char name[] = "/tmp/fokus-registers-XXXXXX";
    folder_ = ::mkdtemp(name);
    store::Options options;
    options.durable = false;
    database_ = std::make_unique<store::testing::ScratchDatabase>(GetParam(), options);
    statements_ = std::make_unique<store::Statements>(embedded_sql(), GetParam());
    ASSERT_TRUE(store::migrate(**database_, embedded_sql(), [] { return Status(); }).ok());
    (*database_)->write([&](store::Transaction& tx) {
      ASSERT_TRUE(records::seed_lists(tx, *statements_, embedded_model()).ok());
      auto loaded = records::load_dictionary(tx, *statements_, embedded_model());
      ASSERT_TRUE(loaded.ok());
      records::apply_schema(tx, *loaded);
      holder_.replace(std::make_shared<const records::Dictionary>(std::move(loaded).value()));
    });
    records_ =
        std::make_unique<records::Records>(records::Records::Parts{*statements_, clock_, holder_});
    scope_.actor = access::system_actor();
    open();
  }
  void TearDown() override {
    close();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  void open() {
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    registers_ = std::make_unique<Registers>(
        parts(), Registers::Places{**database_, folder_ + "/registers"});
    registers_->add_jobs();
  }
  void close() {
    if (jobs_) jobs_->stop();
    registers_.reset();
    jobs_.reset();
    running_ = false;
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const access::Scope&, const records::ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }
  const records::RecordType& company_type() {
    dictionary_ = records_->dictionary_ptr();
    return *dictionary_->find("company");
  }

  Result<Registers::Started> begin(std::string_view text, std::string provider = "brreg") {
    std::ofstream(folder_ + "/upload", std::ios::binary) << text;
    return registers_->load_later(
        scope_, {std::move(provider), "test.csv", folder_ + "/upload", "2026-11-01", false});
  }
  Load wait(LoadId id) {
    if (!running_) jobs_->start(1), running_ = true;
    for (int i = 0; i < 12'000; ++i) {
      const auto load = registers_->find_load(id);
      if (load->status != LoadStatus::loading) return *load;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "the load does not end";
    return {};
  }
  Load load(std::string_view text, std::string provider = "brreg") {
    const auto started = begin(text, std::move(provider));
    EXPECT_TRUE(started.ok()) << started.error().code;
    return wait(started->load);
  }
  // Until nothing of loads that are no longer read is left.
  void wait_for_removal() {
    for (int i = 0; i < 2'000; ++i) {
      const auto left = (*database_)->read([&](store::Session& s) {
        return s.query_integer("SELECT count(*) FROM register_loads WHERE status = 'retired'");
      });
      if (left == 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "old entries stay";
  }
  std::string find(std::string_view q, std::string_view country = "") {
    const auto outcome = registers_->search(scope_, q, country, 10);
    if (!outcome) return outcome.error().code;
    std::string out;
    for (const auto& own : outcome->companies) out += "[" + own.name + "] ";
    for (const auto& one : outcome->entries)
      out += one.entry[Field::number] + (one.company ? "* " : " ");
    return out;
  }
  std::int64_t number(const std::string& sql) {
    return (*database_)->read([&](store::Session& s) { return s.query_integer(sql); });
  }
  RecordId create(const object& values, const records::Provenance& provenance = {0, {}, "create"}) {
    return (*database_)
        ->write([&](store::Transaction& tx) {
          return records_->create(tx, scope_, company_type(), values, provenance);
        })
        .value()
        .id;
  }
  object company(RecordId id) {
    std::string text;
    JsonWriter writer(text);
    (*database_)->read([&](store::Session& s) {
      EXPECT_TRUE(records_->get(s, scope_, company_type(), id, writer).ok());
    });
    return boost::json::parse(text).as_object();
  }
  // "field action reason, …"
  static std::string told(const FillOutcome& outcome) {
    std::string out;
    for (const auto& one : outcome.fields)
      out += one.field + " " + one.action + (one.reason.empty() ? "" : " " + one.reason) + ", ";
    return out;
  }
  FillOutcome make(const std::string& number, const object& order) {
    const auto found = registers_->look_up(scope_, "brreg", number);
    EXPECT_TRUE(found.ok());
    auto made = registers_->make_company(scope_, *found, parse_fill_order(order).value());
    EXPECT_TRUE(made.ok()) << made.error().code;
    return std::move(*made);
  }

  FakeClock clock_{Instant{1'795'435'200'000}};
  std::string folder_;
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  records::DictionaryHolder holder_;
  records::DictionaryPtr dictionary_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Registers> registers_;
  access::Scope scope_;
  bool running_ = false;
  const std::string three_ = header +
                             "923609016,NORDLYS BYGG AS,Storgata 1,0150,OSLO,22334455,"
                             "a@b.example,12,false,true\n"
                             "974760673,NORDLYS FISK AS,Kaia 2,9008,TROMSØ,,,0,false,false\n"
                             "985615616,ØRSTA MØBLER NORDLYS ASA,Veien 3,6150,ØRSTA,,,3,"
                             "true,false\n";
};

TEST_P(RegistersTest, FindsByNumberStartOfNameAndWords) {
  const auto done = load(three_);
  EXPECT_EQ(done.status, LoadStatus::ready) << done.error;
  EXPECT_EQ(done.rows, 3);
  EXPECT_EQ(done.bad_rows, 0);
  EXPECT_EQ(find("923609016"), "923609016 ");
  EXPECT_EQ(find("923 609"), "923609016 ");
  EXPECT_EQ(find("923609061"), "923609016 ");  // two digits swapped
  EXPECT_EQ(find("923609111"), "");
  EXPECT_EQ(find("nordlys"), "923609016 974760673 985615616 ");
  EXPECT_EQ(find("nordlys bygg as"), "923609016 ");
  EXPECT_EQ(find("mobl nordl"), "");
  EXPECT_EQ(find("moebl nordl"), "985615616 ");
  EXPECT_EQ(find("Ørsta"), "985615616 ");
  EXPECT_EQ(find("fisk tromsø"), "974760673 ");
  EXPECT_EQ(find("nordlys", "NO"), "923609016 974760673 985615616 ");
  EXPECT_EQ(find("nordlys", "DK"), "");
  EXPECT_EQ(find("n"), "");
  EXPECT_EQ(find("' OR \"x*"), "");
}

TEST_P(RegistersTest, CountsBadRowsWithTheirReasons) {
  const auto done = load(header + "923609016,A AS\n,NO NUMBER\n974760673,\n985615616,B AS\n" +
                         "923609016,A AGAIN AS\n\"open,C AS\n");
  EXPECT_EQ(done.status, LoadStatus::ready);
  EXPECT_EQ(done.rows, 2);
  EXPECT_EQ(done.bad_rows, 3);
  EXPECT_EQ(boost::json::serialize(done.problems.to_json()),
            R"({"duplicate_number":{"count":1,"rows":[2]},"no_name":{"count":1,"rows":[4]},)"
            R"("no_number":{"count":1,"rows":[3]},"unclosed_quote":{"count":1,"rows":[7]}})");
  EXPECT_EQ(registers_->look_up(scope_, "brreg", "923609016")->entry[Field::name], "A AGAIN AS");
  EXPECT_EQ(number("SELECT count(*) FROM register_entries"), 2);
}

TEST_P(RegistersTest, ReplacesOnlyWhenTheNewFileIsIn) {
  load(three_);
  close();
  open();  // nothing runs yet
  const auto next = begin(header + "923609016,NYTT NAVN AS\n");
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(begin(three_).error().code, "registers/loading");
  EXPECT_EQ(wait(next->load).status, LoadStatus::ready);
  EXPECT_EQ(find("nordlys"), "");
  EXPECT_EQ(find("nytt"), "923609016 ");
  wait_for_removal();
  EXPECT_EQ(number("SELECT count(*) FROM register_entries"), 1);
}

TEST_P(RegistersTest, KeepsWhatIsThereWhenAFileIsBad) {
  load(three_);
  EXPECT_EQ(begin("colour\nred\n").error().code, "registers/missing_column");
  const auto bad = load(header + ",no number\n");
  EXPECT_EQ(bad.status, LoadStatus::failed);
  EXPECT_EQ(bad.error, "registers/no_entries");
  EXPECT_EQ(find("nordlys bygg"), "923609016 ");
  EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/registers"));
}

// As after kill -9: some chunks are stored, the program begins anew.
TEST_P(RegistersTest, GoesOnAfterAnInterruption) {
  std::string text = header;
  const int rows = 3 * limits::rows_per_chunk;
  for (int i = 0; i < rows; ++i)
    text += std::to_string(100'000'000 + i) + ",FIRMA " + std::to_string(i) + " AS\n";
  const auto started = begin(text);
  ASSERT_TRUE(started.ok());
  jobs_->start(1);
  running_ = true;
  while (registers_->find_load(started->load)->rows == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  close();
  const auto between = number("SELECT row_count FROM register_loads");
  EXPECT_EQ(number("SELECT count(*) FROM register_entries"), between);
  open();
  const auto done = wait(started->load);
  EXPECT_EQ(done.status, LoadStatus::ready) << done.error;
  EXPECT_EQ(done.rows, rows);
  EXPECT_EQ(number("SELECT count(*) FROM register_entries"), rows);
  EXPECT_EQ(number("SELECT count(DISTINCT number) FROM register_entries"), rows);
  EXPECT_EQ(find("firma 14999"), "100014999 ");
}

TEST_P(RegistersTest, RemovesARegister) {
  load(three_);
  ASSERT_TRUE(registers_->remove(scope_, "brreg").ok());
  EXPECT_EQ(find("nordlys"), "");
  wait_for_removal();
  EXPECT_EQ(number("SELECT count(*) FROM register_entries"), 0);
  EXPECT_EQ(registers_->remove(scope_, "brreg").error().code, "registers/not_found");
}

TEST_P(RegistersTest, NarrowsARegisterOfTheWorldByCountry) {
  load(
      "LEI,Entity.LegalName,Entity.LegalAddress.Country\n"
      "5493001KJTIIGC8Y1R12,Nordlys Holding,DK\n549300ABCDEFGHIJKL34,Nordlys Holding,NO\n",
      "gleif");
  EXPECT_EQ(find("nordlys", "DK"), "5493001KJTIIGC8Y1R12 ");
  EXPECT_EQ(find("nordlys", "NO"), "549300ABCDEFGHIJKL34 ");
}

TEST_P(RegistersTest, ShowsOwnCompaniesFirstAndMarksTheirEntries) {
  load(three_);
  create({{"name", "Nordlys Bygg"}, {"org_number", "923 609 016"}, {"country", "NO"}});
  create({{"name", "Nordlys i Danmark"}, {"org_number", "974760673"}, {"country", "DK"}});
  EXPECT_EQ(find("nordlys"), "[Nordlys Bygg] [Nordlys i Danmark] 923609016* 974760673 985615616 ");
}

TEST_P(RegistersTest, MakesACompanyWithTheRegisterAsItsSource) {
  load(three_);
  const auto preview = make("923609016", {{"preview", true}});
  EXPECT_FALSE(preview.company);
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 0);
  const auto made = make("923609016", {{"values", {{"phone", "11 22 33 44"}}}});
  const auto stored = company(made.company);
  EXPECT_EQ(stored.at("name"), "NORDLYS BYGG AS");
  EXPECT_EQ(stored.at("org_number"), "923609016");
  EXPECT_EQ(stored.at("vat_number"), "NO923609016MVA");
  EXPECT_EQ(stored.at("phone"), "11 22 33 44");  // what was typed
  EXPECT_EQ(stored.at("employees"), 12);
  EXPECT_EQ(stored.at("address").at("city"), "OSLO");
  EXPECT_EQ(number("SELECT count(*) FROM history h JOIN sources s ON s.id = h.source WHERE "
                   "s.kind = 'register' AND s.name = 'Enhetsregisteret' AND s.licence = 'NLOD 2.0' "
                   "AND s.obtained_at = '2026-11-01' AND h.batch IS NOT NULL"),
            1);
  EXPECT_EQ(number("SELECT count(*) FROM history WHERE source IS NULL AND batch IS NOT NULL AND "
                   "payload LIKE '%11 22 33 44%'"),
            1);
  const auto undone = (*database_)->write([&](store::Transaction& tx) {
    return records_->undo_batch(tx, scope_, made.batch, std::numeric_limits<std::int64_t>::max(),
                                100);
  });
  ASSERT_TRUE(undone.ok());
  EXPECT_EQ(number("SELECT count(*) FROM companies WHERE archived_at IS NULL"), 0);
}

TEST_P(RegistersTest, FillsByPolicy) {
  load(three_);
  const auto id = create({{"name", "Vores navn"}, {"phone", "99 88 77 66"}});
  const object policy = {{"company", id.value},
                         {"policy", {{"name", "propose"}, {"email", "never"}, {"phone", "always"}}},
                         {"preview", true}};
  const std::string plan =
      "name propose, vat_number set, phone set, email keep policy, country set, org_number set, "
      "employees set, address set, ";
  EXPECT_EQ(told(make("923609016", policy)), plan);
  EXPECT_EQ(company(id).at("phone"), "99 88 77 66");  // it was a preview
  object order = policy;
  order["preview"] = false;
  const auto filled = make("923609016", order);
  EXPECT_EQ(told(filled), plan);
  EXPECT_EQ(company(id).at("name"), "Vores navn");
  EXPECT_EQ(company(id).at("phone"), "22334455");
  EXPECT_TRUE(company(id).at("email").is_null());
  EXPECT_EQ(company(id).at("version"), 2);
  // Nothing is left but what waits for somebody.
  const auto again = make("923609016", order);
  EXPECT_EQ(told(again), "name propose, email keep policy, ");
  EXPECT_FALSE(again.batch);
  order["accept"] = {"name"};
  EXPECT_EQ(told(make("923609016", order)), "name set, email keep policy, ");
  EXPECT_EQ(company(id).at("name"), "NORDLYS BYGG AS");
  // One change set takes the first filling back; the name has changed since and stays.
  const auto undone = (*database_)->write([&](store::Transaction& tx) {
    return records_->undo_batch(tx, scope_, filled.batch, std::numeric_limits<std::int64_t>::max(),
                                100);
  });
  ASSERT_TRUE(undone.ok());
  EXPECT_EQ(undone->undone, 1);
  EXPECT_EQ(company(id).at("phone"), "99 88 77 66");
  EXPECT_TRUE(company(id).at("org_number").is_null());
  EXPECT_EQ(company(id).at("name"), "NORDLYS BYGG AS");
}

TEST_P(RegistersTest, KnowsOneValueInTwoSpellings) {
  load(three_);
  const auto id = create({{"name", "NORDLYS BYGG AS"},
                          {"org_number", "923 609 016"},
                          {"phone", "22 33 44 55"},
                          {"email", "A@b.example"}});
  EXPECT_EQ(told(make("923609016", {{"company", id.value}, {"otherwise", "always"}})),
            "vat_number set, country set, employees set, address set, ");
}

TEST_P(RegistersTest, NeverOverwritesWhatThePersonGave) {
  load(three_);
  std::int64_t form = 0;
  (*database_)->write([&](store::Transaction& tx) {
    form = records_->create_source(tx, "form", "Kontakt", "", "consent", "2026-10-01");
  });
  const auto id = create({{"name", "N"}, {"phone", "12 12 12 12"}}, {form, {}, "create"});
  const auto filled = make("923609016", {{"company", id.value}, {"otherwise", "always"}});
  EXPECT_NE(told(filled).find("phone keep given_by_person"), std::string::npos) << told(filled);
  EXPECT_NE(told(filled).find("email set"), std::string::npos);
  EXPECT_EQ(company(id).at("phone"), "12 12 12 12");
}

TEST_P(RegistersTest, KeepsWhatThePersonGaveHoweverLongAgoAndWhatThePersonEmptied) {
  load(three_);
  std::int64_t form = 0;
  (*database_)->write([&](store::Transaction& tx) {
    form = records_->create_source(tx, "form", "Kontakt", "", "consent", "2026-10-01");
  });
  const auto id = create({{"name", "N"}, {"phone", "12 12 12 12"}, {"email", "n@n.example"}},
                         {form, {}, "create"});
  const auto save = [&](const object& values, std::int64_t source) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, scope_, company_type(), id, values, std::nullopt,
                              {source, {}, "update"});
    });
    EXPECT_TRUE(saved.ok());
  };
  save({{"email", nullptr}}, form);
  // More saves than one page of the history holds.
  for (int i = 0; i < 201; ++i) save({{"name", "N" + std::to_string(i)}}, 0);
  const auto filled = make("923609016", {{"company", id.value}, {"otherwise", "always"}});
  EXPECT_NE(told(filled).find("phone keep given_by_person"), std::string::npos) << told(filled);
  EXPECT_NE(told(filled).find("email keep given_by_person"), std::string::npos) << told(filled);
  EXPECT_EQ(company(id).at("phone"), "12 12 12 12");
  EXPECT_TRUE(company(id).at("email").is_null());
}

TEST_P(RegistersTest, LeavesOutWhatTheSaveRefuses) {
  load(header + "923609016,A AS,,,,not a phone,nobody,12,false,true\n");
  const auto made = make("923609016", {});
  EXPECT_NE(told(made).find("email refuse not_an_email"), std::string::npos) << told(made);
  EXPECT_EQ(company(made.company).at("name"), "A AS");
}

TEST_P(RegistersTest, WantsTheRightToCreateCompanies) {
  load(three_);
  access::Scope reader;
  reader.actor.kind = access::ActorKind::user;
  reader.actor.permissions = std::make_shared<const access::Permissions>();
  EXPECT_EQ(registers_->search(reader, "nordlys", "", 10).error().code, "records/forbidden");
  EXPECT_EQ(registers_->look_up(reader, "brreg", "923609016").error().code, "records/forbidden");
  EXPECT_EQ(registers_->remove(reader, "brreg").error().code, "access/forbidden");
  EXPECT_EQ(registers_->load_later(reader, {}).error().code, "access/forbidden");
}

// Real names of all the world, as the package installs them.
TEST_P(RegistersTest, LoadsARealRegistry) {
  const std::string path = "/usr/share/ieee-data/oui.csv";
  ASSERT_TRUE(std::filesystem::exists(path)) << "the package ieee-data is missing";
  const auto started = registers_->load_later(scope_, {"ieee", "oui.csv", path, "", false});
  ASSERT_TRUE(started.ok()) << started.error().code;
  const auto done = wait(started->load);
  EXPECT_EQ(done.status, LoadStatus::ready);
  EXPECT_GT(done.rows, 30'000);
  EXPECT_LT(done.bad_rows, 50);
  EXPECT_NE(find("cisco syst"), "");
  EXPECT_EQ(find("002272"), "002272 ");
}

INSTANTIATE_EACH_ENGINE(RegistersTest);

}  // namespace
}  // namespace fokus::registers
