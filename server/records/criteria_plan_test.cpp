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

}  // namespace
}  // namespace fokus::records
