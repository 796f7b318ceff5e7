// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/scan.hpp"

#include <thread>

#include "features/duplicates/duplicates_testing.hpp"

namespace fokus::duplicates {
namespace {

using boost::json::object;
using testing::StepRun;
using Pair = std::pair<std::int64_t, std::int64_t>;

constexpr int people = 60;

class ScanTest : public testing::Followed {
 protected:
  // People of common names at ten companies, each third of them a second time, mistyped.
  void make_world() {
    constexpr const char* first[] = {"Anna", "Jens", "Дмитрий", "Mette", "Åse", "Karl", "Ida"};
    constexpr const char* last[] = {"Sørensen", "Holm", "Bjørnsen", "Dahl", "Иванов"};
    for (int i = 1; i <= 10; ++i) create("company", {{"name", "Firma " + std::to_string(i)}});
    for (int i = 1; i <= people; ++i) {
      object values{{"first_name", first[i % std::size(first)]},
                    {"last_name", last[i % std::size(last)]},
                    {"email", "p" + std::to_string(i) + "@firma.example"},
                    {"phone", "2000" + std::to_string(1'000 + i * 37)},
                    {"company", i % 10 + 1}};
      create("person", values);
      if (i % 3 != 0) continue;
      values["last_name"] = std::string(last[i % std::size(last)]) + "e";
      if (i % 2) values.erase("email");
      create("person", values);
    }
  }

  std::set<Pair> stored(const char* column = "score") {
    std::set<Pair> out;
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query(
          std::string("SELECT left_id, right_id FROM duplicate_pairs WHERE ") + column + " >= $1",
          {keep_at()});
      while (rows->next()) out.emplace(rows->integer(0), rows->integer(1));
    });
    return out;
  }
  int keep_at() { return duplicates_->rules().find("person")->matcher.rules().keep_at; }

  // Every pair compared with every other, without keys.
  std::set<Pair> all_pairs() {
    const auto rules = duplicates_->rules().find("person");
    std::vector<Subject> all;
    (*database_)->write([&](store::Transaction& tx) {
      all = Subjects(rules->matcher, type("person")).read_after(tx, 0, 100'000);
    });
    std::set<Pair> out;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = i + 1; j < all.size(); ++j)
        if (rules->matcher
                .match(rules->matcher.prepare(all[i]), rules->matcher.prepare(all[j]), {}, false)
                .score >= keep_at())
          out.emplace(all[i].id, all[j].id);
    return out;
  }
};

TEST_P(ScanTest, FindsWhatComparingEachWithEachFinds) {
  make_world();
  scan("person");
  const auto everything = all_pairs();
  EXPECT_GE(everything.size(), static_cast<std::size_t>(people / 3));
  EXPECT_EQ(stored(), everything);
}

TEST_P(ScanTest, GoesOnWhereItWasInterrupted) {
  make_world();
  scan("person");
  const auto whole = stored();
  run("DELETE FROM duplicate_pairs");
  const object input{{"type", "person"}, {"scan", 2}};
  StepRun first(input, 2);
  ASSERT_TRUE(Scan(*duplicates_, first).go().ok());
  EXPECT_LT(first.done_, first.total_);
  StepRun second = first.next();
  ASSERT_TRUE(Scan(*duplicates_, second).go().ok());
  EXPECT_EQ(second.done_, second.total_);
  EXPECT_EQ(stored(), whole);
}

TEST_P(ScanTest, SaysWhichBlocksWereTooLarge) {
  for (int i = 0; i < 203; ++i)
    create("company", {{"name", "Filial " + std::to_string(i) + " ApS"},
                       {"website", "https://kaede.example"}});
  StepRun run({{"type", "company"}, {"scan", 1}});
  const auto result = Scan(*duplicates_, run).go();
  ASSERT_TRUE(result.ok());
  bool is_said = false;
  for (const auto& key : result->at("keys").as_array())
    if (key.at("key").as_string() == "domain(email, website)") {
      is_said = true;
      EXPECT_EQ(key.at("largest").as_int64(), 203);
      EXPECT_EQ(key.at("skipped").as_int64(), 1);
      EXPECT_EQ(key.at("pairs").as_int64(), 0);
    }
  EXPECT_TRUE(is_said);
}

TEST_P(ScanTest, PairsAreThoseOfWhatOneMaySee) {
  const auto pair = [&](const char* name, std::int64_t owner) {
    for (const char* form : {" A/S", " ApS"}) {
      const auto id = create("company", {{"name", std::string(name) + form}});
      run("UPDATE companies SET owner = " + std::to_string(owner) +
          " WHERE id = " + std::to_string(id));
    }
  };
  pair("Nordlys", 7);
  pair("Havblik", 8);
  scan("company");
  const access::Circles mine = 1 << static_cast<int>(access::Circle::mine);
  EXPECT_EQ(pairs("company", reader(access::every_circle, {})).at("pairs").as_array().size(), 2u);
  const auto own = pairs("company", reader(mine, {}));
  ASSERT_EQ(own.at("pairs").as_array().size(), 1u);
  EXPECT_EQ(own.at("counts").at("likely").as_int64() + own.at("counts").at("certain").as_int64() +
                own.at("counts").at("possible").as_int64(),
            1);
  EXPECT_EQ(boost::json::serialize(own).find("Havblik"), std::string::npos);
  EXPECT_EQ(pairs("company", reader(0, {})).at("pairs").as_array().size(), 0u);
}

TEST_P(ScanTest, WhoDoesNotSeePhonesIsNotToldOfPairsThatPhonesMake) {
  create("person", {{"first_name", "Anna"},
                    {"last_name", "Lund"},
                    {"phone", "20123456"},
                    {"email", "anna@lund.example"}});
  create("person", {{"first_name", "Anna"},
                    {"last_name", "Holm"},
                    {"phone", "20123456"},
                    {"email", "anna@lund.example"}});
  scan("person");
  EXPECT_EQ(
      pairs("person", reader(access::every_circle, {"contact"})).at("pairs").as_array().size(), 1u);
  const auto masked = pairs("person", reader(access::every_circle, {}));
  EXPECT_EQ(masked.at("pairs").as_array().size(), 0u);
  EXPECT_EQ(masked.at("counts").at("likely").as_int64(), 0);
  EXPECT_EQ(masked.at("counts").at("possible").as_int64(), 0);
}

TEST_P(ScanTest, PagesNeitherLoseNorRepeat) {
  for (int i = 0; i < 7; ++i)
    for (const char* form : {" A/S", " ApS"})
      create("company", {{"name", std::string(3, static_cast<char>('a' + i)) + "lys" + form}});
  scan("company");
  std::set<std::int64_t> seen;
  PairQuery query{"", 0, "", 3};
  for (int page = 0; page < 10; ++page) {
    const auto out = pairs("company", system_, query);
    for (const auto& one : out.at("pairs").as_array())
      EXPECT_TRUE(seen.insert(one.at("pair").as_int64()).second);
    if (out.at("next").is_null()) break;
    query.after = std::string(out.at("next").as_string());
  }
  EXPECT_EQ(seen.size(), stored().size());
  EXPECT_EQ(list_pairs(*duplicates_, system_, type("company"), {"", 0, "x", 3}).error().code,
            "duplicates/invalid");
}

TEST_P(ScanTest, RecordsThatWereThereGetTheirKeys) {
  make_world();
  const auto keys = number("SELECT count(*) FROM duplicate_keys");
  run("DELETE FROM duplicate_keys");
  run("UPDATE duplicate_slots SET is_built = 0");
  StepRun build(object{});
  ASSERT_TRUE(KeyBuilder(parts(), duplicates_->rules(), build).build().ok());
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_keys"), keys);
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_slots WHERE is_built = 0"), 0);
}

TEST_P(ScanTest, KeysThatWereInterruptedGoOnBehindTheirLastPortion) {
  make_world();
  const auto keys = number("SELECT count(*) FROM duplicate_keys");
  run("DELETE FROM duplicate_keys");
  run("UPDATE duplicate_slots SET is_built = 0");
  StepRun first(object{}, 1);
  ASSERT_TRUE(KeyBuilder(parts(), duplicates_->rules(), first, 1).build().ok());
  const auto some = number("SELECT count(*) FROM duplicate_keys");
  EXPECT_GT(some, 0);
  EXPECT_LT(some, keys);
  run("DELETE FROM duplicate_keys");  // what the second run writes is the rest
  auto second = first.next();
  ASSERT_TRUE(KeyBuilder(parts(), duplicates_->rules(), second, 1).build().ok());
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_keys"), keys - some);
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_slots WHERE is_built = 0"), 0);
  EXPECT_EQ(second.done_, second.total_);
}

INSTANTIATE_EACH_ENGINE(ScanTest);

// Nothing found would be taken for: there is nothing.
TEST_P(ScanTest, WaitsForTheKeys) {
  make_world();
  run("UPDATE duplicate_slots SET is_built = 0");
  run("DELETE FROM duplicate_keys");
  StepRun asked({{"type", "person"}, {"scan", 1}});
  const auto refused = Scan(*duplicates_, asked).go();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, keys_missing);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(number("SELECT count(*) FROM jobs WHERE kind = 'duplicate_keys'"), 1);
  auto again = asked.next();
  EXPECT_EQ(again.job().state.at("waits_for"), "keys");
  // With workers the job for the keys runs, and the scan a moment later.
  duplicates_->add_jobs();
  const auto job = duplicates_->scan_later(system_, type("person"));
  ASSERT_TRUE(job.ok());
  jobs_->start(1);
  const auto status = [&] {
    return (*database_)->read([&](store::Session& session) {
      return jobs_->get(session, *job)->status;
    });
  };
  for (int i = 0; i < 2000 && status() != work::JobStatus::done; ++i)
    clock_.advance_ms(100), std::this_thread::sleep_for(std::chrono::milliseconds(10));
  jobs_->stop();
  EXPECT_EQ(status(), work::JobStatus::done);
  EXPECT_EQ(stored(), all_pairs());
}

}  // namespace
}  // namespace fokus::duplicates
