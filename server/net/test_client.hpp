// SPDX-License-Identifier: Apache-2.0
// A client for tests that sends exactly the bytes it is told, over loopback.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "net/headers.hpp"
#include "net/server.hpp"

namespace fokus::net {

struct ClientReply {
  int status = 0;  // 0: the connection ended before a whole reply came
  Headers headers;
  std::string body;
  std::string header(std::string_view name) const {
    return std::string(find_header(headers, name).value_or(""));
  }
};

class TestClient {
 public:
  explicit TestClient(unsigned short port, int receive_buffer_bytes = 0);
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  bool send(std::string_view bytes);
  // Reads one reply (skipping 100 Continue unless asked for); waits at most a minute.
  ClientReply read(bool is_head = false, bool keep_continue = false);
  std::string read_some(std::size_t bytes_max = 65536);  // empty: closed or nothing came
  std::string read_exactly(std::size_t bytes);
  bool is_closed();  // nothing more comes
  ClientReply get(std::string_view path, std::string_view more_headers = "");
  ClientReply call(std::string_view method, std::string_view path, std::string_view body,
                   std::string_view more_headers = "");

  // Frames of a WebSocket, masked as a client must.
  ClientReply upgrade(std::string_view path);
  bool send_frame(int opcode, std::string_view payload);
  struct Frame {
    int opcode = -1;
    std::string payload;
  };
  Frame read_frame();

 private:
  bool fill();
  bool read_line(std::string& line);
  int socket_ = -1;
  std::string buffer_;
};

Route make_route(Method method, std::string path, std::function<Reply(Call&)> handler);

}  // namespace fokus::net
