// SPDX-License-Identifier: Apache-2.0
// What lies in shared tables: memberships, files, stored criteria, journals.
#include <thread>

#include "features/merge/merge_testing.hpp"
#include "records/agreement.hpp"

namespace fokus::merge {
namespace {

class MergeMovesTest : public testing::MergePlace {
 protected:
  std::string text(const std::string& sql) {
    return (*database_)->read([&](store::Session& session) {
      return session.query_text(sql).value_or("");
    });
  }
  std::int64_t add_selection(const char* type, const char* filter) {
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
          const auto id = tx.query_integer((*statements_)["selections.create"],
                                           {"S", "s", type, "static", 1, clock_.now()});
          tx.execute("UPDATE selections SET filter = $2 WHERE id = $1", {id, filter});
          return id;
        })
        .value();
  }
  void add_member(std::int64_t selection, std::int64_t record, std::int64_t left_at) {
    (*database_)->write([&](store::Transaction& tx) {
      tx.execute(
          "INSERT INTO selection_members (selection, record_id, left_at, joined_at, "
          "joined_by) VALUES ($1, $2, $3, 5, 1)",
          {selection, record, left_at});
    });
  }
  std::string members(std::int64_t selection) {
    std::string out;
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query(
          "SELECT record_id, left_at FROM selection_members WHERE selection = $1 ORDER BY 1, 2",
          {selection});
      while (rows->next())
        out += std::to_string(rows->integer(0)) + "@" + std::to_string(rows->integer(1)) + " ";
    });
    return out;
  }
  std::int64_t add_file(std::int64_t document, int number_in_field) {
    const std::string id = std::to_string(document), n = std::to_string(number_in_field);
    run("INSERT INTO files (token, sha256, size_bytes, name, media_type, created_at, created_by, "
        "record_type, record_id, field) VALUES ('t" +
        id + "_" + n + "', 'h', 1, 'f" + id + "_" + n + "', 'text/plain', 1, 1, 'document', " + id +
        ", 'file')");
    const auto file = number("SELECT max(id) FROM files");
    run("INSERT INTO file_versions (record_type, record_id, field, number, file, created_at, "
        "created_by) VALUES ('document', " +
        id + ", 'file', " + n + ", " + std::to_string(file) + ", 1, 1)");
    run("UPDATE documents SET file = " + std::to_string(file) + ", file_name = 'f" + id + "_" + n +
        "', file_size = 1, file_type = 'text/plain' WHERE id = " + id);
    return file;
  }
  // The files of the field's versions, oldest first.
  std::vector<std::int64_t> versions(std::int64_t document) {
    std::vector<std::int64_t> out;
    (*database_)->read([&](store::Session& session) {
      auto rows =
          session.query((*statements_)["merge.file_versions_of"], {"document", document, "file"});
      while (rows->next()) out.push_back(rows->integer(2));
    });
    return out;
  }
};
INSTANTIATE_EACH_ENGINE(MergeMovesTest);

TEST_P(MergeMovesTest, WhoWasInTwoSelectionsTwiceIsInThemOnce) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const auto person = create("person", {{"first_name", "P"}});
  ASSERT_EQ(person, 1);  // the number of a company too
  const auto both = add_selection("company", ""), one = add_selection("company", ""),
             persons = add_selection("person", "");
  for (const auto id : {a, b}) add_member(both, id, 0);
  add_member(one, b, 0);
  add_member(one, b, 77);
  add_member(persons, b, 0);
  const auto id = merge(order("company", a, {b}));
  const std::string kept = std::to_string(a), gone = std::to_string(b);
  EXPECT_EQ(members(both), kept + "@0 ");
  EXPECT_EQ(members(one), kept + "@0 " + kept + "@77 ");
  EXPECT_EQ(members(persons), gone + "@0 ");
  undo(id);
  EXPECT_EQ(members(both), kept + "@0 " + gone + "@0 ");
  EXPECT_EQ(members(one), gone + "@0 " + gone + "@77 ");
}

TEST_P(MergeMovesTest, WhoWatchedOneOfThemWatchesTheKeptOne) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const std::string kept = std::to_string(a), gone = std::to_string(b);
  for (const std::string& watch : {kept + ", 5", gone + ", 5", gone + ", 6"})
    run("INSERT INTO record_watches (record_type, record_id, user_id, since) VALUES ('company', " +
        watch + ", 1)");
  const auto watchers = [&](const std::string& record) {
    return number("SELECT count(*) FROM record_watches WHERE record_id = " + record);
  };
  const auto id = merge(order("company", a, {b}));
  EXPECT_EQ(watchers(kept), 2);
  EXPECT_EQ(watchers(gone), 0);
  undo(id);
  EXPECT_EQ(watchers(kept), 1);
  EXPECT_EQ(watchers(gone), 2);
}

TEST_P(MergeMovesTest, WhoWasTakenOutOfASelectionMeanwhileStaysOutUnlessEditsAreDropped) {
  for (const bool keep_edits : {true, false}) {
    const auto a = create("company", {{"name", "A"}});
    const auto b = create("company", {{"name", "B"}});
    const auto selection = add_selection("company", "");
    add_member(selection, b, 0);
    const auto id = merge(order("company", a, {b}));
    run("UPDATE selection_members SET left_at = 99 WHERE selection = " + std::to_string(selection));
    undo(id, keep_edits);
    const std::string past = std::to_string(a) + "@99 ", back = std::to_string(b) + "@0 ";
    EXPECT_EQ(members(selection), keep_edits ? past : past + back);
  }
}

TEST_P(MergeMovesTest, FilesComeAlongAndTheChosenOneIsTheNewest) {
  const auto a = create("document", {{"name", "A"}});
  const auto b = create("document", {{"name", "B"}});
  const auto a1 = add_file(a, 1), b1 = add_file(b, 1), b2 = add_file(b, 2);
  const auto first = merge(order("document", a, {b}, {{"file", a}}));
  EXPECT_EQ(versions(a), (std::vector<std::int64_t>{a1, b1, b2, a1}));
  EXPECT_EQ(get("document", a).at("file").at("id"), a1);
  EXPECT_EQ(number("SELECT count(*) FROM files WHERE record_id = " + std::to_string(a)), 3);
  undo(first);
  EXPECT_EQ(versions(a), (std::vector<std::int64_t>{a1}));
  EXPECT_EQ(versions(b), (std::vector<std::int64_t>{b1, b2}));
  merge(order("document", a, {b}, {{"file", b}}));
  EXPECT_EQ(versions(a), (std::vector<std::int64_t>{a1, b1, b2}));
  EXPECT_EQ(get("document", a).at("file").at("id"), b2);
}

TEST_P(MergeMovesTest, StoredCriteriaNameTheKeptRecord) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const std::string kept = std::to_string(a), gone = std::to_string(b);
  const auto filter = [](const std::string& id) { return "company eq " + id; };
  const auto sales = add_selection("sale", filter(gone).c_str());
  // The same number elsewhere is none of ours.
  const auto persons = add_selection("activity", ("person eq " + gone).c_str());
  run("INSERT INTO views (record_type, name, owner, definition, created_at, updated_at) VALUES "
      "('person', 'V', 1, '{\"filter\":\"" +
      filter(gone) + "\",\"sort\":\"name\"}', 1, 1)");
  run("INSERT INTO dashboards (name, owner, content, created_at, updated_at, updated_by) VALUES "
      "('D', 1, '{\"tiles\":[{\"definition\":{\"record_type\":\"sale\",\"filter\":\"" +
      filter(gone) + "\"}}]}', 1, 1, 1)");
  const auto of = [&](std::int64_t id) {
    return text("SELECT filter FROM selections WHERE id = " + std::to_string(id));
  };
  const auto id = merge(order("company", a, {b}));
  EXPECT_EQ(of(sales), filter(kept));
  EXPECT_EQ(of(persons), "person eq " + gone);
  EXPECT_NE(text("SELECT definition FROM views").find(filter(kept)), std::string::npos);
  EXPECT_NE(text("SELECT content FROM dashboards").find(filter(kept)), std::string::npos);
  undo(id);
  EXPECT_EQ(of(sales), filter(gone));
  EXPECT_NE(text("SELECT definition FROM views").find(filter(gone)), std::string::npos);
}

TEST_P(MergeMovesTest, UpkeepForgetsTheJournalOfARecordThatIsGone) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  merge(order("company", a, {b}));
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("company"), RecordId{a}, {0, {}, "archive"}));
    return {};
  });
  clock_.advance_ms(ms_per_day);
  write([&](store::Transaction& tx) -> Status {
    records_->remove_archived_before(tx, type("company"), clock_.now(), 10);
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM merge_images"), 3);
  merges_->add_jobs();
  jobs_->start(1);
  while (number("SELECT count(*) FROM merge_images") != 0) std::this_thread::yield();
  EXPECT_EQ(number("SELECT count(*) FROM merges WHERE journal_erased_at IS NOT NULL"), 1);
}

TEST_P(MergeMovesTest, WhatIsNoDuplicateIsNoneOfTheKeptRecordEither) {
  const auto a = create("company", {{"name", "A"}}), b = create("company", {{"name", "B"}});
  const auto c = create("company", {{"name", "C"}}), d = create("company", {{"name", "D"}});
  const auto dismiss = [&](std::int64_t one, std::int64_t two) {
    const auto [left, right] = std::minmax(one, two);
    run("INSERT INTO duplicate_dismissals VALUES ('company', " + std::to_string(left) + ", " +
        std::to_string(right) + ", 5, 6)");
  };
  const auto is_dismissed = [&](std::int64_t one, std::int64_t two) {
    const auto [left, right] = std::minmax(one, two);
    return number(
               "SELECT count(*) FROM duplicate_dismissals WHERE record_type = 'company' AND "
               "left_id = " +
               std::to_string(left) + " AND right_id = " + std::to_string(right)) == 1;
  };
  dismiss(a, b);
  dismiss(a, c);  // and yet they are merged
  const auto before = (*database_)->read([](store::Session& s) { return testing::snapshot(s); });
  const auto first = merge(order("company", c, {a}));
  EXPECT_TRUE(is_dismissed(c, b));
  EXPECT_TRUE(is_dismissed(a, b));
  const auto second = merge(order("company", d, {c}));
  EXPECT_TRUE(is_dismissed(d, b));
  undo(second);
  EXPECT_FALSE(is_dismissed(d, b));
  undo(first);
  EXPECT_FALSE(is_dismissed(c, b));
  const auto after = (*database_)->read([](store::Session& s) { return testing::snapshot(s); });
  EXPECT_EQ(after.at("duplicate_dismissals"), before.at("duplicate_dismissals"));
}

// A moved record has a version that no entry of its own tells: the merge does, and the undo.
TEST_P(MergeMovesTest, RecordsThatWereMovedAgreeWithTheirHistory) {
  const auto keep = create("company", {{"name", "Kept"}});
  const auto gone = create("company", {{"name", "Gone"}});
  const auto sale = create("sale", {{"name", "Boats"}, {"company", gone}});
  const auto disagreements = [&] {
    std::size_t out = 0;
    for (const char* name : {"company", "sale"}) {
      out += records::compare_with_history(
                 **database_, type(name), records::Reach::all,
                 [&](store::Session& session, Instant at) {
                   return session.query((*statements_)["merge.was_at"], {at})->next();
                 })
                 .size();
      out += records::find_loose_links(**database_, *holder_.current(), type(name)).size();
    }
    return out;
  };
  clock_.advance_ms(ms_per_day);
  const auto id = merge(order("company", keep, {gone}));
  EXPECT_EQ(number("SELECT version FROM sales WHERE id = " + std::to_string(sale)), 2);
  EXPECT_EQ(disagreements(), 0U);
  clock_.advance_ms(ms_per_day);
  undo(id);
  EXPECT_EQ(disagreements(), 0U);
  run("UPDATE sales SET version = version + 1, updated_at = 1 WHERE id = " + std::to_string(sale));
  EXPECT_EQ(disagreements(), 1U);
}

}  // namespace
}  // namespace fokus::merge
