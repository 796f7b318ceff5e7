// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "net/loop.hpp"
#include "net/spool.hpp"

namespace fokus::net {

// Carries a streamed body from the worker that makes it to the connection that sends it. What a
// slow client has not taken goes to a nameless file in `folder`, so that a worker is held by its
// own work only; it waits for the client when the file has reached its limit, the disk is full, or
// there is no folder.
// Shared by a worker's job and a connection's coroutine, either of which may end first.
class BodyPipe : public std::enable_shared_from_this<BodyPipe> {
 public:
  BodyPipe(Executor executor, std::string folder)
      : executor_(executor), timer_(executor), folder_(std::move(folder)) {}

  // Worker side. False when the client has gone.
  bool write(std::string_view piece);
  void finish(bool whole);

  // Connection side, on its thread. The next piece; without bytes it is either in the file
  // (take_overflow() has it) or the end, and then whole() tells whether the worker wrote everything
  // it wanted.
  struct Piece {
    std::string bytes;
    bool in_file = false;
  };
  Task<Piece> read();
  std::string take_overflow();  // reads the file: not on a network thread. Empty: it cannot be read
  bool whole();
  void abort();

 private:
  void wake_reader();
  bool has_room() const;
  bool overflow(std::string_view piece);

  Executor executor_;
  Timer timer_;
  bool signalled_ = false;  // connection side only
  std::mutex mutex_;
  std::condition_variable room_;
  std::string waiting_;
  const std::string folder_;
  std::unique_ptr<OverflowFile> file_;  // everything in it comes after `waiting_`
  bool wake_posted_ = false, finished_ = false, whole_ = false, aborted_ = false;
};

}  // namespace fokus::net
