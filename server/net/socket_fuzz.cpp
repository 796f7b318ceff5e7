// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: what a client sends over an open WebSocket. Whatever it is: messages stay
// within their limit, the server answers with whole, unmasked frames only, and says once that it is
// over.
#include "net/asio_setup.hpp"

#include <cstdint>

#include "base/text.hpp"
#include "net/wired_testing.hpp"

using namespace fokus;
using namespace fokus::net;

namespace {

constexpr std::string_view upgrade =
    "GET /api/events HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
constexpr std::size_t message_bytes_max = 64 * 1024;
constexpr std::string_view next_piece = "\xFE\xFE";  // in an input: what follows comes later
constexpr int pieces_max = 8;

int opened = 0, ended = 0;  // on the calling thread only, which drives the loop

std::optional<Reply> open_socket(Call&,
                                 std::function<SocketEvents(std::shared_ptr<Socket>)>& accept) {
  accept = [](std::shared_ptr<Socket> socket) {
    ++opened;
    socket->send("hello");
    return SocketEvents{[socket](std::string_view message) {
                          CHECK(message.size() <= message_bytes_max);
                          socket->send(std::to_string(message.size()));
                          if (message == "bye") socket->close(4000, "bye");
                        },
                        [] { ++ended; }};
  };
  return std::nullopt;
}

ServerSetup make_setup() {
  ServerSetup setup;
  setup.options.fast_workers = setup.options.slow_workers = 1;
  setup.sockets = {{"/api/events", open_socket}};
  return setup;
}

// Frames of a server: not fragmented, not masked, none announced longer than it is.
void check_frames(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    CHECK(at < text.size());
    return static_cast<unsigned char>(text[at]);
  };
  for (std::size_t size; !text.empty(); text.remove_prefix(size)) {
    const int opcode = byte(0) & 0x0f;
    CHECK((byte(0) & 0xf0) == 0x80 && (opcode == 1 || opcode >= 8) && opcode <= 10);
    CHECK(byte(1) <= 125);  // nothing that is sent here is longer; the mask bit is not set
    size = 2u + byte(1);
    CHECK(size <= text.size());
    if (opcode == 1) CHECK(is_clean_utf8(text.substr(2, size - 2)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static auto& server = *new net::testing::WiredServer(make_setup());
  std::string_view input(reinterpret_cast<const char*>(bytes), size);
  opened = ended = 0;
  net::testing::Wire wire(server);
  wire.send(upgrade);
  while (!wire.received.ends_with("\x05hello")) wire.send("");
  for (int piece = 1; !input.empty(); ++piece) {
    const auto end = piece < pieces_max ? input.find(next_piece) : input.npos;
    wire.send(input.substr(0, end));
    input.remove_prefix(end == input.npos ? input.size() : end + next_piece.size());
  }
  wire.finish();
  CHECK(opened == 1 && ended == 1 && server.core.counters.sockets_open == 0);
  CHECK(wire.received.starts_with("HTTP/1.1 101 "));
  check_frames(std::string_view(wire.received).substr(wire.received.find("\r\n\r\n") + 4));
  return 0;
}
