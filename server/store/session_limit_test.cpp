// SPDX-License-Identifier: Apache-2.0
#include "store/session_limit.hpp"

#include "store/testing.hpp"

namespace fokus::store {
namespace {

class SessionLimit : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(SessionLimit);

constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000000)"
    " SELECT count(*) FROM n";

TEST_P(SessionLimit, StopsThisReadAndIsForgottenByTheNext) {
  Options options;
  options.readers = 1;  // the same connection again
  testing::ScratchDatabase db(GetParam(), options);
  try {
    db->read([](Session& session) {
      limit_session(session, 50);
      session.query_integer(endless);
    });
    FAIL() << "nothing stopped it";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind, FailureKind::interrupted);
  }
  const auto counted = db->read([](Session& session) {
    return session.query_integer(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
        " SELECT count(*) FROM n");
  });
  EXPECT_EQ(counted, 1'000'000) << "longer than the limit, which is gone";
}

}  // namespace
}  // namespace fokus::store
