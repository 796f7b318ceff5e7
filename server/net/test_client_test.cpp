// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <stdexcept>

#include "base/text.hpp"
#include "net/test_client.hpp"

namespace fokus::net {

namespace {
constexpr int wait_s = 60;  // more than an answer takes on a machine that does other things as well
}

TestClient::TestClient(unsigned short port, int receive_buffer_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer_bytes > 0)
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof(int));
  const timeval wait{wait_s, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  sockaddr_in end{};
  end.sin_family = AF_INET;
  end.sin_port = htons(port);
  end.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&end), sizeof end) != 0)
    throw std::runtime_error("connect");
}

TestClient::~TestClient() {
  ::close(socket_);
}

bool TestClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool TestClient::fill() {
  char room[65536];
  const auto got = ::recv(socket_, room, sizeof room, 0);
  if (got <= 0) return false;
  buffer_.append(room, static_cast<std::size_t>(got));
  return true;
}

std::string TestClient::read_some(std::size_t bytes_max) {
  if (buffer_.empty()) fill();
  auto some = buffer_.substr(0, bytes_max);
  buffer_.erase(0, some.size());
  return some;
}

std::string TestClient::read_exactly(std::size_t bytes) {
  while (buffer_.size() < bytes)
    if (!fill()) return {};
  auto all = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return all;
}

bool TestClient::is_closed() {
  if (!buffer_.empty()) return false;
  char byte;
  return ::recv(socket_, &byte, 1, MSG_PEEK) == 0;
}

bool TestClient::read_line(std::string& line) {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos)
    if (!fill()) return false;
  line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return true;
}

ClientReply TestClient::read(bool is_head, bool keep_continue) {
  ClientReply reply;
  std::string line;
  if (!read_line(line) || line.size() < 12) return {};
  const int status = std::stoi(line.substr(9, 3));
  while (read_line(line) && !line.empty()) {
    const auto colon = line.find(": ");
    reply.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  if (status == 100 && !keep_continue) return read(is_head);
  if (!is_head && reply.header("Transfer-Encoding") == "chunked") {
    for (;;) {
      if (!read_line(line)) return {};
      const auto size = std::stoul(line, nullptr, 16);
      const auto piece = read_exactly(size + 2);
      if (piece.size() != size + 2) return {};
      if (size == 0) break;
      reply.body += piece.substr(0, size);
    }
  } else if (!is_head && !reply.header("Content-Length").empty()) {
    const auto size = std::stoul(reply.header("Content-Length"));
    reply.body = read_exactly(size);
    if (reply.body.size() != size) return {};
  }
  reply.status = status;
  return reply;
}

ClientReply TestClient::get(std::string_view path, std::string_view more_headers) {
  return call("GET", path, "", more_headers);
}

ClientReply TestClient::call(std::string_view method, std::string_view path, std::string_view body,
                             std::string_view more_headers) {
  std::string text(method);
  text.append(" ").append(path).append(" HTTP/1.1\r\nHost: test\r\n").append(more_headers);
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  text += body;
  send(text);
  return read(method == "HEAD");
}

ClientReply TestClient::upgrade(std::string_view path) {
  return get(path,
             "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

bool TestClient::send_frame(int opcode, std::string_view payload) {
  std::string frame(1, static_cast<char>(0x80 | opcode));
  const auto size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(0x80 | size);
  } else {
    frame += static_cast<char>(0x80 | (size > 65535 ? 127 : 126));
    for (int shift = size > 65535 ? 56 : 8; shift >= 0; shift -= 8)
      frame += static_cast<char>((size >> shift) & 0xff);
  }
  frame.append(4, '\0');  // a mask of zeros leaves the payload as it is
  frame += payload;
  return send(frame);
}

TestClient::Frame TestClient::read_frame() {
  const auto start = read_exactly(2);
  if (start.size() != 2) return {};
  std::uint64_t size = start[1] & 0x7f;
  if (size >= 126) {
    const auto more = read_exactly(size == 126 ? 2 : 8);
    size = 0;
    for (unsigned char byte : more) size = size << 8 | byte;
  }
  return {start[0] & 0x0f, read_exactly(size)};
}

Route make_route(Method method, std::string path, std::function<Reply(Call&)> handler) {
  Route route;
  route.method = method;
  route.path = std::move(path);
  route.handler = std::move(handler);
  return route;
}

}  // namespace fokus::net
