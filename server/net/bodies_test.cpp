// SPDX-License-Identifier: Apache-2.0
// Replies: compression, files, ranges, streams, the web UI.
#include <zlib.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "net/server_testing.hpp"

namespace fokus::net {
namespace {

using namespace std::chrono_literals;

std::string gunzip(const std::string& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(20'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(whole ? stream.total_out : 0);
  inflateEnd(&stream);
  return out;
}

class BodiesTest : public ServerTest {};

TEST_F(BodiesTest, CompressesLargeText) {
  const std::string text(5000, 'a');
  on(Method::get, "/api/large", [&](Call&) { return Reply::text(text); });
  on(Method::get, "/api/small", [](Call&) { return Reply::text(std::string(100, 'a')); });
  on(Method::get, "/api/raw", [&](Call&) {
    auto reply = Reply::text(text);
    reply.compressible = false;
    return reply;
  });
  start();
  TestClient client(port());
  auto reply = client.get("/api/large", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(reply.header("Content-Encoding"), "gzip");
  EXPECT_EQ(reply.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(gunzip(reply.body), text);
  reply = client.get("/api/large", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(reply.header("Content-Encoding"), "br");
  EXPECT_LT(reply.body.size(), 100u);
  EXPECT_EQ(client.get("/api/large").body, text);
  EXPECT_EQ(client.get("/api/small", "Accept-Encoding: gzip\r\n").body.size(), 100u);
  EXPECT_EQ(client.get("/api/raw", "Accept-Encoding: gzip\r\n").body, text);
}

TEST_F(BodiesTest, AnswersNotModified) {
  on(Method::get, "/api/a", [](Call&) {
    auto reply = Reply::json("{}");
    reply.header("ETag", "\"5\"");
    return reply;
  });
  start();
  TestClient client(port());
  EXPECT_EQ(client.get("/api/a", "If-None-Match: \"4\"\r\n").status, 200);
  const auto reply = client.get("/api/a", "If-None-Match: W/\"5\"\r\n");
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(reply.header("ETag"), "\"5\"");
  EXPECT_EQ(client.get("/api/a").body, "{}");
}

TEST_F(BodiesTest, SendsFilesAndRanges) {
  std::string content;
  for (int i = 0; i < 300'000; ++i) content += static_cast<char>('a' + i % 23);
  std::ofstream(folder_ / "file", std::ios::binary) << content;
  on(Method::get, "/api/file", [&](Call&) {
    Reply reply;
    reply.type = "application/pdf";
    reply.file = folder_ / "file";
    return reply;
  });
  on(Method::get, "/api/missing", [&](Call&) {
    Reply reply;
    reply.file = folder_ / "nothing";
    return reply;
  });
  start();
  TestClient client(port());
  auto reply = client.get("/api/file");
  EXPECT_EQ(reply.body, content);
  EXPECT_EQ(reply.header("Accept-Ranges"), "bytes");
  const auto etag = reply.header("ETag");
  reply = client.get("/api/file", "Range: bytes=100000-199999\r\n");
  EXPECT_EQ(reply.status, 206);
  EXPECT_EQ(reply.header("Content-Range"), "bytes 100000-199999/300000");
  EXPECT_EQ(reply.body, content.substr(100'000, 100'000));
  reply = client.get("/api/file", "Range: bytes=300000-\r\n");
  EXPECT_EQ(reply.status, 416);
  EXPECT_EQ(reply.header("Content-Range"), "bytes */300000");
  EXPECT_EQ(client.get("/api/file", "Range: bytes=1-2\r\nIf-Range: \"old\"\r\n").status, 200);
  EXPECT_EQ(client.get("/api/file", "Range: bytes=1-2\r\nIf-Range: " + etag + "\r\n").body, "bc");
  EXPECT_EQ(client.get("/api/file", "If-None-Match: " + etag + "\r\n").status, 304);
  EXPECT_EQ(client.call("HEAD", "/api/file", "").header("Content-Length"), "300000");
  EXPECT_EQ(client.get("/api/missing").status, 404);
}

TEST_F(BodiesTest, SlowClientDoesNotHoldTheWorker) {
  constexpr int pieces = 400;
  std::string all;
  for (int i = 0; i < pieces; ++i) all += std::string(50'000, static_cast<char>('a' + i % 26));
  std::atomic<int> written{0};
  on(Method::get, "/api/stream", [&](Call&) {
    Reply reply;
    reply.type = "application/octet-stream";
    reply.stream = [&](const std::function<bool(std::string_view)>& write) {
      for (int i = 0; i < pieces; ++i)
        if (write(std::string_view(all).substr(50'000u * i, 50'000))) ++written;
    };
    return reply;
  });
  start();
  TestClient client(port(), 16 * 1024);
  client.send("GET /api/stream HTTP/1.1\r\nHost: t\r\n\r\n");
  for (int i = 0; i < 500 && written < pieces; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(written, pieces);  // the client has read nothing yet
  EXPECT_TRUE(client.read().body == all);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(BodiesTest, RefusesAnUploadBeforeItsBodyIsKept) {
  std::atomic<int> handled{0};
  auto& route = on(Method::post, "/api/upload", [&](Call&) {
    ++handled;
    return Reply::no_content();
  });
  route.stream_body = true;
  route.body_max = 100 << 20;
  route.admit = [](Call& call) -> std::optional<Reply> {
    if (call.header("X-Key")) return std::nullopt;
    return Reply::problem(make_error(ErrorKind::unauthenticated, "test/unknown"), call.id);
  };
  start();
  TestClient client(port());
  client.send(
      "POST /api/upload HTTP/1.1\r\nHost: t\r\nContent-Length: 50000000\r\n\r\nonly a little");
  EXPECT_EQ(client.read().status, 401);  // without waiting for the rest
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
  TestClient known(port());
  known.send("POST /api/upload HTTP/1.1\r\nHost: t\r\nX-Key: 1\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(known.read().status, 204);
  EXPECT_EQ(handled, 1);
}

TEST_F(BodiesTest, StreamsToASlowClientWithBackPressure) {
  setup_.options.spool_folder.clear();  // nowhere to put what the client has not taken
  constexpr int pieces = 400;
  const std::string piece(50'000, 's');
  std::atomic<int> written{0};
  on(Method::get, "/api/stream", [&](Call&) {
    Reply reply;
    reply.type = "application/octet-stream";
    reply.stream = [&](const std::function<bool(std::string_view)>& write) {
      for (int i = 0; i < pieces && write(piece); ++i) ++written;
    };
    return reply;
  });
  start();
  TestClient client(port(), 16 * 1024);
  client.send("GET /api/stream HTTP/1.1\r\nHost: t\r\n\r\n");
  std::this_thread::sleep_for(300ms);
  EXPECT_LT(written, pieces);  // the worker waits for the client
  const auto reply = client.read();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body.size(), piece.size() * pieces);
  EXPECT_EQ(written, pieces);
  EXPECT_EQ(client.get("/api/none").status, 404);  // the connection lives
}

TEST_F(BodiesTest, TellsTheStreamThatTheClientHasGone) {
  std::atomic<bool> refused{false};
  on(Method::get, "/api/stream", [&](Call&) {
    Reply reply;
    reply.stream = [&](const std::function<bool(std::string_view)>& write) {
      const std::string piece(100'000, 's');
      while (write(piece)) {
      }
      refused = true;
    };
    return reply;
  });
  start();
  {
    TestClient client(port());
    client.send("GET /api/stream HTTP/1.1\r\nHost: t\r\n\r\n");
    client.read_some();
  }
  for (int i = 0; i < 3000 && !refused; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(refused);
}

TEST_F(BodiesTest, CompressesStreamsAndCutsFailedOnes) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + ";";
  on(Method::get, "/api/csv", [&](Call&) {
    Reply reply;
    reply.type = "text/csv";
    reply.stream = [&](const std::function<bool(std::string_view)>& write) { write(text); };
    return reply;
  });
  on(Method::get, "/api/broken", [](Call&) {
    Reply reply;
    reply.stream = [](const std::function<bool(std::string_view)>& write) {
      write("half");
      throw std::runtime_error("lost");
    };
    return reply;
  });
  start();
  TestClient client(port());
  const auto reply = client.get("/api/csv", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(reply.header("Content-Encoding"), "gzip");
  EXPECT_EQ(gunzip(reply.body), text);
  EXPECT_EQ(client.get("/api/csv", "Accept-Encoding: br, gzip;q=0\r\n").body, text);
  EXPECT_EQ(client.get("/api/broken").status, 0);  // no end of the body
  TestClient old(port());
  old.send("GET /api/csv HTTP/1.0\r\n\r\n");
  std::string all;
  for (std::string some; !(some = old.read_some()).empty();) all += some;
  EXPECT_TRUE(all.ends_with(text.substr(text.size() - 1000)));
  EXPECT_EQ(all.find("chunked"), std::string::npos);
}

constexpr std::string_view index_text = "<html><style nonce=\"__NONCE__\"></style></html>";

class UiTest : public ServerTest {
 protected:
  UiTest() {
    setup_.static_files = files_;
    setup_.frame_sources = [this] {
      return std::string(has_frames_ ? "https://wiki.example https://*.maps.example" : "");
    };
    on(Method::post, "/api/v1/a", [](Call&) { return Reply::json("{}"); });
    start();
  }
  ~UiTest() override { server_.reset(); }  // before the files that it serves
  std::atomic<bool> has_frames_ = false;
  const std::string script_ = "let a = 1;" + std::string(50'000, ' ');
  const std::array<EmbeddedFile, 3> files_ = {
      EmbeddedFile{"index.html", index_text},
      EmbeddedFile{"assets/app-12.js", script_},
      EmbeddedFile{"favicon.ico", "icon"},
  };
};

TEST_F(UiTest, ServesAssetsForever) {
  TestClient client(port());
  auto reply = client.get("/assets/app-12.js");
  EXPECT_EQ(reply.body, script_);
  EXPECT_EQ(reply.header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(reply.header("Cache-Control"), "public, max-age=31536000, immutable");
  const auto etag = reply.header("ETag");
  EXPECT_EQ(client.get("/assets/app-12.js", "If-None-Match: " + etag + "\r\n").status, 304);
  EXPECT_EQ(client.get("/favicon.ico").header("Cache-Control"), "no-cache");
  for (int i = 0; i < 200; ++i) {  // packed in the background
    reply = client.get("/assets/app-12.js", "Accept-Encoding: gzip\r\n");
    if (!reply.header("Content-Encoding").empty()) break;
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(gunzip(reply.body), script_);
  EXPECT_EQ(client.get("/assets/app-12.js", "Accept-Encoding: br\r\n").header("Content-Encoding"),
            "br");
}

TEST_F(UiTest, GivesUnknownPagesTheIndexWithAFreshNonce) {
  TestClient client(port());
  const auto one = client.get("/companies/7"), two = client.get("/");
  EXPECT_EQ(one.status, 200);
  EXPECT_EQ(one.header("Cache-Control"), "no-cache");
  EXPECT_EQ(one.body.find("__NONCE__"), std::string::npos);
  EXPECT_NE(one.body, two.body);
  const auto nonce = one.body.substr(one.body.find("nonce=\"") + 7, 32);
  EXPECT_NE(one.header("Content-Security-Policy").find("'nonce-" + nonce + "'"), std::string::npos);
  EXPECT_EQ(client.call("HEAD", "/x", "").status, 200);
}

TEST_F(UiTest, FramesWhatTheHouseSaysByThen) {
  TestClient client(port());
  const auto policy = [&] { return client.get("/").header("Content-Security-Policy"); };
  EXPECT_TRUE(policy().ends_with("; frame-src 'self'")) << policy();
  has_frames_ = true;
  EXPECT_TRUE(policy().ends_with("; frame-src 'self' https://wiki.example https://*.maps.example"))
      << policy();
}

TEST_F(UiTest, KeepsReservedPathsApart) {
  TestClient client(port());
  for (const char* path :
       {"/api/v1/none", "/api", "/healthz", "/readyz", "/metrics", "/dav/x", "/assets/gone.js"})
    EXPECT_EQ(client.get(path).status, 404) << path;
  EXPECT_EQ(client.get("/apis").status, 200);
  EXPECT_EQ(client.get("/api/v1/a").status, 405);
  EXPECT_EQ(client.call("POST", "/companies", "x").status, 404);
  for (const char* path : {"/companies/7", "/favicon.ico"}) {
    const auto reply = client.call("OPTIONS", path, "");
    EXPECT_EQ(reply.status, 204) << path;
    EXPECT_EQ(reply.header("Allow"), "GET, HEAD, OPTIONS") << path;
  }
  EXPECT_EQ(client.call("OPTIONS", "/api/v1/none", "").status, 404);
}

}  // namespace
}  // namespace fokus::net
