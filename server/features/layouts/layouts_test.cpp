// SPDX-License-Identifier: Apache-2.0
// Shapes that are refused, fields that come and go, whose layout counts, and rules asked about a
// record; on both engines where a database is involved.
#include "features/layouts/layouts.hpp"

#include "records/place_testing.hpp"

namespace fokus::layouts {
namespace {

namespace json = boost::json;
using access::Scope;

std::string refusal(const char* text) {
  const auto layout = parse_layout(json::parse(text).as_object());
  if (layout) return "";
  const auto& first = layout.error().errors.at(0);
  return first.field + " " + first.code;
}

TEST(LayoutShape, IsRefusedByThePlaceOfWhatIsWrong) {
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a", "fields": [{"name": "name"}]}]})"), "");
  EXPECT_EQ(refusal(R"({})"), "sections required");
  EXPECT_EQ(refusal(R"({"sections": []})"), "sections required");
  EXPECT_EQ(refusal(R"({"sections": [7]})"), "sections.0 not_an_object");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "A b"}]})"), "sections.0.key not_an_identifier");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a"}, {"key": "a"}]})"), "sections.1.key taken");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a", "columns": 0}]})"),
            "sections.0.columns out_of_range");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a", "collapsed": 1}]})"),
            "sections.0.collapsed not_yes_or_no");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a", "label": {"xx": "A"}}]})"),
            "sections.0.label not_a_language");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a", "fields": [{"name": "x"}, {"name": "x"}]}]})"),
            "sections.0.fields.1.name placed_twice");
  EXPECT_EQ(refusal(R"({"sections": [{"key": "a", "fields": [{"name": "x"}]}], "hidden": ["x"]})"),
            "hidden.0 placed_twice");
}

TEST(LayoutShape, HasItsLimits) {
  json::array sections, fields;
  for (std::size_t i = 0; i <= limits::sections_max; ++i)
    sections.push_back(json::object{{"key", "s" + std::to_string(i)}});
  const auto many = parse_layout({{"sections", sections}});
  ASSERT_FALSE(many.ok());
  EXPECT_EQ(many.error().errors.at(0).code, "too_many");
  for (std::size_t i = 0; i <= limits::rules_max; ++i)
    fields.push_back(
        json::object{{"name", "f" + std::to_string(i)}, {"shown_if", "not name empty"}});
  const json::object one{{"key", "a"}, {"fields", fields}};
  const auto ruled = parse_layout({{"sections", json::array{one}}});
  ASSERT_FALSE(ruled.ok());
  EXPECT_EQ(ruled.error().errors.at(0).code, "too_many");
}

class LayoutsTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    layouts_ = std::make_unique<Layouts>(parts());
    group_ = create("group", {{"name", "Salg"}});
    anna_ = create("user",
                   {{"name", "Anna"}, {"email", "anna@example.org"}, {"primary_group", group_}});
    for (const char* key : {"first", "second"})
      run("INSERT INTO roles (key, name, definition, built_in, updated_at) VALUES ('" +
          std::string(key) + "', 'Role', '{}', 0, 0)");
    first_ = number("SELECT id FROM roles WHERE key = 'first'");
    second_ = number("SELECT id FROM roles WHERE key = 'second'");
    run("INSERT INTO user_roles (user_id, role_id) VALUES (" + std::to_string(anna_) + ", " +
        std::to_string(second_) + ")");
    run("INSERT INTO user_roles (user_id, role_id) VALUES (" + std::to_string(anna_) + ", " +
        std::to_string(first_) + ")");
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
  Scope anna(std::set<std::string, std::less<>> classes = {}) {
    auto permissions = std::make_shared<access::Permissions>();
    permissions->types["*"].fill(access::every_circle);
    permissions->field_classes = std::move(classes);
    Scope out;
    out.actor.user = UserId{anna_};
    out.actor.permissions = permissions;
    return out;
  }
  static Layout parsed(const std::string& text) {
    return parse_layout(json::parse(text).as_object()).value();
  }
  // "" or the code of the refusal.
  std::string save(std::string_view name, std::int64_t role, std::optional<Layout> layout,
                   std::optional<std::int64_t> expected = {}) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return layouts_->save(tx, system_, type(name), role, layout, expected);
    });
    return done.ok() ? "" : done.error().code;
  }
  // "main: name amount | more: reason": what stands where.
  static std::string places(const Layout& layout) {
    std::string out;
    for (const auto& section : layout.sections) {
      out += (out.empty() ? "" : " | ") + section.key + ":";
      for (const auto& field : section.fields) out += " " + field.name;
    }
    return out;
  }
  Effective of_anna(std::string_view name) {
    return (*database_)->read([&](store::Session& session) {
      return layouts_->of_viewer(session, type(name), anna());
    });
  }
  std::string unshown(const Scope& scope, std::string_view name, std::int64_t id,
                      const Layout& layout) {
    const auto found = (*database_)->read([&](store::Session& session) {
      return layouts_->find_unshown(session, scope, type(name), RecordId{id}, layout);
    });
    if (!found) return found.error().code;
    std::string out;
    for (const auto& one : found->sections) out += "[" + one + "]";
    for (const auto& one : found->fields) out += "(" + one + ")";
    return out;
  }
  void add_field(const char* name) {
    const json::object field{
        {"name", name},
        {"kind", "text"},
        {"label", {{"en", "Own"}}},
        {"privacy", {{"class", "none"}, {"purpose", ""}, {"erasure", "keep"}}}};
    write([&](store::Transaction& tx) -> Status {
      tx.execute(
          "INSERT INTO custom_fields (record_type, name, definition, created_at, created_by) "
          "VALUES ($1, $2, $3, 0, 0)",
          {"project", name, json::serialize(field)});
      return publish(tx);
    });
  }

  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Layouts> layouts_;
  std::int64_t group_ = 0, anna_ = 0, first_ = 0, second_ = 0;
};
INSTANTIATE_EACH_ENGINE(LayoutsTest);

const char* const short_page =
    R"({"sections": [{"key": "short", "fields": [{"name": "name"}]}], "hidden": ["source",
    "reason", "competitor", "description", "amount", "stage", "status", "probability",
    "expected_on", "closed_on", "company", "person", "project", "owner"]})";

TEST_P(LayoutsTest, TheNearestOneCounts) {
  EXPECT_TRUE(of_anna("sale").is_standard);
  ASSERT_EQ(save("sale", 0, parsed(short_page)), "");
  EXPECT_EQ(places(of_anna("sale").layout), "short: name");
  Layout second = parsed(short_page), first = parsed(short_page);
  second.sections[0].key = "second", first.sections[0].key = "first";
  ASSERT_EQ(save("sale", second_, second), "");
  EXPECT_EQ(places(of_anna("sale").layout), "second: name");
  // Of several roles the first in the order of the roles.
  ASSERT_EQ(save("sale", first_, first), "");
  EXPECT_EQ(of_anna("sale").role, first_);
  ASSERT_EQ(save("sale", first_, std::nullopt), "");
  EXPECT_EQ(of_anna("sale").role, second_);
  // A role that goes takes its layout along.
  run("DELETE FROM user_roles WHERE role_id = " + std::to_string(second_));
  run("DELETE FROM roles WHERE id = " + std::to_string(second_));
  EXPECT_EQ(of_anna("sale").role, 0);
  EXPECT_EQ(number("SELECT count(*) FROM layouts WHERE content <> ''"), 1);
  EXPECT_EQ(save("sale", second_, second), "layouts/invalid");
}

TEST_P(LayoutsTest, ALostUpdateIsRefusedAndVersionsAreKept) {
  ASSERT_EQ(save("sale", 0, parsed(short_page), 0), "");
  EXPECT_EQ(save("sale", 0, parsed(short_page), 0), "records/stale");
  ASSERT_EQ(save("sale", 0, std::nullopt, 1), "");
  for (int i = 0; i < limits::versions_max; ++i) ASSERT_EQ(save("sale", 0, parsed(short_page)), "");
  const auto versions = (*database_)->read([&](store::Session& session) {
    return layouts_->list_versions(session, {"sale", 0});
  });
  ASSERT_EQ(static_cast<std::int64_t>(versions.size()), limits::versions_max);
  EXPECT_EQ(versions.front().number, limits::versions_max + 2);
  (*database_)->read([&](store::Session& session) {
    EXPECT_FALSE(layouts_->find_version(session, type("sale"), 0, 1).ok());
    const auto kept = layouts_->find_version(session, type("sale"), 0, versions.back().number);
    ASSERT_TRUE(kept.ok() && kept->has_value());
    EXPECT_EQ(places(**kept), "short: name");
  });
}

TEST_P(LayoutsTest, OwnFieldsAppearAndRemovedOnesGo) {
  ASSERT_EQ(save("project", 0, parsed(R"({"sections": [
    {"key": "main", "fields": [{"name": "name"}]},
    {"key": "late", "shown_if": "status eq 'done'", "fields": [{"name": "ends_on"}]}]})")),
            "");
  add_field("x_lift");
  const auto with = places(of_anna("project").layout);
  EXPECT_NE(with.find("x_lift | late: ends_on"), std::string::npos) << with;
  ASSERT_EQ(save("project", 0, parsed(R"({"sections": [
    {"key": "main", "fields": [{"name": "x_lift", "shown_if": "x_lift eq 'yes'"}]}]})")),
            "");
  // Removed by an administrator: neither on the page nor in the way.
  run("UPDATE custom_fields SET definition = REPLACE(definition, '\"kind\"', "
      "'\"hidden\":true,\"kind\"') WHERE name = 'x_lift'");
  write([&](store::Transaction& tx) { return publish(tx); });
  const auto without = places(of_anna("project").layout);
  EXPECT_EQ(without.find("x_lift"), std::string::npos) << without;
  EXPECT_EQ(save("project", 0, parsed(R"({"sections": [
    {"key": "main", "fields": [{"name": "x_lift"}]}]})")),
            "layouts/invalid");
}

TEST_P(LayoutsTest, TheStandardIsWhatTheTypeSays) {
  const Layout standard = fill_layout(standard_layout(type("sale")), type("sale"), true);
  ASSERT_EQ(standard.sections.size(), 3u);
  EXPECT_EQ(standard.sections[0].key, "main");
  EXPECT_EQ(standard.sections[0].label.at("da"), "Salg");
  add_field("x_lift");
  const Layout own = fill_layout(standard_layout(type("project")), type("project"), true);
  EXPECT_EQ(own.sections.back().key, "custom");
  EXPECT_EQ(own.sections.back().fields.at(0).name, "x_lift");
}

TEST_P(LayoutsTest, RulesAreAskedAboutTheRecord) {
  const auto company = create("company", {{"name", "Nordhavn"}, {"country", "DK"}});
  const auto open = create("sale", {{"name", "Borde"}, {"company", company}});
  const auto lost = create("sale", {{"name", "Reoler"}, {"status", "lost"}, {"reason", "price"}});
  const Layout layout = parsed(R"({"sections": [
    {"key": "main", "fields": [{"name": "name"},
      {"name": "company", "shown_if": "company.country eq 'DK'"}]},
    {"key": "lost", "shown_if": "status eq 'lost'", "fields": [{"name": "reason"},
      {"name": "competitor", "shown_if": "reason eq 'competitor'"}]}]})");
  EXPECT_EQ(unshown(system_, "sale", open, layout), "[lost](competitor)");
  EXPECT_EQ(unshown(system_, "sale", lost, layout), "(company)(competitor)");
  EXPECT_EQ(unshown(system_, "sale", 999, layout), "records/not_found");
  // What can no longer be asked hides nothing, and leaves the others alone.
  Layout broken = layout;
  broken.sections[0].shown_if = "x_gone eq 1";
  EXPECT_EQ(unshown(system_, "sale", open, broken), "[lost](competitor)");
}

TEST_P(LayoutsTest, ARuleTellsNothingOfWhatIsMasked) {
  const auto with = create("person", {{"first_name", "Åse"}, {"national_id", "010170-1234"}});
  const Layout layout = parsed(R"({"sections": [{"key": "main", "fields": [{"name": "name"},
    {"name": "note", "shown_if": "national_id empty"}]}]})");
  EXPECT_EQ(unshown(system_, "person", with, layout), "(note)");
  EXPECT_EQ(unshown(anna({"identity"}), "person", with, layout), "");
}

TEST_P(LayoutsTest, RulesAreCheckedWhenTheyAreSaved) {
  const auto with = [](const std::string& rule) {
    Layout out = parsed(short_page);
    out.sections[0].shown_if = rule;
    return out;
  };
  EXPECT_EQ(save("sale", 0, with("unicorn eq 1")), "criteria/unknown_field");
  EXPECT_EQ(save("sale", 0, with("status eq")), "criteria/syntax");
  EXPECT_EQ(save("sale", 0, with("name has_any ('x')")), "criteria/wrong_operator");
  EXPECT_EQ(save("sale", 0, with("stage eq 'offer' and expected_on in next(30 days)")), "");
}

}  // namespace
}  // namespace fokus::layouts
