// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace fokus::store {

// Connections that are lent to one thread at a time; the warmest goes out first. A connection is
// made when it is first needed. Thread-safe.
template <class Connection>
class Pool {
 public:
  using Make = std::function<std::unique_ptr<Connection>()>;
  Pool(int connections_max, Make make) : free_(connections_max), make_(std::move(make)) {
    idle_.reserve(static_cast<std::size_t>(connections_max));
  }
  ~Pool() { close(); }

  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Lease(const Lease&) = delete;
    ~Lease() { pool_.put_back(std::move(connection_)); }
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }
    // For a connection that can no longer be used; its place is free for a new one.
    void discard() { connection_.reset(); }
    // A new connection in the place of this one.
    void renew() {
      connection_.reset();
      connection_ = pool_.make_();
    }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  Lease take() {
    std::unique_lock lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      ++lent_;
      return {*this, std::move(connection)};
    }
    if (free_ == 0) return take_next(lock);
    --free_;
    ++lent_;
    lock.unlock();
    return {*this, make_or_give_back()};
  }

  // Closes what is idle, for instance when another connection found the server gone.
  void drop_idle() {
    std::vector<std::unique_ptr<Connection>> dropped;
    std::lock_guard lock(mutex_);
    dropped.swap(idle_);
    free_ += static_cast<int>(dropped.size());
  }

  // Waits for what is lent, then closes all.
  void close() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return lent_ == 0; });
    idle_.clear();
  }

 private:
  Lease take_next(std::unique_lock<std::mutex>& lock) {
    returned_.wait(lock, [&] { return !idle_.empty() || free_ > 0; });
    ++lent_;
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(connection)};
    }
    --free_;
    lock.unlock();
    return {*this, make_or_give_back()};
  }

  std::unique_ptr<Connection> make_or_give_back() {
    try {
      return make_();
    } catch (...) {
      put_back(nullptr);
      throw;
    }
  }

  void put_back(std::unique_ptr<Connection> connection) {
    // Notified under the lock: the last one returned may end the wait of close().
    std::lock_guard lock(mutex_);
    --lent_;
    if (connection) {
      idle_.push_back(std::move(connection));
    } else {
      ++free_;
    }
    returned_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int free_;
  int lent_ = 0;
  Make make_;
};

}  // namespace fokus::store
