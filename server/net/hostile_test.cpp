// SPDX-License-Identifier: Apache-2.0
// Bytes that no honest client sends.
#include <chrono>
#include <thread>

#include "net/server_testing.hpp"

namespace fokus::net {
namespace {

using namespace std::chrono_literals;

class HostileTest : public ServerTest {
 protected:
  HostileTest() {
    on(Method::get, "/api/a", [](Call&) { return Reply::json("{}"); });
    on(Method::post, "/api/a", [](Call& call) { return Reply::text(call.body); });
    setup_.options.header_timeout_ms = 300;
    setup_.options.body_timeout_ms = 300;
    setup_.options.idle_timeout_ms = 400;
  }
  // The status of the reply; checks that the server then closes.
  int refusal(std::string_view bytes) {
    TestClient client(port());
    client.send(bytes);
    const auto reply = client.read();
    EXPECT_EQ(reply.header("Connection"), "close") << bytes;
    EXPECT_TRUE(client.is_closed()) << bytes;
    return reply.status;
  }
};

TEST_F(HostileTest, RefusesMalformedHeads) {
  start();
  for (std::string_view bad : {
           "POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nTransfer-Encoding: "
           "chunked\r\n\r\n",
           "POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
           "POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: -3\r\n\r\nabcd",
           "POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999\r\n\r\n",
           "POST /api/a HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n",
           "POST /api/a HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
           "POST /api/a HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
           "chunked\r\n\r\n0\r\n\r\n",
           "POST /api/a HTTP/1.0\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET /api/a HTTP/1.1\nHost: t\n\n",
           "GET /api/a HTTP/1.1\r\nHost : t\r\n\r\n",
           "GET /api/a HTTP/1.1\r\nHost: t\r\n X: folded into\x01\r\n\r\n",
           "GET /api/a HTTP/1.1\r\n\r\n",
           "GET /api/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET /api/a HTTP/1.1\r\nHost:\r\n\r\n",
           "GET /api/a HTTP/1.1\r\nHost: x/../@y\r\n\r\n",
           "GET http://other/api/a HTTP/1.1\r\nHost: t\r\n\r\n",
           "GET http://t@t/api/a HTTP/1.1\r\nHost: t\r\n\r\n",
           "\r\n\r\nGET /api/a HTTP/1.1\r\nHost: t\r\n\r\n",
           "GET /api/a HTTP/2.0\r\nHost: t\r\n\r\n",
           "GET  /api/a HTTP/1.1\r\nHost: t\r\n\r\n",
           "GET /api/a b HTTP/1.1\r\nHost: t\r\n\r\n",
           "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03\r\n\r\n",
       })
    EXPECT_EQ(refusal(bad), 400) << bad;
}

// RFC 9112 2.2 and 3.2.2.
TEST_F(HostileTest, TakesOneEmptyLineBeforeARequestAndItsHostInTheTarget) {
  start();
  TestClient client(port());
  client.send("\r\nGET /api/a HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
  client.send("POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\nx\r\n");
  EXPECT_EQ(client.read().body, "x");
  client.send("GET http://T:80/api/a HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
}

TEST_F(HostileTest, RefusesMalformedChunks) {
  start();
  const std::string head = "POST /api/a HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(refusal(head + "zz\r\nabc\r\n"), 400);
  EXPECT_EQ(refusal(head + "-1\r\nabc\r\n"), 400);
  EXPECT_EQ(refusal(head + "3\r\nabcXX0\r\n\r\n"), 400);
  EXPECT_EQ(refusal(head + "fffffffffffffffff\r\n"), 400);
  EXPECT_EQ(refusal(head + "3;" + std::string(100'000, 'x')), 400);
}

TEST_F(HostileTest, LimitsHeaders) {
  start();
  EXPECT_EQ(
      refusal("GET /api/a HTTP/1.1\r\nHost: t\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n"),
      431);
  EXPECT_EQ(refusal("GET /api/a?" + std::string(40'000, 'x') + " HTTP/1.1\r\n\r\n"), 431);
  std::string many = "GET /api/a HTTP/1.1\r\nHost: t\r\n";
  for (int i = 0; i < 5000; ++i) many += "X: y\r\n";
  EXPECT_EQ(refusal(many + "\r\n"), 431);
  const auto fits = "X: " + std::string(12'000, 'x') + "\r\n";
  EXPECT_EQ(TestClient(port()).get("/api/a", fits).status, 200);
}

// Each read of the server takes one piece, which ends so early in a line that Beast does not wait
// for the end of the head with what it counts.
TEST_F(HostileTest, LimitsHeadersThatComeLineByLine) {
  start();
  constexpr std::size_t piece_bytes = 4096;
  const std::string start_of_next = "\r\nX:";
  std::string head = "GET /api/a HTTP/1.1\r\nHost: t\r\nX:";
  for (std::size_t end = piece_bytes; end <= 10 * piece_bytes; end += piece_bytes)
    head += std::string(end - head.size() - start_of_next.size(), 'x') + start_of_next;
  EXPECT_EQ(refusal(head + "\r\n\r\n"), 431);
}

TEST_F(HostileTest, EndsSlowHeads) {
  start();
  TestClient client(port());
  const auto began = std::chrono::steady_clock::now();
  client.send("GET /api/a HTTP/1.1\r\nX: ");
  for (int i = 0; i < 10; ++i) {  // never still for long, never done
    std::this_thread::sleep_for(60ms);
    if (!client.send("x")) break;
  }
  const auto reply = client.read();
  EXPECT_EQ(reply.status, 408);
  EXPECT_NE(reply.body.find("net/timeout"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
}

TEST_F(HostileTest, EndsStalledBodies) {
  start();
  TestClient client(port());
  client.send("POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(client.read().status, 408);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HostileTest, EndsBodiesThatOnlyHoldTheLine) {
  setup_.options.body_bytes_per_second_min = 10'000;
  start();
  TestClient client(port());
  client.send("POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(60ms);
    if (!client.send("x")) break;
  }
  EXPECT_EQ(client.read().status, 408);
}

TEST_F(HostileTest, BoundsTheMemoryOfAllBodiesTogether) {
  setup_.options.body_timeout_ms = 5000;
  setup_.options.bodies_bytes_max = 100'000;
  start();
  const std::string head = "POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 70000\r\n\r\n";
  const std::string most(60'000, 'x'), all(70'000, 'x');
  {
    TestClient first(port()), second(port());
    first.send(head + most);
    std::this_thread::sleep_for(100ms);
    second.send(head + most);
    const auto refused = second.read();
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_NE(refused.body.find("net/busy"), std::string::npos);
    EXPECT_EQ(TestClient(port()).call("POST", "/api/a", "small").status, 200);
    first.send(all.substr(most.size()));
    EXPECT_EQ(first.read().body, all);
  }
  EXPECT_EQ(TestClient(port()).call("POST", "/api/a", all).body, all);
}

TEST_F(HostileTest, EndsIdleConnectionsWithoutAWord) {
  start();
  TestClient silent(port()), idle(port());
  EXPECT_EQ(idle.get("/api/a").status, 200);
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(idle.is_closed());
  EXPECT_EQ(server_->counters().errors_4xx, 0u);
}

TEST_F(HostileTest, SurvivesClientsThatLeave) {
  start();
  for (int i = 0; i < 50; ++i) {
    TestClient client(port());
    client.send("POST /api/a HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nabc");
    TestClient other(port());
    other.send("GET /api/a HTTP/1.1\r\nHost: t\r\n\r\n");
  }
  EXPECT_EQ(TestClient(port()).get("/api/a").status, 200);
}

TEST_F(HostileTest, KeepsReplyHeadersApart) {
  on(Method::get, "/api/named", [](Call& call) {
    auto reply = Reply::json("{}");
    reply.header("Content-Disposition", std::string(*call.query_value("name")));
    return reply;
  });
  start();
  const auto reply = TestClient(port()).get("/api/named?name=a%0d%0aSet-Cookie:%20x=1");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Set-Cookie"), "");
}

}  // namespace
}  // namespace fokus::net
