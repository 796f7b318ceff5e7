// SPDX-License-Identifier: Apache-2.0
#include "platform/retry.hpp"

#include <gtest/gtest.h>

namespace fokus::outgoing {
namespace {

TEST(Retry, WaitsTwiceAsLongEachTimeUpToTheLongest) {
  const RetryRule rule{.attempts_max = 10, .first_ms = 1'000, .longest_ms = 5'000};
  EXPECT_EQ(retry_wait_ms(rule, 1, {}, 1), 1'000);
  EXPECT_EQ(retry_wait_ms(rule, 2, {}, 1), 2'000);
  EXPECT_EQ(retry_wait_ms(rule, 3, {}, 1), 4'000);
  EXPECT_EQ(retry_wait_ms(rule, 4, {}, 1), 5'000);
  EXPECT_EQ(retry_wait_ms(rule, 9, {}, 1), 5'000);
  EXPECT_EQ(retry_wait_ms(rule, 2, {}, 0), 1'000);  // half of it is left to chance
}

TEST(Retry, EndsWithTheAttempts) {
  const RetryRule rule{.attempts_max = 2};
  EXPECT_TRUE(retry_wait_ms(rule, 1, {}, 0.5));
  EXPECT_FALSE(retry_wait_ms(rule, 2, {}, 0.5));
  EXPECT_FALSE(retry_wait_ms({.attempts_max = 1}, 1, 0, 0.5));
}

TEST(Retry, HeedsWhatTheServerAsksForUnlessItIsTooLong) {
  const RetryRule rule{.attempts_max = 5, .first_ms = 500, .longest_ms = 30'000};
  EXPECT_EQ(retry_wait_ms(rule, 1, 7'000, 0), 7'000);
  EXPECT_EQ(retry_wait_ms(rule, 1, 0, 1), 0);
  EXPECT_FALSE(retry_wait_ms(rule, 1, 30'001, 0));
}

TEST(RetryAfter, IsSecondsOrOneOfThreeFormsOfADate) {
  const Instant now = *parse_instant("2026-11-27T10:00:00Z");
  EXPECT_EQ(parse_retry_after("120", now), 120'000);
  EXPECT_EQ(parse_retry_after(" 0 ", now), 0);
  EXPECT_EQ(parse_retry_after("-5", now), 0);
  EXPECT_EQ(parse_retry_after("Fri, 27 Nov 2026 10:01:30 GMT", now), 90'000);
  EXPECT_EQ(parse_retry_after("Friday, 27-Nov-26 10:00:05 GMT", now), 5'000);
  EXPECT_EQ(parse_retry_after("Fri Nov 27 10:00:01 2026", now), 1'000);
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), 0);
  EXPECT_EQ(parse_retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now), 0);  // not 2094
}

TEST(RetryAfter, IsNothingWhenItCannotBeRead) {
  const Instant now{1'700'000'000'000};
  for (const char* text :
       {"", "soon", "1.5", "Fri, 27 Foo 2026 10:01:30 GMT", "Fri, 27 Nov 2026 25:01:30 GMT",
        "Fri, 27 Nov 2026 10:01 GMT", "a b c d", "a b c d e f", "99999999999999999999999"})
    EXPECT_FALSE(parse_retry_after(text, now)) << text;
  EXPECT_GT(*parse_retry_after("9000000000000000000", now), 0);
}

TEST(Status, PassesOrStays) {
  for (const int status : {408, 425, 429, 500, 502, 503, 504})
    EXPECT_TRUE(is_passing_status(status));
  for (const int status : {200, 301, 400, 401, 403, 404, 410, 501})
    EXPECT_FALSE(is_passing_status(status));
}

}  // namespace
}  // namespace fokus::outgoing
