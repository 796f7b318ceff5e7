// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "net/server_testing.hpp"

namespace fokus::net {
namespace {

using namespace std::chrono_literals;

constexpr int text_frame = 1, close_frame = 8, ping_frame = 9, pong_frame = 10;

int close_code(const TestClient::Frame& frame) {
  if (frame.opcode != close_frame || frame.payload.size() < 2) return -1;
  return static_cast<unsigned char>(frame.payload[0]) << 8 |
         static_cast<unsigned char>(frame.payload[1]);
}

class SocketsTest : public ServerTest {
 protected:
  SocketsTest() {
    SocketRoute echo;
    echo.path = "/api/v1/events/{room}";
    echo.open = [this](Call& call, std::function<SocketEvents(std::shared_ptr<Socket>)>& accept)
        -> std::optional<Reply> {
      if (call.param("room") == "closed")
        return Reply::problem(make_error(ErrorKind::forbidden, "access/forbidden"), call.id);
      accept = [this](std::shared_ptr<Socket> socket) {
        SocketEvents events;
        events.message = [socket](std::string_view text) { socket->send(std::string(text)); };
        events.closed = [this] { ++closed_; };
        opened_.set_value(std::move(socket));
        return events;
      };
      return std::nullopt;
    };
    setup_.sockets.push_back(std::move(echo));
    setup_.options.socket_queue_max = 200'000;
  }
  void wait_closed() {
    for (int i = 0; i < 6000 && closed_ == 0; ++i) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(closed_, 1);
  }
  std::promise<std::shared_ptr<Socket>> opened_;
  std::atomic<int> closed_{0};
};

TEST_F(SocketsTest, RefusesFramesBeforeItsAnswerAndLogsThat) {
  std::promise<int> logged;
  setup_.on_done = [&](const Call&, std::string_view, int status, std::int64_t) {
    logged.set_value(status);
  };
  start();
  TestClient client(port());
  client.send(
      "GET /api/v1/events/one HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\n"
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x80\x01\x01\x01\x01");
  EXPECT_EQ(client.read().status, 400);
  EXPECT_EQ(logged.get_future().get(), 400);
}

TEST_F(SocketsTest, RefusesHandshakesInItsOwnWordsAndLogsThat) {
  std::vector<int> logged;
  setup_.options.io_threads = 1;  // which is then the only one that logs
  setup_.on_done = [&](const Call&, std::string_view, int status, std::int64_t) {
    logged.push_back(status);
  };
  start();
  const std::string version = "Sec-WebSocket-Version: 13\r\n";
  const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (const std::string& odd : {version, key, key + "Sec-WebSocket-Version: 7\r\n",
                                 version + "Sec-WebSocket-Key: c2hvcnQ=\r\n"}) {
    const auto reply = TestClient(port()).get(
        "/api/v1/events/one", "Connection: Upgrade\r\nUpgrade: websocket\r\n" + odd);
    EXPECT_EQ(reply.status, 400) << odd;
    EXPECT_NE(reply.body.find("net/malformed"), std::string::npos) << odd;
  }
  server_.reset();
  EXPECT_EQ(logged, std::vector<int>(4, 400));
}

TEST_F(SocketsTest, EchoesAndCloses) {
  start();
  TestClient client(port());
  const auto reply = client.upgrade("/api/v1/events/one");
  EXPECT_EQ(reply.status, 101);
  EXPECT_EQ(reply.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  client.send_frame(text_frame, "hello");
  EXPECT_EQ(client.read_frame().payload, "hello");
  client.send_frame(text_frame, std::string(60'000, 'x'));
  EXPECT_EQ(client.read_frame().payload.size(), 60'000u);
  client.send_frame(ping_frame, "p");
  EXPECT_EQ(client.read_frame().opcode, pong_frame);
  EXPECT_EQ(server_->counters().sockets_open, 1u);
  client.send_frame(close_frame, "\x03\xe8");
  EXPECT_EQ(close_code(client.read_frame()), 1000);
  wait_closed();
  EXPECT_FALSE(opened_.get_future().get()->send("late"));
  EXPECT_EQ(server_->counters().sockets_open, 0u);
}

TEST_F(SocketsTest, RefusesBeforeTheUpgrade) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.upgrade("/api/v1/events/closed").status, 403);
  const auto plain = client.get("/api/v1/events/one");
  EXPECT_EQ(plain.status, 426);
  EXPECT_EQ(plain.header("Upgrade"), "websocket");
}

TEST_F(SocketsTest, LimitsMessages) {
  start();
  TestClient client(port());
  client.upgrade("/api/v1/events/one");
  client.send_frame(text_frame, std::string(70'000, 'x'));
  EXPECT_EQ(close_code(client.read_frame()), 1009);
  wait_closed();
}

TEST_F(SocketsTest, RefusesWhatIsNotText) {
  start();
  TestClient client(port());
  client.upgrade("/api/v1/events/one");
  client.send_frame(text_frame, "\xff\xfe");
  EXPECT_EQ(close_code(client.read_frame()), 1007);
  wait_closed();
}

TEST_F(SocketsTest, PushesBackWhenTheClientIsSlow) {
  start();
  TestClient client(port(), 8 * 1024);
  client.upgrade("/api/v1/events/one");
  const auto socket = opened_.get_future().get();
  const std::string message(10'000, 'm');
  int sent = 0;
  bool refused = false;
  for (int i = 0; i < 5000 && !refused; ++i) {
    refused = !socket->send(message);
    if (!refused) ++sent;
    if (i % 20 == 0) std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(refused);
  EXPECT_LE(socket->queued_bytes(), 200'000u);
  for (int i = 0; i < sent; ++i) ASSERT_EQ(client.read_frame().payload.size(), message.size());
  for (int i = 0; i < 100 && socket->queued_bytes() > 0; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(socket->send("again"));
  EXPECT_EQ(client.read_frame().payload, "again");
  socket->close(4001, "enough");
  EXPECT_FALSE(socket->send("late"));
  const auto last = client.read_frame();
  EXPECT_EQ(close_code(last), 4001);
  EXPECT_EQ(last.payload.substr(2), "enough");
  wait_closed();
}

// Pings keep the line alive, and what is queued for the client would stay for ever.
TEST_F(SocketsTest, DropsAClientThatPingsAndNeverReads) {
  setup_.options.body_timeout_ms = 400;
  setup_.options.socket_queue_max = 20 << 20;
  start();
  TestClient client(port(), 8 * 1024);
  client.upgrade("/api/v1/events/one");
  const auto socket = opened_.get_future().get();
  const std::string message(100'000, 'm');
  while (socket->send(message)) {
  }
  for (int i = 0; i < 60 && closed_ == 0; ++i) {
    client.send_frame(pong_frame, "");
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(closed_, 1);
}

TEST_F(SocketsTest, PingsAndDropsTheSilent) {
  setup_.options.idle_timeout_ms = 400;
  start();
  TestClient client(port());
  client.upgrade("/api/v1/events/one");
  EXPECT_EQ(client.read_frame().opcode, ping_frame);  // never answered
  wait_closed();
}

TEST_F(SocketsTest, StopClosesWithGoingAway) {
  start();
  TestClient client(port());
  client.upgrade("/api/v1/events/one");
  const auto socket = opened_.get_future().get();
  auto stopping = std::async(std::launch::async, [&] { server_->stop(3000); });
  EXPECT_EQ(close_code(client.read_frame()), 1001);
  client.send_frame(close_frame, "\x03\xe9");
  stopping.get();
  EXPECT_EQ(closed_, 1);
  server_.reset();
  EXPECT_FALSE(socket->send("after the server"));
  socket->close(1000, "");
}

TEST_F(SocketsTest, StopDoesNotWaitForASilentClient) {
  start();
  TestClient client(port());
  client.upgrade("/api/v1/events/one");
  opened_.get_future().wait();  // the answer comes before the server has called for it
  const auto began = std::chrono::steady_clock::now();
  server_->stop(300);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  EXPECT_EQ(closed_, 1);
}

}  // namespace
}  // namespace fokus::net
