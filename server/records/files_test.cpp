// SPDX-License-Identifier: Apache-2.0
// Files on both engines: whose they are, who reads them, their versions, and when their bytes go.
#include "records/files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/embedded.hpp"
#include "platform/crypto.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::records {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::shared_ptr<const access::Permissions> permissions(access::Circles read,
                                                       access::Circles write) {
  auto out = std::make_shared<access::Permissions>();
  out->types["*"] = {read, write, write, write, read};
  return out;
}

class FilesTest : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    folder_ = fs::temp_directory_path() / ("fokus-record-files-" + random_.hex(8));
    fs::create_directories(folder_);
    database_ = std::make_unique<store::testing::ScratchDatabase>(GetParam());
    statements_ = std::make_unique<store::Statements>(embedded_sql(), GetParam());
    ASSERT_TRUE(store::migrate(**database_, embedded_sql(), [] { return Status(); }).ok());
    (*database_)->write([&](store::Transaction& tx) {
      ASSERT_TRUE(seed_lists(tx, *statements_, embedded_model()).ok());
      auto loaded = load_dictionary(tx, *statements_, embedded_model());
      ASSERT_TRUE(loaded.ok());
      apply_schema(tx, *loaded);
      holder_.replace(std::make_shared<const Dictionary>(std::move(*loaded)));
    });
    records_ = std::make_unique<Records>(Records::Parts{*statements_, clock_, holder_});
    jobs_ = work::make_jobs(**database_, *statements_, clock_);
    files_ = std::make_unique<Files>(parts(), folder_ / "files", size_max, random_);
    anna_ = user("Anna Holm", "anna@example.org", access::every_circle, access::every_circle);
    bo_ = user("Bo Lund", "bo@example.org", 0b0001, 0b0001);
    ditte_ = user("Ditte Dahl", "ditte@example.org", access::every_circle, 0);
  }
  void TearDown() override {
    files_.reset();
    jobs_.reset();
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const Scope&, const ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model(),
            size_max};
  }

  Scope user(std::string name, std::string email, access::Circles read, access::Circles write) {
    Scope system, scope;
    system.actor = access::system_actor();
    if (group_ == 0) group_ = create(system, "group", {{"name", "Salg"}})->id.value;
    const auto made =
        create(system, "user", {{"name", name}, {"email", email}, {"primary_group", group_}});
    scope.actor.user = UserId{made ? made->id.value : 0};
    scope.actor.name = name;
    scope.actor.primary_group = GroupId{group_};
    scope.actor.permissions = permissions(read, write);
    return scope;
  }

  const RecordType& type(std::string_view name) { return *holder_.current()->find(name); }
  const Field& field() { return *type("document").find("file"); }

  Result<Saved> create(const Scope& scope, std::string_view name, const json::object& values) {
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->create(tx, scope, type(name), values, {0, {}, "create"});
    });
  }
  Result<Saved> update(const Scope& scope, std::int64_t id, const json::object& changes,
                       Provenance provenance = {0, {}, "update"}) {
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, scope, type("document"), RecordId{id}, changes, {}, provenance);
    });
  }
  json::object get(const Scope& scope, std::int64_t id) {
    std::string text;
    JsonWriter writer(text);
    const auto found = (*database_)->read([&](store::Session& session) {
      return records_->get(session, scope, type("document"), RecordId{id}, writer);
    });
    return found ? json::parse(text).as_object() : json::object{};
  }

  Result<FileFacts> upload(const Scope& scope, std::string_view name, std::string_view content) {
    const std::string path = folder_ / "upload";
    std::ofstream(path, std::ios::binary) << content;
    return files_->receive(scope, name, path);
  }
  std::int64_t document(const Scope& scope, std::int64_t file) {
    const auto saved = create(scope, "document", {{"name", "Offer"}, {"file", file}});
    EXPECT_TRUE(saved.ok()) << saved.error().code;
    return saved ? saved->id.value : 0;
  }
  std::string content(const Scope& scope, std::int64_t id, std::int64_t version = 0) {
    const auto found = files_->find(scope, type("document"), RecordId{id}, field(), version);
    if (!found) return found.error().code;
    return read_file(found->path, 1000).value_or("unreadable");
  }
  json::array versions(const Scope& scope, std::int64_t id) {
    std::string text;
    JsonWriter writer(text);
    const auto written =
        files_->write_versions(scope, type("document"), RecordId{id}, field(), INT64_MAX, writer);
    EXPECT_TRUE(written.ok());
    return json::parse(text).at("items").as_array();
  }
  std::size_t stored() const {
    std::size_t n = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "files"))
      n += entry.is_regular_file();
    return n;
  }
  std::int64_t sweep() {
    return files_->sweep([] { return false; });
  }
  std::int64_t empty_bin() {
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
          return records_->remove_archived_before(tx, type("document"), clock_.now().plus_ms(1),
                                                  100);
        })
        .value();
  }

  static constexpr std::int64_t size_max = 1000;
  SystemRandom random_;
  FakeClock clock_{Instant{1'790'000'000'000}};
  fs::path folder_;
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  DictionaryHolder holder_;
  std::unique_ptr<Records> records_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Files> files_;
  std::int64_t group_ = 0;
  Scope anna_, bo_, ditte_;
};

std::string field_code(const Error& error) {
  return error.errors.empty() ? error.code : error.errors[0].field + ":" + error.errors[0].code;
}

TEST_P(FilesTest, IsTheUploadersUntilARecordTakesItIn) {
  const auto file = upload(anna_, "../Tilbud.txt", "Kære Eva");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->name, "Tilbud.txt");
  EXPECT_EQ(file->media_type, "text/plain");
  EXPECT_EQ(file->size, 9);
  const auto stolen = create(bo_, "document", {{"name", "Mine"}, {"file", file->id}});
  ASSERT_FALSE(stolen.ok());
  EXPECT_EQ(field_code(stolen.error()), "file:no_such_file");
  const auto guessed = create(bo_, "document", {{"name", "Mine"}, {"file", 12345}});
  EXPECT_EQ(field_code(guessed.error()), "file:no_such_file");  // the same answer
  const auto id = document(anna_, file->id);
  EXPECT_EQ(get(anna_, id)["file"],
            (json::object{
                {"id", file->id}, {"name", "Tilbud.txt"}, {"size", 9}, {"type", "text/plain"}}));
  EXPECT_EQ(content(anna_, id), "Kære Eva");
  // It belongs to that record now: not even its uploader puts it into another.
  const auto again = create(anna_, "document", {{"name", "Copy"}, {"file", file->id}});
  EXPECT_EQ(field_code(again.error()), "file:no_such_file");
}

TEST_P(FilesTest, RefusesWhatIsNoFileAndWhoHasNoUseForOne) {
  EXPECT_EQ(field_code(create(anna_, "document", {{"name", "x"}, {"file", "no"}}).error()),
            "file:not_a_file");
  EXPECT_EQ(upload(ditte_, "a.txt", "a").error().code, "access/forbidden");
  EXPECT_EQ(upload(anna_, "a.txt", "").error().code, "files/empty");
  EXPECT_EQ(upload(anna_, "a.txt", std::string(1001, 'a')).error().code, "files/too_large");
  EXPECT_EQ(stored(), 0u);
}

TEST_P(FilesTest, NobodyHoardsUploads) {
  for (int i = 0; i < limits::waiting_files_max; ++i)
    ASSERT_TRUE(upload(anna_, "a.txt", std::to_string(i)).ok());
  EXPECT_EQ(upload(anna_, "a.txt", "one more").error().code, "files/too_many_waiting");
  EXPECT_EQ(stored(), static_cast<std::size_t>(limits::waiting_files_max));
  EXPECT_TRUE(upload(bo_, "a.txt", "another's").ok());
  EXPECT_EQ(files_->check_may_upload(bo_, limits::waiting_bytes_max).error().code,
            "files/too_many_waiting");
}

TEST_P(FilesTest, IsReadByWhoReadsTheRecordAndNobodyElse) {
  const auto id = document(anna_, upload(anna_, "a.txt", "one")->id);
  ASSERT_TRUE(update(anna_, id, {{"file", upload(anna_, "b.txt", "two")->id}}).ok());
  EXPECT_EQ(content(ditte_, id), "two");
  EXPECT_EQ(content(ditte_, id, 1), "one");
  EXPECT_EQ(content(bo_, id), "files/not_found");  // sees his own records only
  EXPECT_EQ(content(bo_, id, 1), "files/not_found");
  EXPECT_EQ(content(anna_, id, 3), "files/not_found");
  EXPECT_EQ(content(anna_, id + 1000), "files/not_found");
  std::string text;
  JsonWriter writer(text);
  EXPECT_EQ(files_->write_versions(bo_, type("document"), RecordId{id}, field(), INT64_MAX, writer)
                .error()
                .code,
            "files/not_found");
}

TEST_P(FilesTest, KeepsEveryVersionAndRestoresOne) {
  const auto first = upload(anna_, "a.txt", "one");
  const auto id = document(anna_, first->id);
  ASSERT_TRUE(update(anna_, id, {{"file", upload(anna_, "b.txt", "two")->id}}).ok());
  ASSERT_TRUE(update(anna_, id, {{"file", json::value()}}).ok());
  EXPECT_EQ(content(anna_, id), "files/not_found");
  EXPECT_FALSE(versions(anna_, id).at(0).at("current").as_bool());
  ASSERT_TRUE(update(anna_, id, {{"file", first->id}}).ok());
  const auto all = versions(anna_, id);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].at("number"), 3);
  EXPECT_EQ(all[0].at("restored_from"), 1);
  EXPECT_EQ(all[0].at("current"), true);
  EXPECT_EQ(all[0].at("by").at("name"), "Anna Holm");
  EXPECT_EQ(all[1].at("name"), "b.txt");
  EXPECT_EQ(all[1].at("current"), false);
  EXPECT_EQ(content(anna_, id), "one");
  EXPECT_EQ(content(anna_, id, 2), "two");
  // The same file again is no change and no version.
  const auto same = update(anna_, id, {{"file", {{"id", first->id}, {"name", "c.txt"}}}});
  ASSERT_TRUE(same.ok());
  EXPECT_FALSE(same->changed);
  EXPECT_EQ(get(anna_, id)["file"].at("name"), "a.txt");
}

TEST_P(FilesTest, UndoPutsTheFileBackThatWasThere) {
  const auto id = document(anna_, upload(anna_, "a.txt", "one")->id);
  const auto second = upload(anna_, "b.txt", "two");
  const BatchId batch = (*database_)
                            ->write([&](store::Transaction& tx) -> Result<BatchId> {
                              return records_->create_batch(tx, anna_, "bulk_edit", "document", {});
                            })
                            .value();
  ASSERT_TRUE(update(anna_, id, {{"file", second->id}}, {0, batch, "bulk_edit"}).ok());
  const auto step = (*database_)->write([&](store::Transaction& tx) {
    return records_->undo_batch(tx, anna_, batch, INT64_MAX, 100);
  });
  ASSERT_TRUE(step.ok());
  EXPECT_EQ(step->undone, 1);
  EXPECT_EQ(step->conflicts, 0);
  EXPECT_EQ(content(anna_, id), "one");
  EXPECT_EQ(versions(anna_, id).size(), 3u);
}

TEST_P(FilesTest, HistoryHoldsTheNameOnly) {
  const auto id = document(anna_, upload(anna_, "a.txt", "very secret words")->id);
  std::string text;
  JsonWriter writer(text);
  ASSERT_TRUE((*database_)
                  ->read([&](store::Session& session) {
                    return records_->write_history(session, anna_, type("document"), RecordId{id},
                                                   INT64_MAX, 10, writer);
                  })
                  .ok());
  EXPECT_NE(text.find("\"name\":\"a.txt\""), text.npos);
  EXPECT_EQ(text.find("secret"), text.npos);
}

TEST_P(FilesTest, IsFoundByItsName) {
  document(anna_, upload(anna_, "Rammeaftale-2026.txt", "x")->id);
  ListQuery query;
  query.q = "rammeaftale";
  const auto count = (*database_)->read([&](store::Session& session) {
    return records_->count(session, anna_, type("document"), query, 0);
  });
  EXPECT_EQ(count->value, 1);
}

TEST_P(FilesTest, BytesGoWithTheLastRecordThatHasThem) {
  const auto one = document(anna_, upload(anna_, "a.txt", "same")->id);
  const auto two = document(anna_, upload(anna_, "b.txt", "same")->id);
  ASSERT_TRUE(update(anna_, one, {{"file", upload(anna_, "c.txt", "other")->id}}).ok());
  EXPECT_EQ(stored(), 2u);  // "same" lies there once
  const auto remove = [&](std::int64_t id) {
    EXPECT_TRUE((*database_)
                    ->write([&](store::Transaction& tx) {
                      return records_->archive(tx, anna_, type("document"), RecordId{id},
                                               {0, {}, "archive"});
                    })
                    .ok());
    EXPECT_EQ(sweep(), 0);  // in the bin it is all there
    EXPECT_EQ(empty_bin(), 1);
    return sweep();
  };
  EXPECT_EQ(remove(one), 1);
  EXPECT_EQ(content(anna_, two), "same");
  EXPECT_EQ(remove(two), 1);
  EXPECT_EQ(stored(), 0u);
  EXPECT_EQ((*database_)->read([&](store::Session& session) {
    return session.query_integer("SELECT count(*) FROM files") +
           session.query_integer("SELECT count(*) FROM file_versions") +
           session.query_integer("SELECT count(*) FROM file_removals");
  }),
            0);
}

TEST_P(FilesTest, ForgetsUploadsThatNobodyUsedForADay) {
  const auto file = upload(anna_, "a.txt", "one");
  const auto id = document(anna_, upload(anna_, "b.txt", "two")->id);
  clock_.advance_ms(limits::keep_waiting_ms - 1);
  EXPECT_EQ(sweep(), 0);
  clock_.advance_ms(2);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(content(anna_, id), "two");
  const auto late = create(anna_, "document", {{"name", "Late"}, {"file", file->id}});
  EXPECT_EQ(field_code(late.error()), "file:no_such_file");
}

TEST_P(FilesTest, StraysAreGivenTime) {
  fs::create_directories(folder_ / "files" / "ab");
  const std::string name = "ab" + std::string(30, '0');
  std::ofstream(folder_ / "files" / "ab" / name) << "stray";
  const auto id = document(anna_, upload(anna_, "b.txt", "two")->id);
  clock_.set(SystemClock().now());
  EXPECT_EQ(sweep(), 0);
  clock_.advance_ms(limits::keep_stray_ms + ms_per_day);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(content(anna_, id), "two");
}

TEST_P(FilesTest, VerifyFindsWhatIsMissingAndWhatChanged) {
  const auto missing = document(anna_, upload(anna_, "a.txt", "one")->id);
  const auto changed = document(anna_, upload(anna_, "b.txt", "two")->id);
  EXPECT_TRUE(files_->verify(true).empty());
  const auto path = [&](std::int64_t id) {
    return files_->find(anna_, type("document"), RecordId{id}, field(), 0)->path;
  };
  std::ofstream(path(changed)) << "TWO";
  EXPECT_TRUE(files_->verify(false).empty());
  ASSERT_EQ(files_->verify(true).size(), 1u);
  EXPECT_NE(files_->verify(true)[0].find("changed content"), std::string::npos);
  fs::remove(path(missing));
  ASSERT_EQ(files_->verify(false).size(), 1u);
  EXPECT_NE(files_->verify(false)[0].find("missing"), std::string::npos);
  EXPECT_EQ(content(anna_, missing), "files/unreadable");
}

INSTANTIATE_EACH_ENGINE(FilesTest);

}  // namespace
}  // namespace fokus::records
