// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "features/quality/quality.hpp"

namespace fokus::quality {

// One thread per node: looks at saved records a moment after the save, and asks for the work of the
// night. What it goes by is in the database, so it may end at any moment and nothing is lost.
class Follower {
 public:
  explicit Follower(const Quality& quality);
  ~Follower();

 private:
  void run();
  void look();
  void ask_for_night();
  bool is_stopping();

  const Quality& quality_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fokus::quality
