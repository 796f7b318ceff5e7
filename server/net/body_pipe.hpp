// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "net/loop.hpp"

namespace fokus::net {

// Carries a streamed body from the worker that makes it to the connection that sends it. Holds a
// bounded number of bytes: the worker waits while the client is slow.
// Shared by a worker's job and a connection's coroutine, either of which may end first.
class BodyPipe : public std::enable_shared_from_this<BodyPipe> {
 public:
  explicit BodyPipe(Executor executor) : executor_(executor), timer_(executor) {}

  // Worker side. False when the client has gone.
  bool write(std::string_view piece);
  void finish(bool whole);

  // Connection side, on its thread. An empty piece is the end; then whole() tells whether the
  // worker wrote everything it wanted.
  Task<std::string> read();
  bool whole();
  void abort();

 private:
  void wake_reader();

  Executor executor_;
  Timer timer_;
  bool signalled_ = false;  // connection side only
  std::mutex mutex_;
  std::condition_variable room_;
  std::string waiting_;
  bool wake_posted_ = false, finished_ = false, whole_ = false, aborted_ = false;
};

}  // namespace fokus::net
