// SPDX-License-Identifier: Apache-2.0
// Tiles on the demo world, on both engines: every number leads to exactly the records behind it.
#include <set>

#include "features/dashboards/dashboards_testing.hpp"

namespace fokus::dashboards {
namespace {

INSTANTIATE_EACH_ENGINE(DashboardsTest);

constexpr const char* sales_by_stage =
    R"({"title":"x","presentation":"column","record_type":"sale","group_by":["stage"]})";

TEST_P(DashboardsTest, EveryStandardTileDrillsToItsRecordsAndIsUsefulOnTheDemoWorld) {
  seed("demo");
  const auto tiles = (*database_)->read([&](store::Session& session) {
    return dashboards_->library().list(session);
  });
  EXPECT_GE(tiles.size(), 36u);
  std::set<std::string> categories, useful;
  for (const auto* email : {"mette@example.org", "torben@example.org", "karen@example.org"}) {
    const auto scope = scope_of(email);
    for (const auto& tile : tiles) {
      categories.emplace(tile.definition.json.at("category").as_string());
      if (tile.definition.is_web()) continue;
      const auto found = answer(scope, tile.definition);
      ASSERT_FALSE(found.empty()) << tile.key;
      const auto& type = *holder_.current()->find(tile.definition.record_type);
      const auto before = cells_;
      std::int64_t count = 0;
      if (tile.definition.is_list()) {
        count = found.at("count").at("value").as_int64();
        const auto exact = listed(scope, type, std::string(found.at("filter").as_string()));
        EXPECT_EQ(count, std::min(exact, records::limits::count_cap)) << tile.key;
      } else {
        check_cells(scope, type, found, tile.key);
        EXPECT_GT(cells_, before) << tile.key;
        for (const auto& cell : found.at("total").at("cells").as_array())
          count += cell.at("count").as_int64();
      }
      if (count > 0) useful.insert(tile.key);
    }
  }
  EXPECT_EQ(categories, (std::set<std::string>{"activity", "company", "person", "product",
                                               "project", "quality", "sale", "web"}));
  for (const auto& tile : tiles)
    EXPECT_TRUE(tile.definition.is_web() || useful.contains(tile.key)) << tile.key << " is empty";
}

TEST_P(DashboardsTest, PageFiltersAndComparisonsDrillToTheirRecordsToo) {
  seed("demo");
  const auto scope = scope_of("mette@example.org");
  const auto& type = *holder_.current()->find("sale");
  const std::vector<std::pair<const char*, const char*>> chosen = {{"this_year", "DK"},
                                                                   {"last(90 days)", ""}};
  for (const auto& [period, country] : chosen) {
    for (const auto* comparison : {"previous_period", "previous_year"}) {
      const auto definition = parse_definition(
          {{"title", "x"},
           {"presentation", "column"},
           {"record_type", "sale"},
           {"scope", "viewer"},
           {"period_field", "closed_on"},
           {"comparison", comparison},
           {"measures", json::array{{{"kind", "sum"}, {"field", "amount"}},
                                    {{"kind", "count"}, {"filter", "status eq 'sold'"}}}},
           {"group_by", json::array{"company.country"}},
           {"limit", 2},
           {"others", true}});
      ASSERT_TRUE(definition.ok());
      const auto found = answer(scope, *definition, {period, "", "my_group", country, "my_group"});
      check_cells(scope, type, found, period);
      EXPECT_EQ(found.at("comparison").at("kind"), comparison);
    }
  }
  EXPECT_GT(cells_, 20u);
}

TEST_P(DashboardsTest, AnswersAreKeptUntilTheirRecordsChange) {
  seed("test");
  const auto anna = scope_of("anna@example.org");
  const auto definition = *parse_definition(json::parse(sales_by_stage).as_object());
  const auto first = answer(anna, definition);
  EXPECT_FALSE(first.at("cached").as_bool());
  // On PostgreSQL the seeding may still be heard of.
  for (int i = 0; i < 1'000 && !answer(anna, definition).at("cached").as_bool(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(answer(anna, definition).at("cached").as_bool());
  const auto save = [&](const char* type, json::object values) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->create(tx, anna, *holder_.current()->find(type), values, {});
    });
    ASSERT_TRUE(saved.ok()) << saved.error().code;
  };
  save("company", {{"name", "Nyt firma"}});
  EXPECT_TRUE(answer(anna, definition).at("cached").as_bool()) << "companies are not asked for";
  save("sale", {{"name", "Nyt salg"}});
  wait_until_fresh(anna, definition);
  const auto total = [](const json::object& found) {
    return found.at("total").at("cells").at(0).at("number").to_number<double>();
  };
  EXPECT_EQ(total(answer(anna, definition)), total(first) + 1);
  clock_.advance_ms(ms_per_day);
  EXPECT_FALSE(answer(anna, definition).at("cached").as_bool()) << "another day";
}

TEST_P(DashboardsTest, AnswersAreSharedWithTheSameRightsOnly) {
  seed("test");
  auto anna = scope_of("anna@example.org"), bo = scope_of("bo@example.org");
  const auto definition = *parse_definition(json::parse(sales_by_stage).as_object());
  const auto all = answer(anna, definition);
  for (int i = 0; i < 1'000 && !answer(bo, definition).at("cached").as_bool(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(answer(bo, definition).at("cached").as_bool()) << "same role, same records";
  const auto mine = *parse_definition({{"title", "x"},
                                       {"presentation", "number"},
                                       {"record_type", "sale"},
                                       {"filter", "status eq 'open'"},
                                       {"scope", "mine"}});
  const auto of = [&](const access::Scope& scope, const Definition& d) {
    return answer(scope, d).at("total").at("cells").at(0).at("number").to_number<int>();
  };
  EXPECT_EQ(of(anna, mine), 2);
  EXPECT_EQ(of(bo, mine), 1);
  roles_[bo.actor.user.value] = "service";  // sees the sales of the own group only
  bo = scope_of("bo@example.org");
  EXPECT_LT(of(bo, definition), of(anna, definition));
  auto nobody = anna;
  nobody.actor.permissions = std::make_shared<const access::Permissions>();
  const auto refused = dashboards_->answers().answer(nobody, definition, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "records/forbidden");
}

TEST_P(DashboardsTest, NamesOfPersonsAreLoggedEachTime) {
  seed("test");
  const auto anna = scope_of("anna@example.org");
  const auto list = *parse_definition({{"title", "x"},
                                       {"presentation", "list"},
                                       {"record_type", "person"},
                                       {"columns", json::array{"name"}},
                                       {"limit", 5}});
  for (int i = 0; i < 3; ++i) answer(anna, list);
  EXPECT_EQ(traced_, 15u);
  answer(anna, R"({"title":"x","presentation":"bar","record_type":"activity",)"
               R"("group_by":["person"]})");
  EXPECT_GT(traced_, 20u);
}

TEST_P(DashboardsTest, NumbersAboutPersonsAreLoggedEachTime) {
  seed("test");
  const auto anna = scope_of("anna@example.org");
  const std::string form = R"({"title":"x","presentation":"bar","record_type":"person",)"
                           R"("filter":"name startswith 'Hemmelig'","group_by":["owner"]})";
  for (int i = 0; i < 2; ++i) answer(anna, form);
  const std::vector<std::string> twice(2, "dashboard tile, count of 0 by owner: name startswith ?");
  EXPECT_EQ(counted_, twice);
  answer(anna, R"({"title":"x","presentation":"number","record_type":"company"})");
  EXPECT_EQ(counted_.size(), 2u) << "companies are nobody";
}

TEST_P(DashboardsTest, RefusalsNameTheMember) {
  seed("test");
  const auto anna = scope_of("anna@example.org");
  const auto with = [](const char* more) {
    return std::string(R"({"title":"x","record_type":"sale",)") + more + "}";
  };
  const auto expect = [&](const std::string& form, std::string_view wanted) {
    EXPECT_EQ(refusal(anna, form), "dashboards/invalid_tile " + std::string(wanted)) << form;
  };
  expect(R"({"presentation":"number","record_type":"sale"})", "title:required");
  for (const char* url : {"javascript:alert(1)", "http://x.example/", "http://localhost/", "//x",
                          "/sales", "data:text/html,x", " java\\tscript:x", "https:/x.example"})
    expect(std::string(R"({"title":"x","presentation":"web","url":")") + url + "\"}",
           "url:not_https");
  for (const char* url : {"https://", "https:///x", "https://x.example/a b", "https://x\\\\y"})
    expect(std::string(R"({"title":"x","presentation":"web","url":")") + url + "\"}",
           "url:not_a_url");
  for (const char* url : {"", "https://x.example/?a=1#b", "HTTPS://x.example:8443"})
    EXPECT_EQ(
        refusal(anna, std::string(R"({"title":"x","presentation":"web","url":")") + url + "\"}"),
        "accepted")
        << url;
  expect(with(R"("presentation":"cake")"), "presentation:unknown");
  expect(with(R"("presentation":"column")"), "group_by:required");
  expect(with(R"("presentation":"column","group_by":["stagee"])"), "group_by:unknown_field");
  expect(with(R"("presentation":"column","group_by":["description"])"), "group_by:wrong_kind");
  expect(with(R"("presentation":"number","measures":[{"kind":"sum","field":"name"}])"),
         "measures:wrong_kind");
  expect(with(R"("presentation":"number","filter":"stage eq")"), "filter:syntax");
  expect(with(R"("presentation":"number","filter":"shade eq 'red'")"), "filter:unknown_field");
  expect(with(R"("presentation":"number","selection":999)"), "selection:unknown_selection");
  expect(with(R"("presentation":"number","period":"this_year")"), "period_field:required");
  expect(with(R"("presentation":"number","period_field":"amount")"), "period_field:wrong_kind");
  expect(with(R"("presentation":"number","period_field":"closed_on","period":"someday")"),
         "period:unknown");
  expect(with(R"("presentation":"number","comparison":"previous_year")"),
         "comparison:needs_period");
  expect(with(R"("presentation":"number","comparison":{"selection":999})"),
         "comparison:unknown_selection");
  expect(with(R"("presentation":"number","comparison":{"selection":"x"})"), "comparison:not_an_id");
  expect(with(R"("presentation":"column","group_by":["stage"],"comparison":{"selection":1})"),
         "comparison:only_of_numbers");
  expect(with(R"("presentation":"number","currency":"kr")"), "currency:not_a_currency");
  expect(with(R"("presentation":"list","currency":"own")"), "currency:not_of_lists");
  expect(with(R"("presentation":"column","group_by":["stage"],"currency":"own")"),
         "currency:only_of_numbers");
  expect(with(R"("presentation":"number","currency":"own","measures":[{"kind":"count"},)"
              R"({"kind":"sum","field":"amount"}])"),
         "measures:wrong_number");
  expect(with(R"("presentation":"pie","group_by":["stage","status"])"), "group_by:wrong_number");
  expect(with(R"("presentation":"list","columns":["nope"])"), "columns:unknown_field");
  expect(with(R"("presentation":"list","limit":500)"), "limit:out_of_range");
  expect(with(R"("presentation":"number","colour":"red")"), "colour:unknown_member");
  expect(R"({"title":"x","presentation":"number","record_type":"spaceship"})",
         "record_type:unknown");
  expect(R"({"title":"x","presentation":"number","record_type":"product","scope":"mine"})",
         "scope:not_owned");
  EXPECT_EQ(refusal(anna, sales_by_stage), "accepted");
}

TEST_P(DashboardsTest, APlacedTileIsEditedThereAndNowhereElse) {
  seed("test");
  const auto carl = scope_of("carl@example.org"), anna = scope_of("anna@example.org");
  Dashboard page;
  page.owner = anna.actor.user;
  const json::object placed{{"name", "Min side"},
                            {"tiles", json::array{{{"standard", "sale/my_pipeline"}},
                                                  {{"standard", "sale/my_pipeline"}, {"x", 4}}}}};
  ASSERT_TRUE(dashboards_->apply(anna, page, placed).ok());
  ASSERT_EQ(page.tiles.size(), 2u);
  json::object own = json::parse(sales_by_stage).as_object();
  const json::object edit{{"tiles", json::array{{{"id", page.tiles[0].id}, {"definition", own}},
                                                {{"id", page.tiles[1].id}}}}};
  ASSERT_TRUE(dashboards_->apply(anna, page, edit).ok());
  const auto title = [&](std::size_t i) {
    return (*database_)->read([&](store::Session& session) {
      return title_of(*dashboards_->definition_of(session, page.tiles[i]), "da");
    });
  };
  EXPECT_EQ(title(0), "x");
  EXPECT_EQ(title(1), "Min pipeline – faktisk beløb");
  // What administrators change reaches the tiles that follow the standard.
  const auto changed = *dashboards_->read_definition(
      carl, {{"title", "Ny titel"}, {"presentation", "number"}, {"record_type", "sale"}});
  const auto library_changed = (*database_)->write([&](store::Transaction& tx) {
    return dashboards_->library().change(tx, carl, "sale/my_pipeline", changed);
  });
  ASSERT_TRUE(library_changed.ok());
  EXPECT_EQ(title(0), "x");
  EXPECT_EQ(title(1), "Ny titel");
  const auto reset = (*database_)->write([&](store::Transaction& tx) {
    return dashboards_->library().reset(tx, carl, "sale/my_pipeline");
  });
  ASSERT_TRUE(reset.ok());
  EXPECT_EQ(title(1), "Min pipeline – faktisk beløb");
  // Both changes kept what was; to make it what it is already keeps nothing.
  const auto again = (*database_)->write([&](store::Transaction& tx) {
    return dashboards_->library().reset(tx, carl, "sale/my_pipeline");
  });
  ASSERT_TRUE(again.ok());
  const auto versions = (*database_)->read([&](store::Session& session) {
    return dashboards_->library().versions(session, "sale/my_pipeline");
  });
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2u);
  EXPECT_EQ(std::string(versions->at(0).definition.at("title").as_string()), "Ny titel");
  EXPECT_EQ(versions->at(0).changed_by, carl.actor.user);
  EXPECT_FALSE(versions->at(0).is_as_it_came);
  EXPECT_TRUE(versions->at(1).is_as_it_came);
}

TEST_P(DashboardsTest, AChangeCanBeTakenBack) {
  seed("test");
  const auto anna = scope_of("anna@example.org");
  Dashboard page;
  page.owner = anna.actor.user;
  page.name = "Først";
  const auto id = *(*database_)->write([&](store::Transaction& tx) {
    return dashboards_->create(tx, anna, page);
  });
  const auto read = [&] {
    return *(*database_)->read([&](store::Session& session) {
      return dashboards_->get(session, anna, id);
    });
  };
  for (const auto* name : {"Så", "Sidst"}) {
    const auto before = read();
    auto after = before;
    after.name = name;
    (*database_)->write([&](store::Transaction& tx) {
      dashboards_->update(tx, anna, before, after);
    });
  }
  const auto undo = [&] {
    const auto now = read();
    return (*database_)->write([&](store::Transaction& tx) {
      return dashboards_->undo(tx, anna, now);
    });
  };
  EXPECT_TRUE(undo().ok());
  EXPECT_EQ(read().name, "Så");
  EXPECT_TRUE(undo().ok());
  EXPECT_EQ(read().name, "Først");
  EXPECT_EQ(undo().error().code, "dashboards/nothing_to_undo");
}

TEST_P(DashboardsTest, StandardPagesFitTheLibraryAndAreSeededOnce) {
  dashboards_->seed();
  const auto count = (*database_)->read([](store::Session& session) {
    return session.query_integer("SELECT count(*) FROM dashboards WHERE standard <> ''");
  });
  EXPECT_EQ(count, 4);
  for (const auto* key : {"sales", "service", "management", "data_steward"}) {
    const auto page = dashboards_->standard_page(key);
    ASSERT_TRUE(page.ok()) << key;
    EXPECT_GE(page->tiles.size(), 10u) << key;
    for (const auto& tile : page->tiles) EXPECT_TRUE(dashboards_->library().has(tile.standard));
  }
}

}  // namespace
}  // namespace fokus::dashboards
