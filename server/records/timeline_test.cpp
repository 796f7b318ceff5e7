// SPDX-License-Identifier: Apache-2.0
// Pages of a timeline neither lose nor repeat what happened at the same moment, on both engines.
#include <set>

#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class TimelineTest : public testing::Place {
 protected:
  struct Page {
    std::vector<std::string> entries;  // "activity 7", "change 3"
    std::string next;
  };
  Page page(const TimelineQuery& query) {
    std::string text;
    JsonWriter writer(text);
    write([&](store::Transaction& tx) {
      return records_->write_timeline(tx, viewer(), type("company"), RecordId{company_}, query,
                                      writer);
    });
    Page out;
    const auto parsed = json::parse(text).as_object();
    for (const auto& item : parsed.at("items").as_array())
      out.entries.push_back(std::string(item.at("kind").as_string()) + " " +
                            std::to_string(item.at("record").at("id").as_int64()));
    if (parsed.at("next").is_string()) out.next = std::string(parsed.at("next").as_string());
    return out;
  }
  std::vector<std::string> all(TimelineQuery query) {
    std::vector<std::string> out;
    for (int pages = 0; pages < 100; ++pages) {
      const auto one = page(query);
      out.insert(out.end(), one.entries.begin(), one.entries.end());
      if (one.next.empty()) break;
      query.cursor = one.next;
    }
    return out;
  }
  const Scope& viewer() { return viewer_ ? *viewer_ : system_; }
  void activity(const char* name, const char* at) {
    create("activity", {{"name", name}, {"company", company_}, {"starts_at", at}});
  }

  std::int64_t company_ = 0;
  std::optional<Scope> viewer_;
};
INSTANTIATE_EACH_ENGINE(TimelineTest);

TEST_P(TimelineTest, PagesThroughManyEntriesOfTheSameMoment) {
  company_ = create("company", {{"name", "Nordlys ApS"}});
  // The clock stands still: sales, documents and changes all have the moment of the activities.
  for (int i = 0; i < 23; ++i) {
    activity("Møde", "2026-11-25T10:00:00Z");
    create("sale", {{"name", "Borde"}, {"company", company_}});
    if (i % 3 == 0) {
      ASSERT_TRUE(update("company", company_, {{"name", "Nordlys " + std::to_string(i)}}).ok());
    }
  }
  activity("Før", "2026-11-01T10:00:00Z");
  activity("Efter", "2027-01-01T10:00:00Z");
  const auto whole = all({{}, 200, {}, {}});
  EXPECT_EQ(whole.size(), 23u + 23u + 2u + 9u);
  EXPECT_EQ(std::set(whole.begin(), whole.end()).size(), whole.size());
  for (const int limit : {1, 2, 7, 10}) EXPECT_EQ(all({{}, limit, {}, {}}), whole) << limit;
}

TEST_P(TimelineTest, ShowsTheKindsAndWordsThatAreAskedFor) {
  company_ = create("company", {{"name", "Nordlys ApS"}});
  activity("Frokost med Åge", "2026-11-02T10:00:00Z");
  activity("Møde", "2026-11-03T10:00:00Z");
  create("sale", {{"name", "Frokostordning"}, {"company", company_}});
  ASSERT_TRUE(update("company", company_, {{"phone", "+4520009999"}}).ok());
  EXPECT_EQ(all({{}, 50, {"activity"}, {}}).size(), 2u);
  EXPECT_EQ(all({{}, 50, {"sale", "change"}, {}}).size(), 3u);
  EXPECT_EQ(all({{}, 50, {}, "frokost"}).size(), 2u);
  EXPECT_EQ(all({{}, 50, {}, "aage frok"}).size(), 1u);
  EXPECT_EQ(all({{}, 1, {"change"}, "20009999"}).size(), 1u);
  EXPECT_EQ(all({{}, 50, {}, "phone"}).size(), 0u);
  std::string text;
  JsonWriter writer(text);
  const auto ask = [&](const TimelineQuery& query) {
    return (*database_)
        ->read([&](store::Session& session) {
          return records_->write_timeline(session, system_, type("company"), RecordId{company_},
                                          query, writer);
        })
        .error()
        .code;
  };
  EXPECT_EQ(ask({{}, 50, {"unicorn"}, {}}), "records/invalid");
  EXPECT_EQ(ask({"nonsense", 50, {}, {}}), "records/bad_cursor");
}

TEST_P(TimelineTest, ShowsNothingThatTheViewerMayNotSee) {
  company_ = create("company", {{"name", "Nordlys ApS"}, {"address", {{"street", "Havnegade 1"}}}});
  activity("Møde", "2026-11-03T10:00:00Z");
  create("sale", {{"name", "Borde"}, {"company", company_}});
  auto permissions = std::make_shared<access::Permissions>();
  permissions->types["company"] = {access::every_circle, 0, 0, 0, 0};
  permissions->types["sale"] = {access::every_circle, 0, 0, 0, 0};
  viewer_.emplace();
  viewer_->actor.user = UserId{99};
  viewer_->actor.permissions = permissions;
  const auto seen = all({{}, 50, {}, {}});
  EXPECT_EQ(seen.size(), 2u);  // the sale, and that the company was made
  EXPECT_TRUE(all({{}, 50, {"activity"}, {}}).empty());
  // The address of the company is masked: looking for it must not tell.
  EXPECT_TRUE(all({{}, 50, {"change"}, "havnegade"}).empty());
}

}  // namespace
}  // namespace fokus::records
