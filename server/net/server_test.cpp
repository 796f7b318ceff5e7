// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>
#include <thread>

#include "net/server_testing.hpp"

namespace fokus::net {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

TEST_F(ServerTest, AnswersWithSecurityHeadersAndCallId) {
  std::string seen;
  on(Method::get, "/api/v1/companies/{id}", [&](Call& call) {
    seen = call.id;
    EXPECT_EQ(call.param("id"), "å/7");
    EXPECT_EQ(call.query_value("q"), "a b");
    EXPECT_EQ(call.cookie("session"), "xyz");
    EXPECT_EQ(call.remote, "127.0.0.1");
    EXPECT_FALSE(call.secure);
    return Reply::json("{}");
  });
  start();
  TestClient client(port());
  const auto reply =
      client.get("/api/v1/companies/%C3%A5%2F7?q=a+b", "Cookie: a=1; session=xyz\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{}");
  EXPECT_EQ(seen.size(), 16u);
  EXPECT_EQ(reply.header("X-Request-Id"), seen);
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.header("Referrer-Policy"), "same-origin");
  EXPECT_EQ(reply.header("Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(reply.header("Content-Security-Policy"), "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(reply.header("Strict-Transport-Security"), "");
}

TEST_F(ServerTest, ListensOnAnAddressAndOnLocalhost) {
  setup_.options.address = "localhost";
  start();
  EXPECT_NE(port(), 0);
  ServerSetup named;
  named.options.port = 0;
  named.options.address = "crm.example.org";
  try {
    start_server(std::move(named));
    FAIL() << "a name was taken";
  } catch (const std::runtime_error& failure) {
    EXPECT_EQ(
        std::string(failure.what()),
        "cannot listen on crm.example.org: give an IP address, as 127.0.0.1, 0.0.0.0 or [::1]");
  }
}

TEST_F(ServerTest, TellsMissingPathFromMissingMethod) {
  on(Method::get, "/api/v1/a", [](Call&) { return Reply::json("{}"); });
  start();
  TestClient client(port());
  auto reply = client.get("/api/v1/b");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  EXPECT_NE(reply.body.find("\"code\":\"net/not_found\""), std::string::npos);
  reply = client.call("POST", "/api/v1/a", "{}");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.call("OPTIONS", "/api/v1/a", "").status, 204);
  EXPECT_EQ(client.call("BREW", "/api/v1/a", "").status, 501);
  reply = client.call("HEAD", "/api/v1/a", "");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "2");
  EXPECT_EQ(client.get("/api/v1/a").body, "{}");  // the HEAD reply had no body
}

TEST_F(ServerTest, RefusesTargetsThatAreNotText) {
  on(Method::get, "/api/v1/a", [](Call&) { return Reply::json("{}"); });
  start();
  TestClient client(port());
  EXPECT_NE(client.get("/api/v1/a?q=%ff").body.find("net/bad_query"), std::string::npos);
  EXPECT_EQ(client.get("/api/v1/a?q=%2").status, 400);
  EXPECT_NE(client.get("/api/%00").body.find("net/bad_path"), std::string::npos);
  EXPECT_EQ(client.get("/api/../etc").status, 400);
  EXPECT_EQ(client.get("/api/%2e%2e/etc").status, 400);
  EXPECT_EQ(client.get("/api/v1/a").status, 200);
}

TEST_F(ServerTest, LimitsBodies) {
  std::atomic<int> ran{0};
  on(Method::post, "/api/v1/a", [&](Call& call) {
    ++ran;
    return Reply::json(std::to_string(call.body.size()));
  }).body_max = 1000;
  start();
  EXPECT_EQ(TestClient(port()).call("POST", "/api/v1/a", std::string(1000, 'x')).body, "1000");
  {
    TestClient client(port());  // the whole body is sent although the refusal comes first
    const auto reply = client.call("POST", "/api/v1/a", std::string(4'000'000, 'x'));
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_NE(reply.body.find("net/too_large"), std::string::npos);
    EXPECT_TRUE(client.is_closed());
  }
  TestClient client(port());
  client.send("POST /api/v1/a HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 3; ++i) client.send("190\r\n" + std::string(400, 'y') + "\r\n");
  EXPECT_EQ(client.read().status, 413);
  EXPECT_EQ(ran, 1);
}

TEST_F(ServerTest, ReadsChunkedBodies) {
  on(Method::post, "/api/v1/a", [](Call& call) { return Reply::text(call.body); });
  start();
  TestClient client(port());
  client.send("POST /api/v1/a HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  std::this_thread::sleep_for(20ms);
  client.send("lo\r\n6;x=y\r\n world\r\n0\r\n\r\n");
  EXPECT_EQ(client.read().body, "hello world");
  EXPECT_EQ(client.call("POST", "/api/v1/a", "again").body, "again");
}

TEST_F(ServerTest, SpoolsUploadsToPrivateFile) {
  const std::string content(3'000'000, 'u');
  std::string path;
  auto& route = on(Method::post, "/api/v1/files", [&](Call& call) {
    path = call.body_file;
    std::ifstream file(path, std::ios::binary);
    const std::string read((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    return Reply::json(read == content && call.body.empty() ? "1" : "0");
  });
  route.stream_body = true;
  route.body_max = 4'000'000;
  start();
  TestClient client(port());
  EXPECT_EQ(client.call("POST", "/api/v1/files", content).body, "1");
  EXPECT_TRUE(path.starts_with(folder_.string()));
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(ServerTest, AsksForTheBodyOnlyWhenItWillTakeIt) {
  on(Method::post, "/api/v1/a", [](Call& call) { return Reply::text(call.body); }).body_max = 10;
  start();
  TestClient client(port());
  client.send(
      "POST /api/v1/a HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read(false, true).status, 100);
  client.send("ok");
  EXPECT_EQ(client.read().body, "ok");
  client.send(
      "POST /api/v1/a HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n");
  EXPECT_EQ(client.read(false, true).status, 413);
}

TEST_F(ServerTest, AnswersPipelinedCallsInOrder) {
  on(Method::get, "/api/{n}", [](Call& call) {
    if (call.param("n") == "0") std::this_thread::sleep_for(30ms);
    return Reply::text(std::string(call.param("n")));
  });
  start();
  TestClient client(port());
  std::string calls;
  for (int i = 0; i < 50; ++i)
    calls += "GET /api/" + std::to_string(i) + " HTTP/1.1\r\nHost: t\r\n\r\n";
  client.send(calls);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.read().body, std::to_string(i));
}

TEST_F(ServerTest, HidesTheCauseOfAnException) {
  on(Method::get, "/api/a", [](Call&) -> Reply { throw std::runtime_error("secret"); });
  on(Method::get, "/api/b", [](Call&) -> Reply { throw std::logic_error("busy"); });
  on(Method::get, "/api/c", [](Call&) -> Reply { throw 7; });
  setup_.on_exception = [](const std::exception& failure) -> std::optional<Error> {
    if (dynamic_cast<const std::logic_error*>(&failure))
      return make_error(ErrorKind::unavailable, "store/busy");
    return std::nullopt;
  };
  start();
  TestClient client(port());
  const auto reply = client.get("/api/a");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
  EXPECT_NE(reply.body.find(reply.header("X-Request-Id")), std::string::npos);
  const auto busy = client.get("/api/b");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.header("Retry-After"), "1");
  EXPECT_EQ(client.get("/api/c").status, 500);
}

TEST_F(ServerTest, RefusesWhenALaneIsFullButKeepsTheOthers) {
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  std::atomic<int> inside{0};
  on(Method::get, "/api/slow", [&, opened](Call&) {
    ++inside;
    opened.wait();
    return Reply::json("{}");
  }).lane = Lane::slow;
  on(Method::get, "/api/fast", [](Call&) { return Reply::json("{}"); });
  on(Method::get, "/api/hashing", [](Call&) { return Reply::json("{}"); }).lane = Lane::hashing;
  on(Method::get, "/api/outside", [](Call&) { return Reply::json("{}"); }).lane = Lane::outside;
  setup_.options.slow_workers = 1;
  setup_.options.slow_queue_max = 1;
  start();
  TestClient running(port()), waiting(port()), refused(port());
  running.send("GET /api/slow HTTP/1.1\r\nHost: t\r\n\r\n");
  while (inside == 0) std::this_thread::sleep_for(1ms);
  waiting.send("GET /api/slow HTTP/1.1\r\nHost: t\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  const auto reply = refused.get("/api/slow");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("Retry-After"), "1");
  EXPECT_NE(reply.body.find("net/busy"), std::string::npos);
  for (const auto* other : {"/api/fast", "/api/hashing", "/api/outside"})
    EXPECT_EQ(refused.get(other).status, 200) << other;
  gate.set_value();
  EXPECT_EQ(running.read().status, 200);
  EXPECT_EQ(waiting.read().status, 200);
  EXPECT_EQ(server_->counters().refused_busy, 1u);
}

TEST_F(ServerTest, StopsAfterTheRunningCall) {
  std::atomic<bool> inside{false};
  on(Method::get, "/api/a", [&](Call&) {
    inside = true;
    std::this_thread::sleep_for(150ms);
    return Reply::json("{}");
  });
  start();
  TestClient busy(port()), idle(port());
  EXPECT_EQ(idle.get("/api/x").status, 404);
  busy.send("GET /api/a HTTP/1.1\r\nHost: t\r\n\r\n");
  while (!inside) std::this_thread::sleep_for(1ms);
  const auto began = std::chrono::steady_clock::now();
  server_->stop(5000);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  const auto reply = busy.read();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_TRUE(idle.is_closed());
  EXPECT_THROW(TestClient{server_->port()}, std::runtime_error);
}

TEST_F(ServerTest, CountsAndLogsCalls) {
  std::mutex mutex;
  std::vector<std::string> log;
  on(Method::get, "/api/v1/a/{id}", [](Call&) { return Reply::json("{}"); });
  setup_.on_done = [&](const Call&, std::string_view route, int status, std::int64_t) {
    std::lock_guard lock(mutex);
    log.push_back(std::string(route) + " " + std::to_string(status));
  };
  start();
  {
    TestClient client(port());
    client.get("/api/v1/a/7");
    client.get("/api/nothing");
    EXPECT_EQ(server_->counters().connections_open, 1u);
  }
  const auto counters = server_->counters();
  EXPECT_EQ(counters.calls, 2u);
  EXPECT_EQ(counters.errors_4xx, 1u);
  EXPECT_GT(counters.bytes_out, 500u);
  EXPECT_EQ(counters.latency.back().second, 2u);
  std::lock_guard lock(mutex);
  EXPECT_EQ(log, (std::vector<std::string>{"/api/v1/a/{id} 200", "(none) 404"}));
}

TEST_F(ServerTest, BelievesOnlyTrustedProxies) {
  on(Method::get, "/api/a",
     [](Call& call) { return Reply::text(call.remote + (call.secure ? " secure" : "")); });
  auto distrusting = setup_;
  distrusting.options.trusted_proxies = {"10.0.0.0/8"};
  const auto other = start_server(std::move(distrusting));
  start();
  const auto headers = "X-Forwarded-For: 6.6.6.6, 9.9.9.9\r\nX-Forwarded-Proto: https\r\n";
  const auto trusted = TestClient(port()).get("/api/a", headers);
  EXPECT_EQ(trusted.body, "9.9.9.9 secure");
  EXPECT_NE(trusted.header("Strict-Transport-Security"), "");
  EXPECT_EQ(TestClient(other->port()).get("/api/a", headers).body, "127.0.0.1");
}

TEST_F(ServerTest, TakesNoEncodedBody) {
  on(Method::post, "/api/a", [](Call& call) { return Reply::text(call.body); });
  start();
  TestClient client(port());
  const auto refused = client.call("POST", "/api/a", "{}", "Content-Encoding: gzip\r\n");
  EXPECT_EQ(refused.status, 415);
  EXPECT_NE(refused.body.find("net/encoded_body"), std::string::npos);
  const auto plain = client.call("POST", "/api/a", "{}", "Content-Encoding: identity\r\n");
  EXPECT_EQ(plain.body, "{}");
}

TEST_F(ServerTest, SaysWhichAddressIsTaken) {
  on(Method::get, "/api/a", [](Call&) { return Reply::json("{}"); });
  auto second = setup_;
  start();
  second.options.port = port();
  try {
    start_server(std::move(second));
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()).find("cannot listen on 127.0.0.1:"), 0u) << error.what();
  }
}

TEST_F(ServerTest, LimitsConnections) {
  on(Method::get, "/api/a", [](Call&) { return Reply::json("{}"); });
  setup_.options.connections_max = 2;
  start();
  TestClient one(port()), two(port());
  EXPECT_EQ(one.get("/api/a").status, 200);
  EXPECT_EQ(two.get("/api/a").status, 200);
  TestClient three(port());
  EXPECT_EQ(three.read().status, 503);
  EXPECT_EQ(one.get("/api/a").status, 200);
}

TEST_F(ServerTest, RefusesAPortInUse) {
  start();
  ServerSetup second;
  second.options.port = port();
  EXPECT_THROW(start_server(std::move(second)), std::runtime_error);
}

}  // namespace
}  // namespace fokus::net
