// SPDX-License-Identifier: Apache-2.0
// How SQLite looks for what criteria ask, in tables that nobody has counted.
#include "records/criteria.hpp"
#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

class CriteriaPlans : public testing::Place {
 protected:
  std::string plan(const char* type_name, const char* filter) {
    const auto dictionary = holder_.current();
    const RecordType& of = *dictionary->find(type_name);
    SqlText sql;
    const CriteriaContext context{*dictionary, system_, clock_.now(), store::Engine::sqlite};
    EXPECT_TRUE(append_criteria(context, of, "t", *parse_filter(filter).value(), sql).ok());
    const auto params = sql.params();
    return (*database_)->read([&](store::Session& session) {
      const auto rows =
          session.query("EXPLAIN QUERY PLAN SELECT t.id FROM " + of.table + " t WHERE " + sql.text,
                        store::Params(params));
      std::string out;
      while (rows->next()) out += std::string(rows->text(3)) + "\n";
      return out;
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Sqlite, CriteriaPlans, ::testing::Values(store::Engine::sqlite));

TEST_P(CriteriaPlans, BeginWithTheLinkWhereEachRowAsks) {
  for (const char* filter : {"none(activities: status eq 'done')", "none(activities: company eq 1)",
                             "none(activities: status eq 'done' and due_on eq 2026-01-01)",
                             "none(activities: status eq 'done' and company.country eq 'DK')"}) {
    const auto found = plan("person", filter);
    EXPECT_NE(found.find("i_activities_person"), std::string::npos) << filter << "\n" << found;
  }
  const auto behind = plan("company", "any(persons: none(activities: status eq 'done'))");
  EXPECT_NE(behind.find("i_activities_person"), std::string::npos) << behind;
  // The rest of the index serves too.
  const auto ranged = plan("person", "none(activities: starts_at ge 2026-01-01)");
  EXPECT_NE(ranged.find("(person=? AND starts_at>?)"), std::string::npos) << ranged;
}

// A million persons came from somewhere: found from the source, and each asked by its own row.
TEST_P(CriteriaPlans, BeginWithTheSourceOrWithTheRecord) {
  const auto found = plan("person", "source(address) eq 'import'");
  EXPECT_NE(found.find("COVERING INDEX value_origins_source (record_type=? AND source=? AND "
                       "field_set=?)"),
            std::string::npos)
      << found;
  const auto batch = plan("person", "batch(address) eq 7");
  EXPECT_NE(batch.find("COVERING INDEX value_origins_batch (record_type=? AND batch=?"),
            std::string::npos)
      << batch;
  const auto due = plan("person", "notice(due_on) lt today");
  EXPECT_NE(due.find("notice_duties_due (record_type=? AND state=? AND due_on<?)"),
            std::string::npos)
      << due;
  for (const char* filter :
       {"source(address) empty", "not batch(address) eq 7", "not notice(state) eq 'open'"}) {
    const auto asked = plan("person", filter);
    EXPECT_NE(asked.find("(record_type=? AND record_id=?)"), std::string::npos) << filter << "\n"
                                                                                << asked;
  }
}

}  // namespace
}  // namespace fokus::records
