// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "records/api.hpp"

namespace fokus::notifications {

// One thread per node that looks once a second whether something is due, and for jobs that ended.
// What it goes by is in the database, so it may end at any moment and nothing is lost: reminders
// are taken row by row, and jobs of the last day are looked at again after each start.
class Ticker {
 public:
  explicit Ticker(const records::ApiParts& parts);
  ~Ticker();

 private:
  void run();
  void remind() const;
  void tell_of_jobs(bool is_due);

  const records::ApiParts& parts_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false, has_ended_job_ = true;
  Instant jobs_since_;  // this thread's
  store::Subscription subscription_;
  std::thread thread_;
};

}  // namespace fokus::notifications
