// SPDX-License-Identifier: Apache-2.0
// A world, its users and what tiles show of it: for tests of this room.
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "access/permissions.hpp"
#include "features/dashboards/dashboards.hpp"
#include "features/dashboards/page_json.hpp"
#include "features/worlds/worlds.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::dashboards {

namespace json = boost::json;

class DashboardsTest : public store::testing::EachEngine {
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
    selections_ = std::make_unique<selections::Selections>(parts());
    records_->set_selections(
        [this](store::Session& session, const access::Scope& scope, const records::RecordType& type,
               std::int64_t id) { return selections_->meaning(session, scope, type, id); });
    dashboards_ = std::make_unique<Dashboards>(parts(), *selections_);
    dashboards_->seed();
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [this](const access::Scope&, const records::ReadTrace& trace) {
              traced_ += trace.ids.size();
              if (trace.action == "aggregate") counted_.emplace_back(trace.shape);
            },
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }

  void seed(std::string_view world) {
    const worlds::WorldParts world_parts{**database_,
                                         *statements_,
                                         clock_,
                                         holder_,
                                         [&](store::Transaction&, const worlds::AccountRequest& a) {
                                           roles_[a.user.value] = a.role;
                                           return Status();
                                         },
                                         {}};
    ASSERT_TRUE(worlds::seed_world(world, world_parts).ok());
  }

  access::Scope scope_of(std::string_view email) {
    access::Scope scope;
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query("SELECT id, primary_group FROM users WHERE email = $1", {email});
      ASSERT_TRUE(rows->next()) << email;
      scope.actor.user = UserId{rows->integer(0)};
      scope.actor.primary_group = GroupId{rows->integer(1)};
    });
    scope.actor.language = "da";
    for (const auto& role : access::built_in_roles())
      if (role.key == roles_[scope.actor.user.value])
        scope.actor.permissions = std::make_shared<const access::Permissions>(
            access::parse_role(json::parse(std::string(role.definition))).value());
    return scope;
  }

  json::object answer(const access::Scope& scope, const Definition& definition,
                      const PageFilters& filters = {}) {
    const auto text = dashboards_->answers().answer(scope, definition, filters);
    EXPECT_TRUE(text.ok()) << text.error().code << " " << json::serialize(definition.json);
    return text.ok() ? json::parse(*text).as_object() : json::object();
  }
  json::object answer(const access::Scope& scope, std::string_view form) {
    auto definition = parse_definition(json::parse(std::string(form)).as_object());
    EXPECT_TRUE(definition.ok()) << form;
    return answer(scope, *definition);
  }
  std::string refusal(const access::Scope& scope, std::string_view form) {
    const auto parsed = json::parse(std::string(form)).as_object();
    const auto read = dashboards_->read_definition(scope, parsed);
    if (read.ok()) return "accepted";
    std::string out = read.error().code;
    for (const auto& one : read.error().errors) out += " " + one.field + ":" + one.code;
    return out;
  }

  // The list's exact count, and the measure over what the filter finds.
  std::int64_t listed(const access::Scope& scope, const records::RecordType& type,
                      std::string_view filter) {
    const auto tree = records::parse_filter(filter.empty() ? "id gt 0" : filter);
    EXPECT_TRUE(tree.ok()) << filter;
    records::ListQuery query;
    query.criteria = tree->get();
    const auto count = (*database_)->read([&](store::Session& session) {
      return records_->count(session, scope, type, query, 0);
    });
    EXPECT_TRUE(count.ok()) << filter;
    return count.ok() ? count->value : -1;
  }

  // Every object of an answer that has a count and a filter.
  void check_cells(const access::Scope& scope, const records::RecordType& type,
                   const json::value& value, const std::string& where) {
    if (value.is_array())
      for (const auto& one : value.get_array()) check_cells(scope, type, one, where);
    if (!value.is_object()) return;
    const auto& o = value.get_object();
    const auto* count = o.if_contains("count");
    const auto* filter = o.if_contains("filter");
    if (count && count->is_int64() && o.contains("number")) {
      ++cells_;
      ASSERT_TRUE(filter && filter->is_string()) << where << " cannot be drilled into";
      const std::string text(filter->get_string());
      EXPECT_EQ(listed(scope, type, text), count->get_int64()) << where << ": " << text;
    }
    for (const auto& [name, inner] : o)
      check_cells(scope, type, inner, where + "." + std::string(name));
  }

  void wait_until_fresh(const access::Scope& scope, const Definition& definition) {
    for (int i = 0; i < 1'000; ++i) {
      if (!answer(scope, definition).at("cached").as_bool()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL() << "the change was never heard of";
  }

  // 2026-11-25 12:00 in Copenhagen: late in a month and in a year, so that both hold something.
  FakeClock clock_{Instant{1'795'604'400'000}};
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  records::DictionaryHolder holder_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<selections::Selections> selections_;
  std::unique_ptr<Dashboards> dashboards_;
  std::map<std::int64_t, std::string> roles_;
  std::size_t traced_ = 0, cells_ = 0;
  std::vector<std::string> counted_;  // shapes of the numbers about persons in the log
};

}  // namespace fokus::dashboards
