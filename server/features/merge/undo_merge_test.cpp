// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "features/merge/merge_testing.hpp"

namespace fokus::merge {
namespace {

using boost::json::object;
using testing::Snapshot;

class UndoMergeTest : public testing::MergePlace {
 protected:
  Snapshot now() {
    return (*database_)->read([](store::Session& session) { return testing::snapshot(session); });
  }
  Undone preview(MergeId id) {
    auto undone = (*database_)->read([&](store::Session& session) {
      return merges_->preview_undo(session, system_, id);
    });
    EXPECT_TRUE(undone.ok()) << why(undone.error());
    return undone ? *undone : Undone{};
  }
};
INSTANTIATE_EACH_ENGINE(UndoMergeTest);

// A small world in which everything points at everything, made of a seed.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  std::size_t pick(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }
  bool maybe() { return pick(2) == 0; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[pick(all.size())];
  }
  // Different ones, the first of which is kept.
  std::vector<std::int64_t> several(std::vector<std::int64_t> all, std::size_t n) {
    std::shuffle(all.begin(), all.end(), random_);
    all.resize(std::min(n, all.size()));
    return all;
  }

 private:
  std::mt19937 random_;
};

class RandomUndoTest : public UndoMergeTest {
 protected:
  void add_type() {
    write([&](store::Transaction& tx) -> Status {
      const std::string privacy = R"("privacy":{"class":"none","purpose":"","erasure":"keep"})";
      tx.execute(
          (*statements_)["records.save_custom_type"],
          {"x_boat",
           R"({"name":"x_boat","plural":"x_boats","label":{"en":"Boat"},)"
           R"("label_plural":{"en":"Boats"},"owned":true,"fields":[)"
           R"({"name":"name","kind":"text","required":true,"label":{"en":"Name"},)" +
               privacy +
               R"(},)"
               R"({"name":"x_owner_company","kind":"link","target":"company","label":{"en":"C"},)" +
               privacy +
               R"(},{"name":"x_sister","kind":"link","target":"x_boat","label":{"en":"S"},)" +
               privacy +
               R"(},{"name":"x_crew","kind":"links","target":"person","label":{"en":"Crew"},)" +
               privacy + "}]}",
           clock_.now(), nullptr});
      return publish(tx);
    });
  }

  void fill(World& world) {
    for (int i = 0; i < 5; ++i) add_company(world, i);
    for (int i = 0; i < 6; ++i) add_person(world, i);
    for (int i = 0; i < 4; ++i) add_boat(world, i);
    for (int i = 0; i < 10; ++i)
      create("activity", {{"name", "Call " + std::to_string(i)},
                          {"company", world.one_of(companies_)},
                          {"person", world.one_of(persons_)}});
    for (int i = 0; i < 4; ++i) {
      boost::json::array members;
      for (const auto id : world.several(persons_, 1 + world.pick(4))) members.push_back(id);
      create("project", {{"name", "P" + std::to_string(i)},
                         {"company", world.one_of(companies_)},
                         {"members", members}});
    }
    add_relations(world);
    add_selections(world);
    add_files(world);
  }

  void add_company(World& world, int i) {
    object values{{"name", "Company " + std::to_string(i)}};
    if (world.maybe()) values["country"] = world.maybe() ? "DK" : "NO";
    if (world.maybe()) values["phone"] = "+45111111" + std::to_string(10 + world.pick(3));
    if (world.maybe()) values["email"] = "post@c" + std::to_string(world.pick(3)) + ".example";
    if (world.maybe())
      values["address"] = object{{"street", "Gade " + std::to_string(i)}, {"city", "Ribe"}};
    if (!companies_.empty() && world.maybe()) values["parent"] = world.one_of(companies_);
    companies_.push_back(create("company", values));
  }
  void add_person(World& world, int i) {
    object values{{"first_name", "Ida"}, {"last_name", "Nr" + std::to_string(i)}};
    if (world.maybe()) values["company"] = world.one_of(companies_);
    if (world.maybe()) values["no_mailings"] = world.maybe();
    if (world.maybe()) values["mobile"] = "+45222222" + std::to_string(10 + world.pick(3));
    if (world.maybe()) values["email"] = "ida@p" + std::to_string(world.pick(3)) + ".example";
    persons_.push_back(create("person", values));
  }
  void add_boat(World& world, int i) {
    object values{{"name", "Boat " + std::to_string(i)},
                  {"x_owner_company", world.one_of(companies_)},
                  {"x_crew", boost::json::array{world.one_of(persons_)}}};
    if (!boats_.empty()) values["x_sister"] = world.one_of(boats_);
    boats_.push_back(create("x_boat", values));
  }

  void add_relations(World& world) {
    for (int i = 0; i < 8; ++i) {
      const auto a = world.one_of(persons_), b = world.one_of(persons_);
      if (a == b) continue;
      write([&](store::Transaction& tx) -> Status {
        tx.execute((*statements_)["records.add_relation"],
                   {"knows", "person", a, "person", b, "", clock_.now(), 1});
        tx.execute((*statements_)["records.add_relation"],
                   {"owns", "person", a, "company", world.one_of(companies_), "", clock_.now(), 1});
        return {};
      });
    }
  }

  void add_selections(World& world) {
    for (int i = 0; i < 4; ++i) {
      const std::string of = i % 2 == 0 ? "company" : "person";
      const auto& all = i % 2 == 0 ? companies_ : persons_;
      const auto id = (*database_)->write([&](store::Transaction& tx) -> Result<std::int64_t> {
        return tx.query_integer((*statements_)["selections.create"],
                                {"S", "s", of, "static", 1, clock_.now()});
      });
      for (const auto record : world.several(all, 3))
        run("INSERT INTO selection_members (selection, record_id, left_at, joined_at, joined_by) "
            "VALUES (" +
            std::to_string(*id) + ", " + std::to_string(record) + ", " +
            (world.maybe() ? "0" : "77") + ", 5, 1)");
    }
    const std::string company = std::to_string(world.one_of(companies_));
    run("INSERT INTO selections (name, name_f, record_type, kind, owner, filter, created_at, "
        "updated_at) VALUES ('F', 'f', 'activity', 'dynamic', 1, 'company eq " +
        company + " or any(person.activities: company in (" + company + ", 999))', 1, 1)");
    run("INSERT INTO views (record_type, name, owner, definition, created_at, updated_at) VALUES "
        "('person', 'V', 1, '{\"filter\":\"company eq " +
        company + "\",\"sort\":\"name\"}', 1, 1)");
  }

  // As they lie after an upload and a save.
  void add_files(World& world) {
    for (int i = 0; i < 4; ++i) {
      const auto document = create(
          "document", {{"name", "D" + std::to_string(i)}, {"company", world.one_of(companies_)}});
      documents_.push_back(document);
      const std::size_t versions = world.pick(3);
      for (std::size_t v = 1; v <= versions; ++v) {
        const std::string name = std::to_string(i) + "_" + std::to_string(v);
        run("INSERT INTO files (token, sha256, size_bytes, name, media_type, created_at, "
            "created_by, "
            "record_type, record_id, field) VALUES ('t" +
            name + "', 'h', 1, 'f" + name + "', 'text/plain', 1, 1, 'document', " +
            std::to_string(document) + ", 'file')");
        const auto file = number("SELECT max(id) FROM files");
        run("INSERT INTO file_versions (record_type, record_id, field, number, file, created_at, "
            "created_by) VALUES ('document', " +
            std::to_string(document) + ", 'file', " + std::to_string(v) + ", " +
            std::to_string(file) + ", 1, 1)");
        run("UPDATE documents SET file = " + std::to_string(file) + ", file_name = 'f" + name +
            "', file_size = 1, file_type = 'text/plain' WHERE id = " + std::to_string(document));
      }
      edit("document", document, {{"our_ref", "R"}});  // takes the file's name into the search
    }
  }

  MergeOrder random_order(World& world) {
    const std::vector<std::pair<std::string, std::vector<std::int64_t>*>> types = {
        {"company", &companies_},
        {"person", &persons_},
        {"x_boat", &boats_},
        {"document", &documents_}};
    auto chosen = world.one_of(types);
    while (chosen.second->size() < 2) chosen = world.one_of(types);
    const std::string& name = chosen.first;
    auto& all = *chosen.second;
    auto ids = world.several(all, 2 + world.pick(3));
    auto out = order(name, ids.front(), {ids.begin() + 1, ids.end()});
    for (const auto& field : type(name).fields)
      if (!field.read_only && field.computed.empty() && !records::columns_of(field).empty() &&
          world.maybe() && !(field.required && field.name != "name"))
        out.choices[field.name] = RecordId{world.one_of(ids)};
    for (const auto id : ids)
      if (id != ids.front()) std::erase(all, id);
    return out;
  }

  std::vector<std::int64_t> companies_, persons_, boats_, documents_;
};
INSTANTIATE_EACH_ENGINE(RandomUndoTest);

// Whatever the world and whatever is merged: after the undo every table is what it was before.
TEST_P(RandomUndoTest, RestoresEveryTableExactly) {
  add_type();
  for (unsigned seed = 1; seed <= 12; ++seed) {
    World world(seed);
    companies_ = persons_ = boats_ = documents_ = {};
    fill(world);
    std::vector<std::pair<MergeId, Snapshot>> steps;
    for (int i = 0; i < 4; ++i) {
      auto before = now();
      const auto merged = try_merge(random_order(world));
      ASSERT_TRUE(merged.ok()) << "seed " << seed << ": " << why(merged.error());
      ASSERT_NE(testing::differences(before, now()), "");
      steps.emplace_back(merged->id, std::move(before));
    }
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      const auto undone = try_undo(step->first);
      ASSERT_TRUE(undone.ok()) << "seed " << seed << ": " << why(undone.error());
      EXPECT_TRUE(undone->conflicts.empty());
      ASSERT_EQ(testing::differences(step->second, now()), "") << "seed " << seed;
    }
  }
  EXPECT_EQ(number("SELECT count(*) FROM merge_images") +
                number("SELECT count(*) FROM merge_moves") +
                number("SELECT count(*) FROM merge_rows"),
            0);
}

// Nothing that points at a record is left behind at one that nobody sees.
TEST_P(RandomUndoTest, NothingPointsAtAMergedRecord) {
  add_type();
  for (unsigned seed = 20; seed <= 26; ++seed) {
    World world(seed);
    companies_ = persons_ = boats_ = documents_ = {};
    fill(world);
    for (int i = 0; i < 4; ++i) {
      const auto merged = try_merge(random_order(world));
      ASSERT_TRUE(merged.ok()) << "seed " << seed << ": " << why(merged.error());
    }
    const auto dictionary = holder_.current();
    for (const auto& [name, target] : dictionary->types)
      for (const auto& place : link_places(*dictionary, target)) {
        const std::string gone =
            "(SELECT record_id FROM merged_records WHERE record_type = '" + name + "')";
        EXPECT_EQ(number("SELECT count(*) FROM " + place.type->table + " WHERE " +
                         place.field->name + " IN " + gone + " AND archived_at IS NULL"),
                  0)
            << "seed " << seed << " " << place.name;
      }
    EXPECT_EQ(number("SELECT count(*) FROM relations r JOIN merged_records m ON (m.record_type = "
                     "r.from_type AND m.record_id = r.from_id) OR (m.record_type = r.to_type AND "
                     "m.record_id = r.to_id)"),
              0);
    EXPECT_EQ(
        number("SELECT count(*) FROM selection_members s JOIN selections t ON t.id = s.selection "
               "JOIN merged_records m ON m.record_type = t.record_type AND m.record_id = "
               "s.record_id"),
        0);
    for (const char* table : {"files", "file_versions", "search_entries"})
      EXPECT_EQ(
          number(std::string("SELECT count(*) FROM ") + table +
                 " f JOIN merged_records m ON m.record_type = f.record_type AND m.record_id = "
                 "f.record_id"),
          0)
          << table;
  }
}

TEST_P(UndoMergeTest, EditsAfterTheMergeAreShownAndKeptOrDropped) {
  for (const bool keep_edits : {true, false}) {
    const auto a = create("company", {{"name", "A"}, {"country", "DK"}});
    const auto b = create("company", {{"name", "B"}, {"org_number", "12345674"}});
    const auto call = create("activity", {{"name", "Call"}, {"company", b}});
    const auto other = create("company", {{"name", "Other"}});
    const auto id = merge(order("company", a, {b}, {{"name", b}}));
    edit("company", a, {{"name", "Edited"}});
    edit("activity", call, {{"company", other}});
    const auto late = create("activity", {{"name", "Late"}, {"company", a}});
    const auto met = preview(id);
    ASSERT_EQ(met.conflicts.size(), 2u);
    EXPECT_EQ(met.conflicts[0].field, "name");
    EXPECT_EQ(met.conflicts[0].now, "\"Edited\"");
    EXPECT_EQ(met.conflicts[0].restored, "\"A\"");
    EXPECT_EQ(met.conflicts[1].type, "activity");
    EXPECT_EQ(met.conflicts[1].record.value, call);
    undo(id, keep_edits);
    EXPECT_EQ(get("company", a).at("name"), keep_edits ? "Edited" : "A");
    EXPECT_TRUE(get("company", a).at("org_number").is_null());
    EXPECT_EQ(get("company", b).at("org_number"), "12345674");
    EXPECT_EQ(link_of("activities", "company", call), keep_edits ? other : b);
    EXPECT_EQ(link_of("activities", "company", late), a);
  }
}

TEST_P(UndoMergeTest, IsRefusedUnderALaterMergeAndTwiceAndWhenTooOld) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const auto c = create("company", {{"name", "C"}});
  const auto d = create("company", {{"name", "D"}});
  const auto first = merge(order("company", a, {b}));
  const auto second = merge(order("company", a, {c}));
  const auto third = merge(order("company", d, {a}));
  EXPECT_EQ(try_undo(first).error().code, "merge/under_later_merge");
  EXPECT_EQ(try_undo(first).error().params.at("merge"), std::to_string(third.value));
  undo(third);
  EXPECT_EQ(try_undo(first).error().code, "merge/later_merge");
  EXPECT_EQ(try_undo(first).error().params.at("merge"), std::to_string(second.value));
  undo(second);
  EXPECT_EQ(try_undo(second).error().code, "merge/already_undone");
  clock_.advance_ms(30 * ms_per_day + 1);
  EXPECT_EQ(try_undo(first).error().code, "merge_too_old");
  EXPECT_EQ(try_undo(MergeId{999}).error().code, "merge/not_found");
}

TEST_P(UndoMergeTest, AValueFromBeforeFollowsWhereItsRecordWentMeanwhile) {
  const auto c1 = create("company", {{"name", "C1"}});
  const auto c2 = create("company", {{"name", "C2"}});
  const auto c3 = create("company", {{"name", "C3"}});
  const auto p1 = create("person", {{"first_name", "P1"}, {"company", c2}});
  const auto p2 = create("person", {{"first_name", "P2"}, {"company", c3}});
  const auto before = now();
  const auto persons = merge(order("person", p1, {p2}, {{"company", p2}}));
  const auto companies = merge(order("company", c1, {c2}));
  undo(persons);
  EXPECT_EQ(link_of("persons", "company", p1), c1);
  EXPECT_EQ(link_of("persons", "company", p2), c3);
  undo(companies);
  EXPECT_EQ(testing::differences(before, now()), "");
}

TEST_P(UndoMergeTest, TheJournalIsErasedWhenItIsOfNoMoreUse) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  create("activity", {{"name", "Call"}, {"company", b}});
  const auto id = merge(order("company", a, {b}));
  const auto erase = [&] {
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
          return merges_->erase_journals(tx, 10);
        })
        .value();
  };
  EXPECT_EQ(erase(), 0);
  clock_.advance_ms(30 * ms_per_day + 1);
  EXPECT_EQ(erase(), 1);
  EXPECT_EQ(number("SELECT count(*) FROM merge_images") +
                number("SELECT count(*) FROM merge_moves") +
                number("SELECT count(*) FROM merge_rows"),
            0);
  EXPECT_EQ(try_undo(id).error().code, "merge_too_old");
  EXPECT_EQ(read_error("company", b), "records/merged");
}

TEST_P(UndoMergeTest, TheDaysAreASetting) {
  const auto a = create("company", {{"name", "A"}}), b = create("company", {{"name", "B"}});
  set({{"merge_undo_days", 2}});
  const auto merged = try_merge(order("company", a, {b}));
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->undo_until.ms, clock_.now().ms + 2 * ms_per_day);
  clock_.advance_ms(3 * ms_per_day);
  EXPECT_EQ(try_undo(merged->id).error().code, "merge_too_old");
  set({{"merge_undo_days", 4}});
  (*database_)->write([&](store::Transaction& tx) {
    EXPECT_EQ(merges_->erase_journals(tx, 9), 0);
  });
  undo(merged->id);
}

}  // namespace
}  // namespace fokus::merge
