// SPDX-License-Identifier: Apache-2.0
// What an archived record leaves behind when it goes for good: nothing.
#include <fstream>
#include <iterator>

#include "records/place_testing.hpp"
#include "records/search_index_keeper.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class Removal : public testing::Place {
 protected:
  void archive(std::string_view name, std::int64_t id) {
    write([&](store::Transaction& tx) -> Status {
      TRY(records_->archive(tx, system_, type(name), RecordId{id}, {0, {}, "archive"}));
      return {};
    });
  }
  std::int64_t remove_step(std::string_view name, int limit) {
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
          return records_->remove_archived_before(tx, type(name), clock_.now().plus_ms(1), limit);
        })
        .value();
  }
  void remove(std::string_view name, std::int64_t id) {
    archive(name, id);
    while (remove_step(name, 100) == 100) continue;
  }
  bool is_there(std::string_view name, std::int64_t id) {
    return number("SELECT count(*) FROM " + type(name).table +
                  " WHERE id = " + std::to_string(id)) == 1;
  }
  void purge() {
    records_->purge_search_words(**database_, [] { return false; });
    purge_search_index(**database_, [] { return false; });
  }
  // A record of the type with a value in each field that must have one.
  std::int64_t make(const RecordType& of, json::object values = {}) {
    for (const auto& field : of.fields) {
      if (!field.required || values.contains(field.name) || !field.default_value.empty()) continue;
      if (field.kind == FieldKind::link)
        values[field.name] = make(type(field.target));
      else if (field.kind == FieldKind::choice)
        values[field.name] = holder_.current()->lists.at(field.list).front().key;
      else if (field.computed.empty())
        values[field.name] = "Test " + of.name;
    }
    if (of.name == "person") values["last_name"] = "Test";
    return create(of.name, values);
  }
  void add_field(const char* of, const json::object& definition) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["records.save_custom_field"],
                 {of, std::string(definition.at("name").as_string()), json::serialize(definition),
                  clock_.now(), nullptr});
      return publish(tx);
    });
  }
  // Everything in the database that says a number of a record of this type.
  std::int64_t count_pointers(const RecordType& target, std::int64_t id) {
    std::int64_t found = 0;
    const std::string is = " = " + std::to_string(id);
    const auto of = [&](const std::string& column) {
      return column + " = '" + target.name + "' AND ";
    };
    for (const auto& [name, one] : holder_.current()->types)
      for (const auto& field : one.fields)
        if (field.target == target.name && field.kind == FieldKind::link)
          found += number("SELECT count(*) FROM " + one.table + " WHERE " +
                          columns_of(field).front().name + is);
    for (const char* table : {"contact_points", "search_entries", "files", "file_versions"})
      found += number("SELECT count(*) FROM " + std::string(table) + " WHERE " + of("record_type") +
                      "record_id" + is);
    for (const std::string end : {"from", "to"})
      found +=
          number("SELECT count(*) FROM relations WHERE " + of(end + "_type") + end + "_id" + is);
    return found;
  }
};
INSTANTIATE_EACH_ENGINE(Removal);

// Walks the dictionary, so that a new type or link is asked about without anybody's thinking of it.
TEST_P(Removal, NoColumnPointsAtWhatIsGone) {
  const auto dictionary = holder_.current();
  int links = 0;
  for (const auto& [target_name, target] : dictionary->types) {
    if (target.system) continue;
    for (const auto& [name, from] : dictionary->types)
      for (const auto& field : from.fields) {
        const bool leads = is_link_kind(field.kind) || field.kind == FieldKind::links;
        if (!leads || field.target != target_name || field.read_only) continue;
        const std::int64_t id = make(target);
        const json::value value =
            field.kind == FieldKind::links ? json::value(json::array{id}) : json::value(id);
        const std::int64_t linking = make(from, {{field.name, value}});
        ASSERT_GT(count_pointers(target, id), 0) << name << "." << field.name;
        remove(target_name, id);
        EXPECT_FALSE(is_there(target_name, id)) << name << "." << field.name;
        EXPECT_EQ(count_pointers(target, id), 0) << name << "." << field.name;
        EXPECT_EQ(is_there(name, linking), from.part_of != field.name);
        ++links;
      }
  }
  EXPECT_GT(links, 15);
}

TEST_P(Removal, AnEmptiedLinkIsAChangeOfItsRecord) {
  const auto company = create("company", {{"name", "Nordlys ApS"}});
  const auto person = create("person", {{"last_name", "Holm"}, {"company", company}});
  const auto old = create("person", {{"last_name", "Gammel"}, {"company", company}});
  archive("person", old);
  remove("company", company);
  EXPECT_TRUE(get("person", person).at("company").is_null());
  EXPECT_EQ(get("person", person).at("version"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM history WHERE record_type = 'person' AND record_id = " +
                   std::to_string(person) + " AND actor_kind = 'system' AND version = 2"),
            1);
  EXPECT_EQ(number("SELECT count(*) FROM events WHERE kind = 'changed' AND record_type = 'person' "
                   "AND record_id = " +
                   std::to_string(person)),
            1);
  EXPECT_TRUE(get("person", old).at("company").is_null());
  EXPECT_FALSE(get("person", old).at("archived_at").is_null());
}

// A company with many persons goes in several steps of a bounded size.
TEST_P(Removal, ManyLinksTakeSeveralSteps) {
  const auto company = create("company", {{"name", "Nordlys ApS"}});
  for (int i = 0; i < 5; ++i) create("person", {{"last_name", "Holm"}, {"company", company}});
  archive("company", company);
  EXPECT_EQ(remove_step("company", 3), 3);
  EXPECT_TRUE(is_there("company", company));
  EXPECT_EQ(remove_step("company", 3), 3);
  EXPECT_FALSE(is_there("company", company));
  EXPECT_EQ(remove_step("company", 3), 0);
}

TEST_P(Removal, WhatARequiredLinkLeadsToStays) {
  add_field("project", {{"name", "x_customer"},
                        {"kind", "link"},
                        {"target", "company"},
                        {"required", true},
                        {"label", {{"en", "Customer"}}},
                        {"privacy", {{"class", "none"}, {"purpose", ""}, {"erasure", "keep"}}}});
  const auto company = create("company", {{"name", "Nordlys ApS"}});
  const auto other = create("company", {{"name", "Sydlys ApS"}});
  const auto project = make(type("project"), {{"x_customer", company}});
  archive("company", company);
  archive("company", other);
  EXPECT_EQ(remove_step("company", 1), 1);
  EXPECT_TRUE(is_there("company", company));
  EXPECT_FALSE(is_there("company", other));
  remove("project", project);
  EXPECT_EQ(remove_step("company", 100), 1);
  EXPECT_FALSE(is_there("company", company));
}

TEST_P(Removal, NamesLeaveTheHelpWithSpelling) {
  const auto words = [&](const std::string& word) {
    return number("SELECT count(*) FROM search_words WHERE word = '" + word + "'") +
           number("SELECT count(*) FROM search_variants WHERE word = '" + word + "'");
  };
  const auto gone = create("person", {{"first_name", "Xanthippe"}, {"last_name", "Quorlebruk"}});
  create("company", {{"name", "Xanthippe ApS"}});
  ASSERT_TRUE(update("person", gone, {{"last_name", "Zwymbelholt"}}).ok());
  EXPECT_GT(words("quorlebruk"), 1);
  remove("person", gone);
  purge();
  EXPECT_EQ(words("quorlebruk"), 0);
  EXPECT_EQ(words("zwymbelholt"), 0);
  EXPECT_GT(words("xanthippe"), 1);
  // Known again when somebody else has the name.
  create("person", {{"last_name", "Quorlebruk"}});
  EXPECT_GT(words("quorlebruk"), 1);
}

TEST_P(Removal, TheFileHoldsNoNameAnyMore) {
  if (GetParam() != store::Engine::sqlite) return;  // PostgreSQL's files are its own
  const auto holds = [&](const std::string& word) {
    database_->reopen();  // what the log of changes holds is moved into the file
    std::ifstream file(database_->location(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_GT(bytes.size(), 10'000U);
    return bytes.find(word) != bytes.npos;
  };
  const auto id = create("person", {{"first_name", "Xanthippe"}, {"last_name", "Quorlebruk"}});
  EXPECT_TRUE(holds("quorlebruk"));
  remove("person", id);
  purge();
  for (const char* word : {"quorlebruk", "Quorlebruk", "quorlebru", "uorlebruk", "xanthippe"})
    EXPECT_FALSE(holds(word)) << word;
}

}  // namespace
}  // namespace fokus::records
