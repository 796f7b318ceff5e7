// SPDX-License-Identifier: Apache-2.0
#include "platform/log.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

namespace fokus {
namespace {

TEST(LogLines, AreJsonWhateverIsInThem) {
  std::ostringstream out;
  FakeClock clock(Instant{0});
  Log log(out, LogLevel::note, clock);
  log.note("net/done", {{"route", "GET /x\"\n"}, {"status", 200}, {"ms", 1.5}, {"ok", true}});
  log.error("net/odd", {{"bytes", std::string("\xFF\0z", 3)}});
  log.debug("not/shown");
  log.flush();
  std::istringstream lines(out.str());
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  auto json = boost::json::parse(line).as_object();
  EXPECT_EQ(json["at"], "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(json["level"], "note");
  EXPECT_EQ(json["event"], "net/done");
  EXPECT_EQ(json["route"], "GET /x\"\n");
  EXPECT_EQ(json["status"], 200);
  EXPECT_EQ(json["ok"], true);
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(boost::json::parse(line).at("bytes"), "??z");
  EXPECT_FALSE(std::getline(lines, line));
}

}  // namespace
}  // namespace fokus
