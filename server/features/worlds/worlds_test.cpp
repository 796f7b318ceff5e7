// SPDX-License-Identifier: Apache-2.0
// Worlds as they are in a database, on both engines.
#include <fmt/format.h>

#include "features/worlds/seeds.hpp"
#include "records/records.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::worlds {
namespace {

class Worlds : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    store::Options options;
    options.durable = false;
    database_ = std::make_unique<store::testing::ScratchDatabase>(GetParam(), options);
    ASSERT_TRUE(store::migrate(**database_, embedded_sql(), [] { return Status(); }).ok());
    statements_ = std::make_unique<store::Statements>(embedded_sql(), GetParam());
    (*database_)->write([&](store::Transaction& tx) {
      ASSERT_TRUE(records::seed_lists(tx, *statements_, embedded_model()).ok());
      auto loaded = records::load_dictionary(tx, *statements_, embedded_model());
      ASSERT_TRUE(loaded.ok());
      records::apply_schema(tx, *loaded);
      holder_.replace(std::make_shared<const records::Dictionary>(std::move(loaded).value()));
    });
  }

  WorldParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            [&](store::Transaction&, const AccountRequest& request) {
              accounts_.push_back(request);
              return Status();
            },
            {}};
  }
  std::int64_t number(const std::string& sql) {
    return (*database_)->read([&](store::Session& session) { return session.query_integer(sql); });
  }
  // The rows as text, one per line, so that a difference can be read.
  std::string rows_of(const std::string& sql) {
    return (*database_)->read([&](store::Session& session) {
      std::string out;
      auto rows = session.query(sql);
      while (rows->next()) {
        for (int i = 0; i < rows->column_count(); ++i) out += std::string(rows->text(i)) + "|";
        out += "\n";
      }
      return out;
    });
  }

  FakeClock clock_{Instant{1'795'435'200'000}};
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  records::DictionaryHolder holder_;
  std::vector<AccountRequest> accounts_;
};
INSTANTIATE_EACH_ENGINE(Worlds);

TEST_P(Worlds, TestWorldHasItsIds) {
  ASSERT_TRUE(seed_world("test", parts()).ok());
  EXPECT_EQ(rows_of("SELECT id, email, primary_group FROM users ORDER BY id"),
            "1|anna@example.org|2|\n2|bo@example.org|3|\n3|carl@example.org|1|\n4|ditte@example."
            "org|2|\n");
  EXPECT_EQ(rows_of("SELECT id, name, owner, owner_group FROM companies WHERE id < 4 ORDER BY id"),
            "1|Nordhavn Møbler A/S|1|2|\n2|Ågård Byg ApS|1|2|\n3|Æblegården I/S|2|3|\n");
  EXPECT_EQ(number("SELECT count(*) FROM persons"), 15);
  ASSERT_EQ(accounts_.size(), 4u);
  EXPECT_EQ(accounts_[3].role, "read_only");
  EXPECT_EQ(accounts_[3].other_groups, std::vector{GroupId{3}});
}

TEST_P(Worlds, DemoWorldIsSpreadOverTwoYears) {
  const auto seeded = seed_world("demo", parts());
  ASSERT_TRUE(seeded.ok()) << seeded.error().code
                           << (seeded.error().errors.empty() ? ""
                                                             : seeded.error().errors[0].field +
                                                                   seeded.error().errors[0].code);
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 400);
  EXPECT_EQ(number("SELECT count(*) FROM activities"), 5006);
  EXPECT_EQ(number("SELECT count(*) FROM activities WHERE recurrence IS NOT NULL"), 6);
  EXPECT_GT(number("SELECT count(*) FROM activity_participants"), 20);
  EXPECT_LT(number("SELECT min(created_at) FROM sales"), clock_.now().ms - 600 * ms_per_day);
  EXPECT_GT(number("SELECT max(created_at) FROM sales"), clock_.now().ms - 30 * ms_per_day);
  EXPECT_EQ(number("SELECT count(*) FROM history WHERE at > " + std::to_string(clock_.now().ms)),
            0);
  EXPECT_GT(number("SELECT count(*) FROM relations WHERE kind = 'project.members'"), 30);
  EXPECT_EQ(number("SELECT sum(l.total) FROM sale_lines l"),
            number("SELECT sum(amount) FROM sales"));
}

TEST_P(Worlds, RefuseToMixWithRealRecords) {
  ASSERT_TRUE(seed_world("test", parts()).ok());
  EXPECT_EQ(seed_world("demo", parts()).error().code, "worlds/not_empty");
  EXPECT_EQ(seed_world("nowhere", parts()).error().code, "worlds/unknown");
}

// The bulk loader knows the save recipe by heart; this notices when the recipe has changed.
TEST_P(Worlds, BenchWorldIsWrittenAsTheRecipeWrites) {
  ASSERT_TRUE(seed_world("bench", parts(), {0.0002}).ok());
  ASSERT_EQ(number("SELECT count(*) FROM persons"), 200);
  const auto* type = holder_.current()->find("person");
  records::Records records({*statements_, clock_, holder_});
  access::Scope scope;
  scope.actor = access::system_actor();
  for (const int id : {1, 50, 77, 200}) {
    boost::json::object values;
    std::int64_t owner = 0;
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query(
          "SELECT first_name, last_name, job_title, phone, mobile, email, country, language, "
          "company, owner "
          "FROM persons WHERE id = $1",
          {id});
      ASSERT_TRUE(rows->next());
      const char* fields[] = {"first_name", "last_name", "job_title", "phone",
                              "mobile",     "email",     "country",   "language"};
      for (int i = 0; i < 8; ++i)
        if (!rows->is_null(i)) values[fields[i]] = rows->text(i);
      values["company"] = rows->integer(8);
      values["owner"] = owner = rows->integer(9);
    });
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records.create(tx, scope, *type, values, {});
    });
    ASSERT_TRUE(saved.ok());
    const auto twin = std::to_string(saved->id.value), original = std::to_string(id);
    std::string columns;
    for (const auto& field : type->fields)
      for (const auto& column : records::columns_of(field))
        if (!field.read_only || field.name == "name" || field.name == "owner_group" ||
            field.name == "restricted" || field.name == "version")
          columns += (columns.empty() ? "" : ", ") + column.name;
    const auto row = "SELECT " + columns + " FROM persons WHERE id = ";
    EXPECT_EQ(rows_of(row + original), rows_of(row + twin));
    const auto points =
        "SELECT kind, label, value, value_f, is_primary, position FROM contact_points WHERE "
        "record_type = 'person' AND record_id = ";
    EXPECT_EQ(rows_of(points + original + " ORDER BY position"),
              rows_of(points + twin + " ORDER BY position"));
    const auto entry = [&](const std::string& which) {
      std::string text = rows_of(
          "SELECT name, subtitle, text, owner, owner_group, restricted FROM search_entries "
          "WHERE record_type = 'person' AND record_id = " +
          which);
      const auto at = text.find(" " + which + "|");
      EXPECT_NE(at, text.npos) << text;
      return at == text.npos ? text : text.erase(at, which.size() + 1);
    };
    EXPECT_EQ(entry(original), entry(twin));
  }
  const auto searched =
      number(GetParam() == store::Engine::sqlite
                 ? "SELECT count(*) FROM search_index WHERE search_index MATCH 't0person'"
                 : "SELECT count(*) FROM search_entries WHERE text LIKE 't0person%'");
  EXPECT_EQ(searched, 204);
}

}  // namespace
}  // namespace fokus::worlds
