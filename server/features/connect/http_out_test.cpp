// SPDX-License-Identifier: Apache-2.0
// The client of outgoing calls against a server that misbehaves.
#include "platform/http_out.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <memory>

#include "features/connect/loopback_testing.hpp"

namespace fokus::outgoing {
namespace {

using connect::testing::Loopback;

constexpr const char* ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

std::string gzip(const std::string& plain) {
  z_stream stream{};
  constexpr int with_gzip_header = 15 + 16;
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, with_gzip_header, 8,
                         Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

class OutgoingCalls : public testing::Test {
 protected:
  OutgoingCalls() : http_(make(true)) {}

  // With or without the word of the operator that the loopback may be called.
  std::unique_ptr<HttpOut> make(bool may_be_private) {
    Options options;
    if (may_be_private) {
      const std::string port = std::to_string(server_.port());
      auto hosts = PrivateHosts::parse({"http://127.0.0.1:" + port});
      EXPECT_TRUE(hosts.ok());
      options.private_hosts = *hosts;
    }
    return make_http_out(std::move(options));
  }
  Request request(const std::string& path) {
    Request out;
    out.url = server_.url(path);
    out.hosts = {server_.host()};
    out.limits.total_ms = 10'000;
    out.limits.answer_bytes_max = 1 << 20;
    return out;
  }
  std::string failure(const Request& request) {
    return std::string(failure_name(http_->send(request).failure));
  }
  std::string failure(const std::string& path) { return failure(request(path)); }
  std::string first_request() {
    const auto all = server_.requests();
    return all.empty() ? std::string() : all.front();
  }

  Loopback server_;
  std::unique_ptr<HttpOut> http_;
};

TEST_F(OutgoingCalls, BringBackStatusHeadersAndBody) {
  server_.answer("/a", "HTTP/1.1 201 Made\r\nX-Tag: one\r\nX-Tag: two\r\n", "hello");
  auto call = request("/a?q=1");
  call.headers = {{"X-Sent", "yes"}};
  const auto out = http_->send(call);
  ASSERT_TRUE(out.ok()) << failure_name(out.failure);
  EXPECT_EQ(out.answer.status, 201);
  EXPECT_EQ(out.answer.body, "hello");
  EXPECT_EQ(out.answer.header("x-tag"), "one");
  EXPECT_FALSE(out.answer.header("x-other"));
  EXPECT_GT(out.bytes_out, 20);
  EXPECT_GT(out.bytes_in, 20);
  EXPECT_TRUE(first_request().starts_with("GET /a?q=1 HTTP/1.1\r\n")) << first_request();
  EXPECT_NE(first_request().find("\r\nX-Sent: yes\r\n"), std::string::npos);
  EXPECT_EQ(first_request().find("Cookie"), std::string::npos);
}

TEST_F(OutgoingCalls, SendABodyAsItIs) {
  server_.answer("/a", ok, "");
  for (const auto method : {Method::post, Method::put, Method::patch}) {
    auto call = request("/a");
    call.method = method;
    call.headers = {{"Content-Type", "application/json"}};
    call.body = std::string("{\"a\":\0}", 7);
    ASSERT_TRUE(http_->send(call).ok());
    const auto sent = server_.requests().back();
    EXPECT_TRUE(sent.starts_with(std::string(method_name(method)) + " /a "));
    EXPECT_TRUE(sent.ends_with(call.body));
    EXPECT_EQ(sent.find("Expect"), std::string::npos);
  }
}

TEST_F(OutgoingCalls, AreNotMadeToAPrivateAddress) {
  server_.answer("/a", ok, "secret");
  http_ = make(false);
  auto call = request("/a");
  EXPECT_EQ(failure(call), "scheme_refused");
  // With TLS the scheme is fine: it is the address that is looked at when it is connected to.
  call.url = "https://127.0.0.1:" + std::to_string(server_.port()) + "/a";
  EXPECT_EQ(failure(call), "address_refused");
  call.url = "https://[::1]:" + std::to_string(server_.port()) + "/a";
  call.hosts = {"[::1]:" + std::to_string(server_.port())};
  EXPECT_EQ(failure(call), "address_refused");
  EXPECT_TRUE(server_.requests().empty());
}

// What a name stands for is seen only when it is asked for.
TEST_F(OutgoingCalls, AreNotMadeToANameThatStandsForThisMachine) {
  server_.answer("/a", ok, "secret");
  auto call = request("/a");
  const std::string host = "localhost:" + std::to_string(server_.port());
  call.url = "https://" + host + "/a";
  call.hosts = {host};
  EXPECT_EQ(failure(call), "address_refused");
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(OutgoingCalls, GoOnlyWhereTheListSaysSo) {
  server_.answer("/a", ok, "");
  auto call = request("/a");
  call.hosts = {"127.0.0.1"};  // another port
  EXPECT_EQ(failure(call), "host_refused");
  call.hosts = {};
  EXPECT_EQ(failure(call), "host_refused");
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(OutgoingCalls, AreRefusedWhenTheyCannotBeSaidCleanly) {
  server_.answer("/a", ok, "");
  const auto with = [&](Header header) {
    auto call = request("/a");
    call.headers = {std::move(header)};
    return failure(call);
  };
  EXPECT_EQ(with({"X-A", "one\r\nX-B: two"}), "bad_request");
  EXPECT_EQ(with({"X-A", "one\nX-B: two"}), "bad_request");
  EXPECT_EQ(with({"X-A", std::string("one\0two", 7)}), "bad_request");
  EXPECT_EQ(with({"X-A: b\r\nX-C", "d"}), "bad_request");
  EXPECT_EQ(with({"", "d"}), "bad_request");
  EXPECT_EQ(with({"Host", "other.example"}), "bad_request");
  EXPECT_EQ(with({"Content-Length", "0"}), "bad_request");
  EXPECT_EQ(with({"Transfer-Encoding", "chunked"}), "bad_request");
  auto call = request("/a");
  call.url = "http://user:secret@" + server_.host() + "/a";
  EXPECT_EQ(failure(call), "bad_request");
  call.url = server_.url("/a") + "\r\nX-B: two";
  EXPECT_EQ(failure(call), "bad_request");
  call = request("/a");
  call.body = "in a GET";
  EXPECT_EQ(failure(call), "bad_request");
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(OutgoingCalls, FollowRedirectsThatTheListHas) {
  server_.answer("/a", "HTTP/1.1 302 Found\r\nLocation: /b\r\n", "moved");
  server_.answer("/b", ok, "here");
  auto call = request("/a");
  EXPECT_EQ(http_->send(call).answer.status, 302);  // not followed unless asked for
  call.limits.redirects_max = 1;
  const auto out = http_->send(call);
  ASSERT_TRUE(out.ok()) << failure_name(out.failure);
  EXPECT_EQ(out.answer.body, "here");
  EXPECT_EQ(out.answer.url, server_.url("/b"));
  // A POST is not sent anywhere else.
  call.method = Method::post;
  EXPECT_EQ(http_->send(call).answer.status, 302);
}

TEST_F(OutgoingCalls, DoNotFollowRedirectsElsewhere) {
  auto call = request("/a");
  call.limits.redirects_max = 5;
  const auto redirected = [&](const std::string& location) {
    server_.answer("/a", "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n", "");
    return failure(call);
  };
  EXPECT_EQ(redirected("https://elsewhere.example/"), "host_refused");
  EXPECT_EQ(redirected("http://169.254.169.254/latest/meta-data/"), "host_refused");
  EXPECT_EQ(redirected("file:///etc/passwd"), "broken");
  EXPECT_EQ(redirected("/a"), "too_many_redirects");
  // Listed, and private all the same: the operator allowed one port, this is another.
  call.hosts.push_back("127.0.0.1:1");
  EXPECT_EQ(redirected("https://127.0.0.1:1/"), "address_refused");
  EXPECT_EQ(redirected("http://127.0.0.1:1/"), "scheme_refused");
}

TEST_F(OutgoingCalls, TakeNoSecretAlongToAnotherHost) {
  Loopback other;
  other.answer("/b", ok, "here");
  server_.answer("/a", "HTTP/1.1 302 Found\r\nLocation: " + other.url("/b") + "\r\n", "");
  Options options;
  options.private_hosts =
      *PrivateHosts::parse({"http://" + server_.host(), "http://" + other.host()});
  http_ = make_http_out(std::move(options));
  auto call = request("/a");
  call.hosts.push_back(other.host());
  call.limits.redirects_max = 1;
  call.headers = {{"Authorization", "Bearer key", true}, {"Accept", "text/plain"}};
  ASSERT_TRUE(http_->send(call).ok());
  EXPECT_NE(first_request().find("Bearer key"), std::string::npos);
  const auto there = other.requests();
  ASSERT_EQ(there.size(), 1u);
  EXPECT_EQ(there[0].find("Bearer key"), std::string::npos);
  EXPECT_NE(there[0].find("Accept: text/plain"), std::string::npos);
}

TEST_F(OutgoingCalls, EndWhenTheAnswerIsTooLarge) {
  const auto endless = [](Loopback& server, int connection, const std::string&) {
    const std::string piece(64 * 1024, 'x');
    Loopback::write(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    // 50 MB, unless somebody has had enough.
    for (int i = 0; i < 800 && !server.ends() && Loopback::write(connection, piece); ++i) {
    }
  };
  server_.on("/unsaid", endless);
  EXPECT_EQ(failure("/unsaid"), "too_large");
  server_.on("/said", [](Loopback&, int connection, const std::string&) {
    Loopback::write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n");
  });
  EXPECT_EQ(failure("/said"), "too_large");
  server_.on("/headers", [](Loopback&, int connection, const std::string&) {
    Loopback::write(connection, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 5'000; ++i)
      if (!Loopback::write(connection,
                           "X-" + std::to_string(i) + ": " + std::string(100, 'x') + "\r\n"))
        return;
  });
  EXPECT_EQ(failure("/headers"), "too_large");
}

TEST_F(OutgoingCalls, UnpackAnAnswerButNoBomb) {
  const std::string packed_head = std::string(ok) + "Content-Encoding: gzip\r\n";
  server_.answer("/small", packed_head, gzip("a few words"));
  EXPECT_EQ(http_->send(request("/small")).answer.body, "a few words");
  const auto bomb = gzip(std::string(50 << 20, '\0'));
  EXPECT_LT(bomb.size(), 100'000u);
  server_.answer("/bomb", packed_head, bomb);
  EXPECT_EQ(failure("/bomb"), "too_large");
  server_.answer("/broken", packed_head, "no gzip at all");
  EXPECT_EQ(failure("/broken"), "broken");
}

TEST_F(OutgoingCalls, EndWhenNobodyAnswersInTime) {
  const auto waits = [](Loopback& server, int connection, const std::string&) {
    while (!server.ends() && !Loopback::waits(connection, 20)) {
    }
  };
  server_.on("/never", waits);
  auto call = request("/never");
  call.limits.total_ms = 200;
  EXPECT_EQ(failure(call), "timeout");
  server_.on("/drop", [](Loopback& server, int connection, const std::string&) {
    Loopback::write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (!server.ends() && !Loopback::waits(connection, 20) && Loopback::write(connection, "x")) {
    }
  });
  call = request("/drop");
  call.limits.total_ms = 200;
  EXPECT_EQ(failure(call), "timeout");
}

TEST_F(OutgoingCalls, SayWhyThereIsNoAnswer) {
  server_.on("/rude", [](Loopback&, int connection, const std::string&) {
    Loopback::write(connection, "SSH-2.0-OpenSSH_9.2\r\n");
  });
  server_.on("/short", [](Loopback&, int connection, const std::string&) {
    Loopback::write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
  });
  server_.on("/nothing", [](Loopback&, int, const std::string&) {});
  EXPECT_EQ(failure("/rude"), "broken");
  EXPECT_EQ(failure("/short"), "broken");
  EXPECT_EQ(failure("/nothing"), "broken");
  // The port speaks no TLS.
  auto call = request("/a");
  call.url = "https://" + server_.host() + "/a";
  EXPECT_EQ(failure(call), "tls");
}

TEST_F(OutgoingCalls, GiveABodyInPieces) {
  server_.answer("/a", ok, std::string(200'000, 'x'));
  auto call = request("/a");
  std::size_t got = 0;
  call.sink = [&](std::string_view piece) { return got += piece.size(), true; };
  const auto out = http_->send(call);
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(got, 200'000u);
  EXPECT_TRUE(out.answer.body.empty());
  call.sink = [](std::string_view) { return false; };
  EXPECT_EQ(failure(call), "stopped");
  call.sink = [](std::string_view) -> bool { throw std::runtime_error("disk"); };
  EXPECT_THROW(http_->send(call), std::runtime_error);
  // What is said instead of a file does not go into it.
  server_.answer("/gone", "HTTP/1.1 410 Gone\r\n", "why");
  call = request("/gone");
  call.sink = [](std::string_view) -> bool { throw std::runtime_error("not asked"); };
  const auto gone = http_->send(call);
  EXPECT_EQ(gone.answer.status, 410);
  EXPECT_EQ(gone.answer.body, "why");
}

TEST_F(OutgoingCalls, StopWhenTheyAreToldTo) {
  server_.on("/never", [](Loopback& server, int connection, const std::string&) {
    while (!server.ends() && !Loopback::waits(connection, 20)) {
    }
  });
  auto call = request("/never");
  call.should_stop = [] { return true; };
  EXPECT_EQ(failure(call), "stopped");
}

// A call must leave nothing behind in the handle that the next one gets.
TEST_F(OutgoingCalls, DoNotDependOnTheOneBefore) {
  server_.answer("/a", ok, "one");
  auto call = request("/a");
  call.method = Method::post;
  call.body = "sent";
  call.headers = {{"X-A", "b"}};
  ASSERT_TRUE(http_->send(call).ok());
  ASSERT_TRUE(http_->send(request("/a")).ok());
  const auto last = server_.requests().back();
  EXPECT_TRUE(last.starts_with("GET /a "));
  EXPECT_EQ(last.find("X-A"), std::string::npos);
  EXPECT_EQ(last.find("sent"), std::string::npos);
}

}  // namespace
}  // namespace fokus::outgoing
