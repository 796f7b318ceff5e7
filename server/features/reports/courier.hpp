// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "features/reports/reports.hpp"

namespace fokus::reports {

// One thread per node that looks once a second whether something is to be sent. What it goes by is
// in the database, so it may end at any moment. Apart from the jobs: a mail server that does not
// answer must not hold up imports.
class Courier {
 public:
  explicit Courier(const Reports& reports);
  ~Courier();

 private:
  void run();
  bool is_stopping();

  const Reports& reports_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fokus::reports
