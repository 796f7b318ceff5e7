// SPDX-License-Identifier: Apache-2.0
// Companies against a register that is loaded, on both engines.
#include "features/register_updates/register_updates.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/embedded.hpp"
#include "features/register_updates/proposals.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::register_updates {
namespace {

using access::Action;
using boost::json::object;

const std::string header =
    "organisasjonsnummer,navn,forretningsadresse.adresse,forretningsadresse.postnummer,"
    "forretningsadresse.poststed,telefon,epostadresse,antallAnsatte,konkurs\n";

// A run that nobody stops, and that keeps its state.
class TestRun : public work::Run {
 public:
  const work::Job& job() const override { return job_; }
  void save_state(store::Transaction&, const object& state, std::int64_t, std::int64_t) override {
    state_ = state;
  }
  bool should_stop() override { return false; }
  work::Job job_;
  object state_;
};

class RegisterUpdatesTest : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    char name[] = "/tmp/fokus-updates-XXXXXX";
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
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    registers_ = std::make_unique<registers::Registers>(
        parts(), registers::Registers::Places{**database_, folder_ + "/registers"});
    registers_->add_jobs();
    updates_ = std::make_unique<RegisterUpdates>(parts(), *registers_);
    jobs_->start(1);
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
    updates_.reset();
    registers_.reset();
    jobs_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
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
  const records::RecordType& type(const char* name) {
    dictionary_ = records_->dictionary_ptr();
    return *dictionary_->find(name);
  }

  // The one row of the register from now on.
  void load(const std::string& row) {
    std::ofstream(folder_ + "/upload", std::ios::binary) << header << row << "\n";
    const auto started = registers_->load_later(
        scope_, {"brreg", "test.csv", folder_ + "/upload", "2026-11-01", false});
    ASSERT_TRUE(started.ok()) << started.error().code;
    for (int i = 0; i < 12'000; ++i) {
      const auto status = registers_->find_load(started->load)->status;
      if (status == registers::LoadStatus::ready) return;
      ASSERT_EQ(status, registers::LoadStatus::loading);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL() << "the load does not end";
  }

  RecordId create(const object& values, const records::Provenance& provenance = {0, {}, "create"}) {
    return (*database_)
        ->write([&](store::Transaction& tx) {
          return records_->create(tx, scope_, type("company"), values, provenance);
        })
        .value()
        .id;
  }
  void save(RecordId id, const object& values, std::int64_t source = 0) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, scope_, type("company"), id, values, std::nullopt,
                              {source, {}, "update"});
    });
    EXPECT_TRUE(saved.ok());
  }
  void rename(RecordId id, const char* name) { save(id, {{"name", name}}); }
  std::int64_t form() {
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
          return records_->create_source(tx, "form", "Contact form", "", "", "2026-10-01");
        })
        .value();
  }
  void switch_on(const char* provider) {
    const auto changed = (*database_)->write([&](store::Transaction& tx) {
      return updates_->change(tx, scope_, *registers::find_provider(provider),
                              {{"is_nightly", true}}, 0);
    });
    ASSERT_TRUE(changed.ok());
  }
  object company(RecordId id) {
    std::string text;
    JsonWriter writer(text);
    (*database_)->read([&](store::Session& s) {
      EXPECT_TRUE(records_->get(s, scope_, type("company"), id, writer).ok());
    });
    return boost::json::parse(text).as_object();
  }
  Updated look(RecordId id) {
    auto updated = updates_->update_now(scope_, id, nullptr, std::nullopt);
    EXPECT_TRUE(updated.ok()) << updated.error().code;
    return updated ? std::move(*updated) : Updated{};
  }
  static std::string events(const Updated& updated) {
    std::string out;
    for (const auto& one : updated.events) out += std::string(one.kind) + " ";
    return out;
  }
  // "field state offered reason, …", oldest first.
  std::string proposals(const std::string& state = "") {
    ProposalFilter filter;
    filter.state = state;
    const auto all = (*database_)->read([&](store::Session& session) {
      return list_proposals(*updates_, session, scope_, Action::read, filter,
                            std::numeric_limits<std::int64_t>::max(), 100);
    });
    std::string out;
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
      const auto& one = it->as_object();
      out += std::string(one.at("field").as_string()) + " " +
             std::string(one.at("state").as_string()) + " " +
             boost::json::serialize(one.at("offered")) + " " +
             std::string(one.at("reason").as_string()) + ", ";
    }
    return out;
  }
  std::int64_t number(const std::string& sql) {
    return (*database_)->read([&](store::Session& s) { return s.query_integer(sql); });
  }
  std::string accept(std::int64_t id) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return accept_proposal(*updates_, tx, scope_, id, BatchId{});
    });
    return done ? "accepted" : done.error().code;
  }
  Status reject(std::int64_t id) {
    return (*database_)->write([&](store::Transaction& tx) {
      return reject_proposal(*updates_, tx, scope_, id);
    });
  }

  FakeClock clock_{Instant{1'795'435'200'000}};
  std::string folder_;
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  records::DictionaryHolder holder_;
  records::DictionaryPtr dictionary_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<registers::Registers> registers_;
  std::unique_ptr<RegisterUpdates> updates_;
  access::Scope scope_;
};

TEST_P(RegisterUpdatesTest, FillsWhatIsEmptyAndProposesWhatWasTyped) {
  load("923609016,NORDLYS BYGG AS,Storgata 1,0150,OSLO,22334455,a@b.example,12,false");
  const auto id = create({{"name", "Nordlys"},
                          {"org_number", "923 609 016"},
                          {"country", "NO"},
                          {"email", "typed@nordlys.example"}});
  const auto first = look(id);
  EXPECT_TRUE(first.fill.batch);
  EXPECT_EQ(events(first), "");
  const auto now = company(id);
  EXPECT_EQ(now.at("name"), "Nordlys");
  EXPECT_EQ(now.at("email"), "typed@nordlys.example");
  EXPECT_EQ(now.at("employees"), 12);
  EXPECT_EQ(now.at("register_status"), "active");
  EXPECT_EQ(proposals("open"),
            "name open \"NORDLYS BYGG AS\" policy, email open \"a@b.example\" typed, ");
  // The register's own values follow it; the queue is not doubled.
  load("923609016,NORDLYS BYGG AS,Storgata 9,0150,OSLO,22334455,a@b.example,15,false");
  const auto second = look(id);
  EXPECT_EQ(events(second), "new_address ");
  EXPECT_EQ(second.proposed, 0);
  EXPECT_EQ(company(id).at("employees"), 15);
  EXPECT_EQ(company(id).at("register_event"), "new_address");
  EXPECT_EQ(company(id).at("register_event_on"), "2026-11-01");
  EXPECT_EQ(number("SELECT count(*) FROM register_proposals"), 2);
}

TEST_P(RegisterUpdatesTest, NeverOverwritesWhatThePersonGave) {
  load("923609016,NORDLYS AS,Storgata 1,0150,OSLO,,a@b.example,12,false");
  const auto id = create({{"name", "NORDLYS AS"},
                          {"org_number", "923609016"},
                          {"country", "NO"},
                          {"email", "given@nordlys.example"}},
                         {form(), {}, "create"});
  look(id);
  EXPECT_EQ(company(id).at("email"), "given@nordlys.example");
  EXPECT_EQ(proposals("open"), "email open \"a@b.example\" given_by_person, ");
  const auto queued = number("SELECT id FROM register_proposals");
  EXPECT_EQ(accept(queued), "register_updates/given_by_person");
}

TEST_P(RegisterUpdatesTest, AsksAgainWhoGaveAValueThatIsToBeReplaced) {
  load("923609016,NORDLYS AS,,,,,a@b.example,,false");
  const auto id = create({{"name", "NORDLYS AS"},
                          {"org_number", "923609016"},
                          {"country", "NO"},
                          {"email", "one@nordlys.example"}});
  look(id);
  EXPECT_EQ(proposals("open"), "email open \"a@b.example\" typed, ");
  const auto queued = number("SELECT id FROM register_proposals");
  // The person gives the very value that somebody had typed.
  save(id, {{"email", "other@nordlys.example"}});
  save(id, {{"email", "one@nordlys.example"}}, form());
  EXPECT_EQ(accept(queued), "register_updates/given_by_person");
  look(id);
  EXPECT_EQ(proposals("open"), "email open \"a@b.example\" given_by_person, ");
  EXPECT_EQ(company(id).at("email"), "one@nordlys.example");
}

TEST_P(RegisterUpdatesTest, DoesNotCompareWhatWasSaidOfAnotherNumber) {
  load("923609016,NORDLYS AS,Storgata 1,0150,OSLO,,,,false");
  const auto id = create({{"name", "NORDLYS AS"}, {"org_number", "923609016"}, {"country", "NO"}});
  look(id);
  load("974760673,OTHER AS,Kaia 2,9008,BERGEN,,,,false");
  save(id, {{"org_number", "974760673"}});
  EXPECT_EQ(events(look(id)), "");
  // Nor is the other company gone because the file has not the number of this one.
  save(id, {{"org_number", "923609016"}});
  switch_on("brreg");
  TestRun night;
  EXPECT_EQ(updates_->run_night(night)->at("brreg").as_object().at("absent"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM register_events"), 0);
}

TEST_P(RegisterUpdatesTest, RemembersWhatWasRejectedAndStoresWhatIsAccepted) {
  load("923609016,NORDLYS BYGG AS,,,,,a@b.example,,false");
  const auto id = create({{"name", "Nordlys"},
                          {"org_number", "923609016"},
                          {"country", "NO"},
                          {"email", "typed@nordlys.example"}});
  look(id);
  const auto name = number("SELECT id FROM register_proposals WHERE field = 'name'");
  const auto email = number("SELECT id FROM register_proposals WHERE field = 'email'");
  EXPECT_TRUE(reject(name).ok());
  EXPECT_EQ(reject(name).error().code, "register_updates/decided");
  EXPECT_EQ(accept(email), "accepted");
  EXPECT_EQ(accept(email), "register_updates/decided");
  EXPECT_EQ(company(id).at("email"), "a@b.example");
  look(id);
  EXPECT_EQ(proposals("open"), "");
  // Another value is another question.
  load("923609016,NORDLYS NYBYGG AS,,,,,a@b.example,,false");
  EXPECT_EQ(events(look(id)), "new_name ");
  EXPECT_EQ(proposals("open"), "name open \"NORDLYS NYBYGG AS\" policy, ");
}

TEST_P(RegisterUpdatesTest, ClosesWhatIsNoDifferenceAnyMore) {
  load("923609016,NORDLYS BYGG AS,,,,,,,false");
  const auto id = create({{"name", "Nordlys"}, {"org_number", "923609016"}, {"country", "NO"}});
  look(id);
  const auto queued = number("SELECT id FROM register_proposals");
  rename(id, "Something else");
  EXPECT_EQ(accept(queued), "register_updates/moved");
  load("923609016,SOMETHING ELSE,,,,,,,false");
  rename(id, "SOMETHING ELSE");
  look(id);
  EXPECT_EQ(proposals("open"), "");
  EXPECT_EQ(number("SELECT count(*) FROM register_proposals WHERE state = 'gone'"), 1);
}

TEST_P(RegisterUpdatesTest, TellsOfAnEndOnce) {
  load("923609016,NORDLYS AS,,,,,,,false");
  const auto id = create({{"name", "NORDLYS AS"}, {"org_number", "923609016"}, {"country", "NO"}});
  EXPECT_EQ(events(look(id)), "");
  load("923609016,NORDLYS AS,,,,,,,true");
  EXPECT_EQ(events(look(id)), "bankruptcy ");
  EXPECT_EQ(company(id).at("register_status"), "bankrupt");
  EXPECT_EQ(company(id).at("register_event"), "bankruptcy");
  EXPECT_EQ(events(look(id)), "");
  EXPECT_EQ(number("SELECT count(*) FROM register_events"), 1);
}

TEST_P(RegisterUpdatesTest, LeavesCompaniesOutThatSaySo) {
  load("923609016,NORDLYS AS,,,,,,12,false");
  const auto id = create(
      {{"name", "N"}, {"org_number", "923609016"}, {"country", "NO"}, {"register_exempt", true}});
  const auto refused = updates_->update_now(scope_, id, nullptr, std::nullopt);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "register_updates/exempt");
  const auto other = create({{"name", "Without"}});
  EXPECT_EQ(updates_->update_now(scope_, other, nullptr, std::nullopt).error().code,
            "register_updates/no_number");
  EXPECT_EQ(*updates_->count(scope_, {registers::find_provider("brreg"), {}, ""}), 0);
}

TEST_P(RegisterUpdatesTest, GoesThroughAllCompaniesAtNightAndRestsThen) {
  load("923609016,NORDLYS AS,Storgata 1,0150,OSLO,,,12,false");
  const auto id = create({{"name", "NORDLYS AS"}, {"org_number", "923609016"}, {"country", "NO"}});
  create({{"name", "Foreign"}, {"org_number", "923609016"}, {"country", "DK"}});
  TestRun off;
  EXPECT_TRUE(updates_->run_night(off).ok());  // nobody has switched it on
  EXPECT_EQ(number("SELECT count(*) FROM register_checks"), 0);
  switch_on("brreg");
  TestRun first;
  const auto told = updates_->run_night(first);
  ASSERT_TRUE(told.ok());
  const auto& counts = told->at("brreg").as_object();
  EXPECT_EQ(counts.at("checked"), 1);
  EXPECT_EQ(counts.at("changed"), 1);
  EXPECT_EQ(company(id).at("employees"), 12);
  TestRun second;
  EXPECT_FALSE(updates_->run_night(second)->contains("brreg"));
  clock_.advance_ms(21 * ms_per_hour);
  TestRun third;
  const auto again = updates_->run_night(third);
  EXPECT_EQ(again->at("brreg").as_object().at("checked"), 1);
  EXPECT_EQ(again->at("brreg").as_object().at("changed"), 0);
  // What it stored is one change set, which can be taken back.
  EXPECT_EQ(number("SELECT count(*) FROM batches WHERE kind = 'register'"), 1);
  // A company that is no longer in the file is told of once.
  load("974760673,OTHER AS,,,,,,,false");
  clock_.advance_ms(21 * ms_per_hour);
  TestRun fourth;
  EXPECT_EQ(updates_->run_night(fourth)->at("brreg").as_object().at("absent"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM register_events WHERE kind = 'dissolution'"), 1);
}

TEST_P(RegisterUpdatesTest, SettingsOfTwoAdministratorsDoNotMeet) {
  const auto& brreg = *registers::find_provider("brreg");
  const auto change = [&](std::int64_t version) {
    return (*database_)->write([&](store::Transaction& tx) {
      return updates_->change(tx, scope_, brreg, {{"typed", "always"}}, version);
    });
  };
  EXPECT_TRUE(change(0).ok());
  EXPECT_EQ(change(0).error().code, "records/stale");
  const auto kept = (*database_)->read([&](store::Session& session) {
    return updates_->settings_of(session, brreg);
  });
  EXPECT_EQ(kept.version, 1);
  EXPECT_EQ(kept.typed, registers::FillPolicy::always);
}

INSTANTIATE_EACH_ENGINE(RegisterUpdatesTest);

}  // namespace
}  // namespace fokus::register_updates
