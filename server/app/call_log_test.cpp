// SPDX-License-Identifier: Apache-2.0
#include "app/call_log.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace fokus::app {
namespace {

std::string logged(net::Method method, std::string_view route, int status) {
  std::ostringstream out;
  const FakeClock clock{Instant{1'800'000'000'000}};
  Log log(out, LogLevel::note, clock);
  net::Call call;
  call.method = method;
  call.path = "/api/v1/persons/17";
  call.query = {{"q", "Karen Holm"}};
  call.remote = "192.0.2.17";
  call.id = "0123456789abcdef";
  call.user = 42;
  log_call(log, call, route, status, 815);
  log.flush();
  return out.str();
}

TEST(CallLog, TellsACallWithoutWhomItWasAbout) {
  EXPECT_EQ(logged(net::Method::patch, "/api/v1/{type}/{id}", 200),
            R"({"at":"2027-01-15T08:00:00.000Z","level":"note","event":"call",)"
            R"("id":"0123456789abcdef","user":42,"method":"PATCH",)"
            R"("route":"/api/v1/{type}/{id}","status":200,"us":815})"
            "\n");
}

TEST(CallLog, TellsRefusalsAndWarnsOfFailures) {
  EXPECT_NE(logged(net::Method::get, "(none)", 404).find(R"("level":"note")"), std::string::npos);
  EXPECT_NE(logged(net::Method::get, "/readyz", 503).find(R"("level":"warning")"),
            std::string::npos);
}

TEST(CallLog, GuessesNoMethodWhereNoRouteWasMet) {
  EXPECT_NE(logged(net::Method::get, "(none)", 400).find(R"("method":"")"), std::string::npos);
}

TEST(CallLog, LeavesOutWhatIsAskedAllTheTime) {
  EXPECT_EQ(logged(net::Method::get, "/healthz", 200), "");
  EXPECT_EQ(logged(net::Method::get, "(static)", 304), "");
}

}  // namespace
}  // namespace fokus::app
