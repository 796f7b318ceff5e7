// SPDX-License-Identifier: Apache-2.0
// What is masked for somebody is not found by them; the rest of the record is.
#include "records/place_testing.hpp"
#include "records/rights.hpp"
#include "records/search.hpp"
#include "records/search_marks.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

json::object field(const char* name, const char* data_class) {
  const bool open = std::string_view(data_class) == "none";
  return {{"name", name},
          {"kind", "text"},
          {"label", {{"en", name}}},
          {"searchable", true},
          {"privacy",
           {{"class", data_class},
            {"purpose", open ? "" : "customer_care"},
            {"erasure", open ? "keep" : "null"}}}};
}

Scope viewer(std::set<std::string> classes) {
  auto permissions = std::make_shared<access::Permissions>();
  permissions->types["*"].fill(access::every_circle);
  permissions->field_classes = {classes.begin(), classes.end()};
  Scope scope;
  scope.actor.user = UserId{1};
  scope.actor.permissions = std::move(permissions);
  return scope;
}

TEST(SearchMarks, AreOfEachClassThatCanBeMasked) {
  std::set<char> marks;
  for (const char* known : {"none", "identity", "contact", "content", "behaviour", "special",
                            "national_id", "credential"}) {
    EXPECT_EQ(is_masked_class(known), search_mark(known) != open_mark) << known;
    marks.insert(search_mark(known));
  }
  EXPECT_EQ(marks.size(), 5U);
  EXPECT_EQ(visible_marks(viewer({})), "=");
  EXPECT_EQ(visible_marks(viewer({"special"})), "=!");
}

TEST(SearchMarks, StandBeforeEachWord) {
  MarkedWords words;
  words.add('=', "lund");
  words.add('=', "anna");
  words.add('+', "2011");
  words.add('+', "anna");
  EXPECT_EQ(words.render("t0person", 17), "t0person + 2011 + anna = anna = lund = 17");
  EXPECT_EQ(words.plain(), (std::set<std::string>{"2011", "anna", "lund"}));
}

class SearchClasses : public testing::Place {
 protected:
  void add_field(const char* of, const json::object& definition) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["records.save_custom_field"],
                 {of, std::string(definition.at("name").as_string()), json::serialize(definition),
                  clock_.now(), nullptr});
      return publish(tx);
    });
  }
  void add_type(const json::object& definition) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["records.save_custom_type"],
                 {std::string(definition.at("name").as_string()), json::serialize(definition),
                  clock_.now(), nullptr});
      return publish(tx);
    });
  }
  // In the search box and in the list; both say the same.
  bool finds(const Scope& scope, std::string_view name, const char* q) {
    std::string text;
    JsonWriter writer(text);
    ListQuery query;
    query.q = q;
    return (*database_)->read([&](store::Session& session) {
      const auto hits =
          write_search(*records_, session, *statements_, scope, clock_.now(), q, 10, writer, name);
      const auto listed = records_->count(session, scope, type(name), query, 0);
      EXPECT_TRUE(listed.ok());
      EXPECT_EQ(hits.shown, listed ? listed->value : -1) << q << "\n" << text;
      return hits.shown > 0;
    });
  }
  std::string hits(const Scope& scope, const char* q) {
    std::string text;
    JsonWriter writer(text);
    (*database_)->read([&](store::Session& session) {
      write_search(*records_, session, *statements_, scope, clock_.now(), q, 10, writer);
    });
    return text;
  }
};
INSTANTIATE_EACH_ENGINE(SearchClasses);

TEST_P(SearchClasses, AMaskedFieldLeavesTheOthersSearchable) {
  add_field("company", field("x_health", "special"));
  add_field("company", field("x_label", "none"));
  create("company", {{"name", "Kanerva"},
                     {"phone", "+45 76543210"},
                     {"email", "post@energia.example"},
                     {"x_health", "zzdiabetes anna"},
                     {"x_label", "qqopen"}});
  const Scope contact = viewer({"contact"}), special = viewer({"special"}), nothing = viewer({}),
              both = viewer({"contact", "special"}), program = system_;
  for (const char* q : {"Kanerva", "kan", "qqopen", "qqo kanerva"})
    for (const Scope* scope : {&contact, &special, &nothing, &both, &program})
      EXPECT_TRUE(finds(*scope, "company", q)) << q;
  for (const char* q : {"76543210", "+45 76 54 32 10", "energia.example", "qqopen energia"}) {
    for (const Scope* scope : {&contact, &both, &program})
      EXPECT_TRUE(finds(*scope, "company", q)) << q;
    for (const Scope* scope : {&special, &nothing}) EXPECT_FALSE(finds(*scope, "company", q)) << q;
  }
  for (const char* q : {"zzdiabetes", "zzd", "kanerva zzdia", "anna"}) {
    for (const Scope* scope : {&special, &both, &program})
      EXPECT_TRUE(finds(*scope, "company", q)) << q;
    for (const Scope* scope : {&contact, &nothing}) EXPECT_FALSE(finds(*scope, "company", q)) << q;
  }
  EXPECT_TRUE(finds(both, "company", "zzdiab energia"));
  for (const Scope* scope : {&contact, &special, &nothing})
    EXPECT_FALSE(finds(*scope, "company", "zzdiab energia"));
}

TEST_P(SearchClasses, TypingErrorsLeadToNothingThatIsMasked) {
  add_field("company", field("x_health", "special"));
  create("company", {{"name", "Kanerva"}, {"x_health", "diabetes"}});
  EXPECT_NE(hits(viewer({"contact"}), "kanevra").find("Kanerva"), std::string::npos);
  EXPECT_NE(hits(viewer({"contact", "special"}), "diabtes").find("Kanerva"), std::string::npos);
  EXPECT_EQ(hits(viewer({"contact"}), "diabtes"), "{\"groups\":[]}");
}

TEST_P(SearchClasses, TheLineUnderAHitShowsWhatIsNotMasked) {
  add_field("company", field("x_health", "special"));
  create("company",
         {{"name", "Kanerva"}, {"email", "post@energia.example"}, {"x_health", "diabetes"}});
  EXPECT_NE(hits(viewer({"contact"}), "kanerva").find("post@energia.example"), std::string::npos);
  EXPECT_EQ(hits(viewer({"special"}), "kanerva").find("post@energia.example"), std::string::npos);
}

TEST_P(SearchClasses, OwnTypesAreFoundByNameAndContactPoints) {
  const json::object open = {{"class", "none"}, {"purpose", ""}, {"erasure", "keep"}};
  add_type({{"name", "x_ship"},
            {"plural", "x_ships"},
            {"label", {{"en", "Ship"}}},
            {"contact_points", true},
            {"fields", {{{"name", "name"}, {"label", {{"en", "Name"}}}, {"privacy", open}}}}});
  ASSERT_TRUE(type("x_ship").find("name")->searchable);
  create("x_ship", {{"name", "Skibet Zebra"},
                    {"contact_points", {{{"kind", "phone"}, {"value", "+45 76543210"}}}}});
  for (const char* q : {"zebra", "skibet", "sz"}) {
    EXPECT_TRUE(finds(system_, "x_ship", q)) << q;
    EXPECT_TRUE(finds(viewer({}), "x_ship", q)) << q;
  }
  EXPECT_TRUE(finds(viewer({"contact"}), "x_ship", "76543210"));
  EXPECT_FALSE(finds(viewer({}), "x_ship", "76543210"));
}

TEST_P(SearchClasses, AnOwnTypeMayLeaveItsNameOut) {
  const json::object open = {{"class", "none"}, {"purpose", ""}, {"erasure", "keep"}};
  add_type({{"name", "x_rope"},
            {"plural", "x_ropes"},
            {"label", {{"en", "Rope"}}},
            {"fields",
             {{{"name", "name"},
               {"label", {{"en", "Name"}}},
               {"searchable", false},
               {"privacy", open}}}}});
  create("x_rope", {{"name", "Hamp"}});
  EXPECT_FALSE(finds(system_, "x_rope", "hamp"));
}

}  // namespace
}  // namespace fokus::records
