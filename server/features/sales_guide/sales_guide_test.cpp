// SPDX-License-Identifier: Apache-2.0
// The guide that comes with the program, and what becomes of its suggestions, on both engines.
#include "features/sales_guide/sales_guide.hpp"

#include "records/place_testing.hpp"

namespace fokus::sales_guide {
namespace {

namespace json = boost::json;
using access::Scope;

class SalesGuideTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    guide_ = std::make_unique<SalesGuide>(parts());
    records_->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                      RecordId id, const records::WatchedRecord* before,
                                      const records::WatchedRecord* after) {
      if (!before && !after) guide_->forget_record(tx, type, id);
    });
    const auto group = create("group", {{"name", "Salg"}});
    anna_ =
        create("user", {{"name", "Anna"}, {"email", "anna@example.org"}, {"primary_group", group}});
    bo_ = create("user", {{"name", "Bo"}, {"email", "bo@example.org"}, {"primary_group", group}});
    company_ = create("company", {{"name", "Nordhavn"}, {"owner", anna_}});
    sale_ = create(
        "sale", {{"name", "Borde"}, {"stage", "offer"}, {"owner", anna_}, {"company", company_}});
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
            [](const Scope&, const records::ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }
  Scope as(std::int64_t user, access::Circles sales = access::every_circle,
           access::Circles activities = access::every_circle) {
    auto permissions = std::make_shared<access::Permissions>();
    permissions->types["sale"].fill(sales);
    permissions->types["sale"][0] = access::every_circle;
    permissions->types["activity"].fill(activities);
    permissions->types["company"].fill(access::every_circle);
    permissions->types["user"] = {access::every_circle, 0, 0, 0, 0};
    permissions->field_classes = {"identity", "contact", "content", "behaviour"};
    Scope out;
    out.actor.user = UserId{user};
    out.actor.language = "da";
    out.actor.permissions = permissions;
    return out;
  }
  // "" or the code of the refusal.
  std::string set(const Scope& scope, const char* suggestion, State state) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return guide_->set_state(tx, scope, RecordId{sale_}, suggestion, state);
    });
    return done.ok() ? "" : done.error().code;
  }
  json::object step(const Scope& scope, std::string_view suggestion) {
    const auto all = (*database_)->read([&](store::Session& session) {
      return guide_->of_sale(session, scope, RecordId{sale_});
    });
    EXPECT_TRUE(all.ok());
    if (!all) return {};
    for (const auto& stage : all->at("stages").as_array())
      for (const auto& one : stage.at("suggestions").as_array())
        if (one.at("key").as_string() == suggestion) return one.as_object();
    return {};
  }
  std::int64_t activities() {
    return number("SELECT count(*) FROM activities WHERE archived_at IS NULL");
  }

  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<SalesGuide> guide_;
  std::int64_t anna_ = 0, bo_ = 0, company_ = 0, sale_ = 0;
};
INSTANTIATE_EACH_ENGINE(SalesGuideTest);

TEST_P(SalesGuideTest, TheShippedOneFitsTheListsAndHasFiveLanguages) {
  const Guide& guide = shipped_guide();
  EXPECT_TRUE(check_guide(*holder_.current(), guide).ok());
  const auto again = parse_guide(guide_to_json(guide));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(guide_to_json(*again), guide_to_json(guide));
  for (const auto& stage : guide.stages)
    for (const auto& one : stage.suggestions) {
      EXPECT_EQ(one.title.size(), 5u) << one.key;
      EXPECT_TRUE(one.text.empty() || one.text.size() == 5u) << one.key;
    }
}

TEST_P(SalesGuideTest, OneClickMakesOneActivity) {
  const Scope bo = as(bo_);
  ASSERT_EQ(set(bo, "make_offer", State::created), "");
  ASSERT_EQ(set(bo, "make_offer", State::created), "");
  EXPECT_EQ(activities(), 1);
  const auto made = step(bo, "make_offer").at("activity").as_object();
  EXPECT_EQ(made.at("name").as_string(), "Lav tilbuddet");
  const auto activity = get("activity", made.at("id").as_int64());
  EXPECT_EQ(activity.at("sale").at("id").as_int64(), sale_);
  EXPECT_EQ(activity.at("company").at("id").as_int64(), company_);
  // The sale's owner does it, though Bo clicked: three days on, when work begins in Copenhagen.
  EXPECT_EQ(activity.at("owner").at("id").as_int64(), anna_);
  EXPECT_EQ(activity.at("due_on").as_string(), "2026-11-28");
  EXPECT_EQ(std::string_view(activity.at("starts_at").as_string()).substr(0, 16),
            "2026-11-28T08:00");
  // "me" is whoever clicks.
  ASSERT_EQ(set(bo, "terms", State::created), "");
  const auto terms = step(bo, "terms").at("activity").at("id").as_int64();
  EXPECT_EQ(get("activity", terms).at("owner").at("id").as_int64(), bo_);
}

TEST_P(SalesGuideTest, StatesAreKeptAndForgotten) {
  const Scope anna = as(anna_);
  ASSERT_EQ(set(anna, "make_offer", State::created), "");
  ASSERT_EQ(set(anna, "make_offer", State::done), "");
  EXPECT_EQ(step(anna, "make_offer").at("state").as_string(), "done");
  EXPECT_TRUE(step(anna, "make_offer").at("activity").is_object());
  ASSERT_EQ(set(anna, "make_offer", State::open), "");
  EXPECT_TRUE(step(anna, "make_offer").at("activity").is_null());
  EXPECT_EQ(activities(), 1);
  ASSERT_EQ(set(anna, "first_call", State::skipped), "");
  EXPECT_EQ(set(anna, "unicorn", State::done), "sales_guide/no_such_suggestion");
  write([&](store::Transaction& tx) -> Status {
    guide_->forget_record(tx, type("sale"), RecordId{sale_});
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM sales_guide_steps"), 0);
}

TEST_P(SalesGuideTest, RightsHold) {
  EXPECT_EQ(set(as(bo_, 0b0001), "make_offer", State::done), "records/forbidden");
  // Whoever may not make activities makes none, and nothing is remembered.
  EXPECT_NE(set(as(bo_, access::every_circle, 0), "make_offer", State::created), "");
  EXPECT_EQ(number("SELECT count(*) FROM sales_guide_steps"), 0);
  // An activity that the viewer may not see is not named.
  ASSERT_EQ(set(as(anna_), "make_offer", State::created), "");
  const auto seen = step(as(bo_, access::every_circle, 0), "make_offer");
  EXPECT_EQ(seen.at("state").as_string(), "created");
  EXPECT_TRUE(seen.at("activity").is_null());
}

TEST_P(SalesGuideTest, AnAdministratorsGuideTakesItsPlace) {
  const auto guide = parse_guide(json::parse(R"({"stages": [{"stage": "offer", "suggestions": [
    {"key": "ring", "kind": "call", "title": {"en": "Call"}, "days": 0}]}]})")
                                     .as_object());
  ASSERT_TRUE(guide.ok());
  const auto save = [&](const std::optional<Guide>& one, std::optional<std::int64_t> expected) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return guide_->save(tx, system_, one, expected);
    });
    return done.ok() ? std::string() : done.error().code;
  };
  EXPECT_EQ(save(*guide, 0), "");
  EXPECT_EQ(save(*guide, 0), "records/stale");
  // Ten o'clock is past nine: today means now.
  ASSERT_EQ(set(as(anna_), "ring", State::created), "");
  const auto made = step(as(anna_), "ring").at("activity").as_object();
  EXPECT_EQ(std::string_view(made.at("starts_at").as_string()).substr(0, 16), "2026-11-25T10:00");
  EXPECT_EQ(made.at("name").as_string(), "Call");
  EXPECT_EQ(save(std::nullopt, 1), "");
  EXPECT_TRUE(step(as(anna_), "ring").empty());
}

}  // namespace
}  // namespace fokus::sales_guide
