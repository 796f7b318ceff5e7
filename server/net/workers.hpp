// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace fokus::net {

// One lane of worker threads with a bounded queue.
class WorkerPool {
 public:
  struct Job {
    virtual ~Job() = default;
    virtual void run() noexcept = 0;
  };

  WorkerPool(int threads, std::size_t queue_max);
  ~WorkerPool();  // stops

  // False when the queue is full or the pool has stopped; then the job is still the caller's.
  bool push(std::unique_ptr<Job>& job);
  // Ends the threads after the job that each runs now; jobs still waiting are dropped.
  void stop();

 private:
  void work();

  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> queue_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fokus::net
