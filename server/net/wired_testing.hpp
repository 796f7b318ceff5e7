// SPDX-License-Identifier: Apache-2.0
// For fuzz targets: connections of the real server over socket pairs, driven by the calling thread,
// so that a run needs no port, no timer and no second guess about what has been read.
#pragma once
#include "net/asio_setup.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "net/exchange.hpp"
#include "net/loop.hpp"
#include "net/session.hpp"

namespace fokus::net::testing {

class WiredServer {
 public:
  explicit WiredServer(ServerSetup setup) : core(std::move(setup)) {}

  // Moves what is ready; returns when nothing has happened for a moment.
  void settle() {
    while (loop.io.run_one_for(quiet) > 0) {
    }
  }
  bool is_serving() const { return core.counters.connections_open > 0; }

  Core core;
  // Never started: it has no thread, and its deadlines never pass.
  Loop loop{std::chrono::hours(1)};

 private:
  static constexpr auto quiet = std::chrono::microseconds(100);
};

// The client's end of one connection. It ends with the object, and so does the server's.
class Wire {
 public:
  explicit Wire(WiredServer& server) : server_(server) {
    int ends[2];
    CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    ours_ = ends[0];
    TcpSocket socket(server_.loop.executor());
    socket.assign(tcp::v4(), ends[1]);
    start_session(server_.core, server_.loop, std::move(socket), nullptr,
                  Slot(server_.core.counters.connections_open));
  }
  ~Wire() {
    finish();
    ::close(ours_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // False when the server has closed.
  bool send(std::string_view bytes) {
    const bool sent = bytes.empty() || ::send(ours_, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
    server_.settle();
    take();
    return sent;
  }

  // Says that nothing more comes, and waits until the server has ended the connection as well.
  void finish() {
    ::shutdown(ours_, SHUT_WR);
    const auto last = std::chrono::steady_clock::now() + patience;
    while (server_.is_serving()) {
      CHECK(std::chrono::steady_clock::now() < last);
      server_.loop.io.run_one_for(std::chrono::milliseconds(1));
      take();
    }
    take();
  }

  std::string received;

 private:
  static constexpr auto patience = std::chrono::seconds(8);

  void take() {
    char piece[65536];
    for (ssize_t size; (size = ::recv(ours_, piece, sizeof piece, 0)) > 0;)
      received.append(piece, static_cast<std::size_t>(size));
  }

  WiredServer& server_;
  int ours_ = -1;
};

}  // namespace fokus::net::testing
