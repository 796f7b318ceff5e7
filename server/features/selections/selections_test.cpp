// SPDX-License-Identifier: Apache-2.0
#include "features/selections/selections.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "base/embedded.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::selections {
namespace {

using boost::json::object;

class SelectionsTest : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
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
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    selections_ = std::make_unique<Selections>(parts());
    records_->set_selections(
        [this](store::Session& session, const access::Scope& scope, const records::RecordType& type,
               std::int64_t id) { return selections_->meaning(session, scope, type, id); });
    add_selection_jobs(*selections_);
    scope_.actor = access::system_actor();
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
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

  const records::RecordType& company() { return *holder_.current()->find("company"); }

  SelectionId make(std::string kind, const object& input) {
    Selection s;
    s.kind = std::move(kind);
    s.record_type = "company";
    const auto id = (*database_)->write([&](store::Transaction& tx) -> Result<SelectionId> {
      TRY(selections_->apply(tx, scope_, s, input));
      return selections_->create(tx, scope_, s);
    });
    EXPECT_TRUE(id.ok()) << (id.ok() ? "" : id.error().code);
    return *id;
  }

  std::int64_t add_company(const std::string& name, const char* country) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->create(tx, scope_, company(), {{"name", name}, {"country", country}}, {});
    });
    EXPECT_TRUE(saved.ok()) << saved.error().code;
    return saved->id.value;
  }
  void move_company(std::int64_t id, const char* country) {
    (*database_)->write([&](store::Transaction& tx) {
      const auto saved = records_->update(tx, scope_, company(), RecordId{id},
                                          {{"country", country}}, std::nullopt, {});
      EXPECT_TRUE(saved.ok()) << saved.error().code;
    });
  }

  // The members, now or at a moment.
  std::set<std::int64_t> members(SelectionId id, std::optional<Instant> moment = {}) {
    records::NodePtr node = selection_node(id.value);
    if (moment) {
      node->kind = records::Node::Kind::members;
      node->terms.push_back(records::Term{moment->ms});
    }
    const auto ids = (*database_)->read([&](store::Session& session) {
      return records_->list_ids(session, scope_, company(), access::Action::read, node.get(), 0,
                                10'000);
    });
    EXPECT_TRUE(ids.ok());
    return std::set<std::int64_t>(ids->begin(), ids->end());
  }

  std::int64_t number(std::string_view sql, SelectionId id) {
    return (*database_)->read([&](store::Session& s) { return s.query_integer(sql, {id}); });
  }

  // A slow machine may take its time, but a job that does nothing for a minute hangs.
  template <class Done>
  void wait_until(Done done) {
    for (int i = 0; i < 12'000; ++i) {
      if (done()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL() << "the job did not do it; jobs: " << jobs_as_they_are();
  }
  std::string jobs_as_they_are() {
    return (*database_)->read([&](store::Session& s) {
      std::string out;
      for (auto rows = s.query("SELECT kind, status, error_code, run_at FROM jobs ORDER BY id");
           rows->next();)
        out += fmt::format("{} {} {} in {} ms; ", rows->text(0), rows->text(1), rows->text(2),
                           rows->integer(3) - clock_.now().ms);
      return out;
    });
  }
  void wait_for_look(SelectionId id) {
    wait_until([&] {
      return number("SELECT taken_at FROM selection_snapshots WHERE selection = $1", id) ==
             clock_.now().ms;
    });
  }
  void sleep_a_night() { clock_.advance_ms(ms_per_day + 1'000); }

  FakeClock clock_;
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  records::DictionaryHolder holder_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Selections> selections_;
  access::Scope scope_;
};
INSTANTIATE_EACH_ENGINE(SelectionsTest);

TEST_P(SelectionsTest, ThePastIsWhatEachNightSaw) {
  std::vector<std::int64_t> all;
  for (int i = 0; i < 12; ++i)
    all.push_back(add_company("Company " + std::to_string(i), i % 3 ? "DK" : "SE"));
  const auto danish =
      make("dynamic", {{"name", "Danish"}, {"filter", "country eq 'DK'"}, {"keeps_history", true}});
  const auto few = make("static", {{"name", "Few"}});
  ASSERT_TRUE(selections_
                  ->change_members(scope_, *(*database_)->read([&](store::Session& s) {
                    return selections_->get(s, scope_, few);
                  }),
                                   *ids_node({all[0], all[1], all[2]}), true)
                  .ok());
  const auto both_of =
      make("combined",
           {{"name", "Both"},
            {"keeps_history", true},
            {"combine", {{"operation", "both"}, {"first", danish.value}, {"second", few.value}}}});
  std::map<std::int64_t, std::pair<std::set<std::int64_t>, std::set<std::int64_t>>> seen;
  jobs_->start(1);
  for (int night = 0; night < 4; ++night) {
    if (night > 0) {
      move_company(all[static_cast<std::size_t>(night)], night % 2 ? "NO" : "DK");
      move_company(all[static_cast<std::size_t>(3 * night)], "DK");
      add_company("Later " + std::to_string(night), "DK");
    }
    sleep_a_night();
    wait_for_look(danish);
    wait_for_look(both_of);
    seen[clock_.now().ms] = {members(danish), members(both_of)};
  }
  for (const auto& [moment, expected] : seen) {
    EXPECT_EQ(members(danish, Instant{moment + 1'000}), expected.first);
    EXPECT_EQ(members(both_of, Instant{moment + 1'000}), expected.second);
  }
  // Nights differ, or this would prove nothing.
  EXPECT_NE(seen.begin()->second.first, seen.rbegin()->second.first);
}

TEST_P(SelectionsTest, RetentionEndsWhatNobodyTouches) {
  const auto forgotten = make("dynamic", {{"name", "Forgotten"}, {"retention_days", 10}});
  const auto used = make("static", {{"name", "Used"}, {"retention_days", 10}});
  const auto kept = make("static", {{"name", "Kept"}});
  const auto user =
      make("combined",
           {{"name", "User"},
            {"combine", {{"operation", "any"}, {"first", used.value}, {"second", kept.value}}}});
  const auto there = [&](SelectionId id) {
    return number("SELECT count(*) FROM selections WHERE id = $1", id) == 1;
  };
  jobs_->start(1);
  clock_.advance_ms(9 * ms_per_day);
  clock_.advance_ms(2 * ms_per_day);
  wait_until([&] { return !there(forgotten); });
  wait_until([&] { return number("SELECT completed FROM selections WHERE id = $1", used) == 1; });
  EXPECT_TRUE(there(kept));
  EXPECT_TRUE(there(user));
}

TEST_P(SelectionsTest, EndingTheHistoryForgetsIt) {
  add_company("One", "DK");
  const auto danish =
      make("dynamic", {{"name", "Danish"}, {"filter", "country eq 'DK'"}, {"keeps_history", true}});
  jobs_->start(1);
  sleep_a_night();
  wait_for_look(danish);
  constexpr auto rows = "SELECT count(*) FROM selection_members WHERE selection = $1";
  EXPECT_EQ(number(rows, danish), 1);
  (*database_)->write([&](store::Transaction& tx) {
    Selection s = selections_->get(tx, scope_, danish).value();
    s.keeps_history = false;
    ASSERT_TRUE(selections_->save_change(tx, scope_, s).ok());
  });
  EXPECT_EQ(number(rows, danish), 0);
  EXPECT_EQ(number("SELECT count(*) FROM selection_snapshots WHERE selection = $1", danish), 0);
}

// Saved by a version that did not look, or by two at once: an answer, and no endless way round.
TEST_P(SelectionsTest, ACircleThatIsStoredIsRefusedWhereItIsUsed) {
  const auto first = make("dynamic", {{"name", "First"}, {"filter", "country eq 'DK'"}});
  const auto second = make("dynamic", {{"name", "Second"}, {"filter", "country eq 'SE'"}});
  const auto third =
      make("combined",
           {{"name", "Third"},
            {"combine", {{"operation", "any"}, {"first", first.value}, {"second", second.value}}}});
  const auto write_filter = [&](SelectionId id, SelectionId other) {
    (*database_)->write([&](store::Transaction& tx) {
      tx.execute("UPDATE selections SET filter = $2 WHERE id = $1",
                 {id, "in_selection(" + std::to_string(other.value) + ")"});
    });
  };
  write_filter(first, third);
  const auto counted = [&](SelectionId id) {
    const auto node = selection_node(id.value);
    records::ListQuery query;
    query.criteria = node.get();
    const auto count = (*database_)->read([&](store::Session& session) {
      return records_->count(session, scope_, company(), query, 0);
    });
    return count.ok() ? std::string() : count.error().code;
  };
  EXPECT_EQ(counted(first), "selections/cycle");
  EXPECT_EQ(counted(third), "selections/cycle");
  EXPECT_EQ(counted(second), "");
  write_filter(first, first);
  EXPECT_EQ(counted(first), "selections/cycle");
}

// Each change alone is none: only the one that comes second closes the circle.
TEST_P(SelectionsTest, OfTwoChangesThatCloseACircleOneIsRefused) {
  for (int round = 0; round < 20; ++round) {
    const auto first = make("dynamic", {{"name", "First"}, {"filter", "country eq 'DK'"}});
    const auto second = make("dynamic", {{"name", "Second"}, {"filter", "country eq 'SE'"}});
    std::atomic<int> ready = 0, saved = 0, refused = 0;
    const auto refer = [&](SelectionId from, SelectionId to) {
      Selection s = *(*database_)->read([&](store::Session& session) {
        return selections_->get(session, scope_, from);
      });
      s.filter = "in_selection(" + std::to_string(to.value) + ")";
      ++ready;
      while (ready < 2) std::this_thread::yield();
      const Status done = (*database_)->write([&](store::Transaction& tx) {
        return selections_->save_change(tx, scope_, s);
      });
      saved += done.ok();
      refused += !done.ok() && done.error().code == "selections/cycle";
    };
    std::thread one(refer, first, second), other(refer, second, first);
    one.join();
    other.join();
    EXPECT_EQ(saved, 1);
    EXPECT_EQ(refused, 1);
  }
}

TEST_P(SelectionsTest, TooLongAChainIsRefused) {
  auto last = make("dynamic", {{"name", "0"}, {"filter", "country eq 'DK'"}});
  const auto next = [&] {
    return object{{"name", "Next"}, {"filter", "in_selection(" + std::to_string(last.value) + ")"}};
  };
  for (int i = 0; i < limits::nesting_max; ++i) last = make("dynamic", next());
  Selection s;
  s.kind = "dynamic";
  s.record_type = "company";
  const auto applied = (*database_)->read([&](store::Session& session) {
    return selections_->apply(session, scope_, s, next());
  });
  ASSERT_FALSE(applied.ok());
  EXPECT_EQ(applied.error().errors.at(0).code, "too_deep");
}

// More of others than one look reads lie between what somebody may see.
TEST_P(SelectionsTest, PagesGoOnPastWhatIsNotVisible) {
  std::vector<SelectionId> expected;
  for (const char* name : {"bb", "bb", "zz", "zz", "zz"})
    expected.push_back(make("static", {{"name", name}, {"visible_for", "everyone"}}));
  (*database_)->write([&](store::Transaction& tx) {
    for (int i = 0; i < 2 * limits::list_max; ++i)
      tx.execute(
          "INSERT INTO selections (name, name_f, record_type, kind, owner, visible_for, "
          "created_at, "
          "updated_at) VALUES ('mm', 'mm', 'company', 'static', 999, 'groups', 1, 1)");
    tx.execute("UPDATE selections SET completed = 1 WHERE id = $1", {expected[0]});
  });
  std::rotate(expected.begin(), expected.begin() + 1, expected.end());
  access::Scope viewer;
  viewer.actor.user = UserId{7};
  viewer.actor.permissions = std::make_shared<access::Permissions>();
  std::vector<SelectionId> found;
  (*database_)->read([&](store::Session& session) {
    Selections::Wanted wanted;
    wanted.limit = 2;
    for (;;) {
      const auto page = selections_->list(session, viewer, wanted);
      for (const auto& one : page) found.push_back(one.id);
      if (page.size() < 2) break;
      wanted.after = page.back().id;
    }
  });
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace fokus::selections
