// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "net/counters.hpp"
#include "net/outgoing.hpp"
#include "net/proxies.hpp"
#include "net/router.hpp"
#include "net/server.hpp"
#include "net/spool.hpp"
#include "net/static_files.hpp"
#include "net/workers.hpp"

namespace fokus::net {

// Bytes of one body in memory, counted with those of all others; given back with the object.
class BodyShare {
 public:
  BodyShare() = default;
  BodyShare(const BodyShare&) = delete;
  BodyShare& operator=(const BodyShare&) = delete;
  ~BodyShare() {
    if (all_) *all_ -= counted_;
  }
  // False when all together would be more than `max`. The first few bytes are not counted, so that
  // clients who hold large bodies open never keep the small calls of others out.
  bool take(std::atomic<std::size_t>& all, std::size_t bytes, std::size_t max);

 private:
  std::atomic<std::size_t>* all_ = nullptr;
  std::size_t bytes_ = 0, counted_ = 0;
};

// What all connections share; outlives them and the worker threads.
struct Core {
  explicit Core(ServerSetup given);  // throws std::runtime_error when routes contradict each other

  ServerSetup setup;
  Router routes, sockets;
  StaticFiles files;
  ProxyTrust proxies;
  Counters counters;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> body_bytes{0};  // of bodies in memory
  WorkerPool disk;  // reads and writes of files, so that a slow disk never holds a network thread
  WorkerPool fast, slow, hashing, outside;

  WorkerPool& lane(Lane lane);
};

// One call on its way through the server: filled by the network thread, answered by a worker.
struct Exchange {
  using Clock = std::chrono::steady_clock;

  Call call;
  const Route* route = nullptr;
  const SocketRoute* socket = nullptr;
  std::string_view pattern = "(none)";  // for the log
  std::unique_ptr<SpoolFile> spool;
  BodyShare share;  // of call.body
  Outgoing out;
  std::function<SocketEvents(std::shared_ptr<Socket>)> accept;  // set when the socket may open
  Clock::time_point began = Clock::now();
};

// The request line and headers as they came.
struct RequestHead {
  std::optional<Method> method;
  std::string_view target;
  bool upgrade = false;  // wants a WebSocket
};

// Decodes the target and finds the route. A reply (404, 405, static file, OPTIONS, bad target …)
// means that no handler runs and exchange.out is ready.
enum class Next { reply, run_route, open_socket };
Next plan_exchange(const Core& core, Exchange& exchange, const RequestHead& head);

// Run on a worker thread; never throw. They leave exchange.out ready, except for a socket that may
// open (exchange.accept is set).
void run_route(const Core& core, Exchange& exchange);
// Asks the route whether the call may send its body. Refused: out is ready and route is gone, so
// that what the client sends nevertheless is dropped.
void run_admission(const Core& core, Exchange& exchange);
void run_socket_open(const Core& core, Exchange& exchange);

// Sets exchange.out to a refusal of the network layer.
void refuse_exchange(Exchange& exchange, int status, std::string_view code);
void refuse_busy(Core& core, Exchange& exchange);

// Counts and logs; once per exchange, when its reply is ready (for a stream: has ended).
void finish_exchange(Core& core, const Exchange& exchange) noexcept;

}  // namespace fokus::net
