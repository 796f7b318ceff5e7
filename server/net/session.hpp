// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "net/exchange.hpp"
#include "net/loop.hpp"

namespace fokus::net {

// One of the connections that the limit allows; given back with the object.
class Slot {
 public:
  explicit Slot(std::atomic<std::uint64_t>& count) : count_(&count) { ++count; }
  Slot(Slot&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  Slot& operator=(Slot&&) = delete;
  ~Slot() {
    if (count_) --*count_;
  }

 private:
  std::atomic<std::uint64_t>* count_;
};

// Serves HTTP on a new connection until it ends. The socket must belong to the loop; callable from
// any thread.
void start_session(Core& core, Loop& loop, TcpSocket socket,
                   std::shared_ptr<asio::ssl::context> tls, Slot slot);

// A connection whose upgrade was allowed.
struct Upgrade {
  Channel channel;
  Slot slot;
  Headers headers;  // of the request
  std::string target, call_id;
  std::function<SocketEvents(std::shared_ptr<Socket>)> accept;
};
// Answers 101 and keeps the WebSocket until it ends; the HTTP session's memory is free by then.
// On the loop's thread.
void start_socket(Core& core, Loop& loop, Upgrade upgrade);

}  // namespace fokus::net
