// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "net/asio_setup.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

#include "net/channel.hpp"
#include "net/workers.hpp"

namespace fokus::net {

// Carries a coroutine to a worker and back.
template <class Handler, class Work>
struct PoolJob final : WorkerPool::Job {
  PoolJob(Handler h, Work w, Executor e) : handler(std::move(h)), work(std::move(w)), executor(e) {}
  void run() noexcept override {
    work([this] {
      asio::post(executor, [resume = std::move(handler)]() mutable { resume(true); });
    });
  }

  Handler handler;
  Work work;
  Executor executor;
};

// Runs `work(done)` on a worker; the coroutine goes on when done() is called (exactly once), while
// the work may still continue. What `work` borrows from the coroutine is valid until done().
// False: the queue is full, nothing ran.
template <class Work>
Task<bool> run_on(WorkerPool& pool, Executor executor, Work work) {
  const auto start = [&](auto handler) {
    using Handler = decltype(handler);
    auto job =
        std::make_unique<PoolJob<Handler, Work>>(std::move(handler), std::move(work), executor);
    auto* typed = job.get();
    std::unique_ptr<WorkerPool::Job> any = std::move(job);
    if (pool.push(any)) return;
    asio::post(executor, [resume = std::move(typed->handler)]() mutable { resume(false); });
  };
  co_return co_await asio::async_initiate<const UseTask&, void(bool)>(start, use_task);
}

}  // namespace fokus::net
