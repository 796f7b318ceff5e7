// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/embedded.hpp"
#include "net/call.hpp"

namespace fokus::net {

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8180;              // 0 = any free one, see Server::port()
  std::string certificate_file, key_file;  // both set: TLS 1.2+
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
  int io_threads = 0;  // 0 = one per core
  int fast_workers = 4;
  int slow_workers = 2;
  std::size_t header_max = 16 * 1024;
  std::size_t connections_max = 20000;
  std::size_t fast_queue_max = 1024;  // waiting calls; beyond it 503 with Retry-After
  std::size_t slow_queue_max = 256;
  int header_timeout_ms = 10'000;  // slow-loris
  int body_timeout_ms = 60'000;    // without progress
  // Slower than this on average, after the first body_timeout_ms, is not progress.
  std::size_t body_bytes_per_second_min = 1024;
  std::size_t bodies_bytes_max = 128 << 20;  // in memory, of all calls; beyond it 503
  int idle_timeout_ms = 75'000;
  std::size_t socket_queue_max = 1 << 20;  // bytes waiting on one WebSocket
  std::string spool_folder;                // for stream_body
};

// Counters for /metrics and the health page. Values since start.
struct ServerCounters {
  std::uint64_t calls = 0, errors_4xx = 0, errors_5xx = 0, connections_open = 0, sockets_open = 0;
  std::uint64_t refused_busy = 0, bytes_out = 0;
  // Upper bounds in microseconds and counts of calls at or below each (cumulative), last = +inf.
  std::vector<std::pair<double, std::uint64_t>> latency;
};

// The HTTP and WebSocket server. Routes are fixed once it runs. Exceptions of handlers are caught
// here: store::Failure that is transient becomes 503, anything else a 500 that shows only the call
// id. `on_exception` turns an exception into an Error when it can (the app knows the engines; net
// does not).
struct ServerSetup {
  ServerOptions options;
  std::vector<Route> routes;
  std::vector<SocketRoute> sockets;
  std::span<const EmbeddedFile>
      static_files;  // precompressed at start; index.html for unknown GETs outside /api
  // What the page may show in frames beside itself, as the policy writes it; asked for every page
  // on a network thread, so it must not block. None: nothing.
  std::function<std::string()> frame_sources = {};
  std::function<std::optional<Error>(const std::exception&)> on_exception;
  // Called after each call for the structured log: no personal data (no query, no body, no ids in
  // path beyond the route's pattern). Runs on a worker or a network thread, so it must not block.
  std::function<void(const Call&, std::string_view route, int status, std::int64_t micros)> on_done;
};

class Server {
 public:
  virtual ~Server() = default;  // stops
  virtual unsigned short port() const = 0;
  // Stops accepting, finishes running calls (at most `grace_ms`), closes sockets with 1001,
  // returns. A handler cannot be interrupted: one that runs longer than the grace is still waited
  // for.
  virtual void stop(int grace_ms = 10'000) = 0;
  virtual ServerCounters counters() const = 0;
  // Reads certificate and key anew; connections from now on get them, those that are open keep what
  // they have. Without TLS it does nothing. Throws std::runtime_error with the file and the reason
  // when they are not usable: the server goes on with what it had. Blocks on the files.
  virtual void reload_certificate() = 0;
};

// Starts listening before it returns. Throws std::runtime_error when the address, the port or the
// certificate is not usable, with the address or file and the reason.
std::unique_ptr<Server> start_server(ServerSetup setup);

}  // namespace fokus::net
