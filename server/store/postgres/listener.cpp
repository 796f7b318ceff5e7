// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/listener.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <memory>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/notification>

#include "base/check.hpp"

namespace fokus::store::postgres {
namespace {

constexpr std::chrono::milliseconds reconnect_pause{500};
constexpr int quiet_ms = 30'000;  // then the connection is looked at although nothing came

class Receiver final : public pqxx::notification_receiver {
 public:
  Receiver(pqxx::connection_base& connection, const std::string& channel,
           const Subscribers& subscribers)
      : pqxx::notification_receiver(connection, channel), subscribers_(subscribers) {}
  void operator()(const std::string& payload, int) override {
    subscribers_.call(channel(), payload);
  }

 private:
  const Subscribers& subscribers_;
};

}  // namespace

// The connection and its LISTENs. pqxx must not reconnect by itself: we would not learn that
// something was missed.
class Ear {
 public:
  explicit Ear(const std::string& location) : connection_(location) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // it goes with what it switches off
    connection_.inhibit_reactivation(true);
#pragma GCC diagnostic pop
  }
  void listen(const Subscribers& subscribers) {
    for (const std::string& channel : subscribers.channels()) {
      auto& receiver = receivers_[channel];
      if (!receiver) receiver = std::make_unique<Receiver>(connection_, channel, subscribers);
    }
  }
  int socket() const {
    return connection_.sock();
  }
  bool is_open() const {
    return connection_.is_open();
  }
  void deliver() {
    connection_.get_notifs();
  }

 private:
  pqxx::connection connection_;
  std::map<std::string, std::unique_ptr<Receiver>> receivers_;
};

Listener::Listener(std::string location)
    : location_(std::move(location)), wake_event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  CHECK(wake_event_ >= 0);
}

Listener::~Listener() {
  {
    std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
  ::close(wake_event_);
}

Subscription Listener::subscribe(std::string channel, Subscribers::Callback callback) {
  auto out = subscribers_.add(std::move(channel), std::move(callback));
  std::unique_lock lock(mutex_);
  const std::size_t mine = ++wanted_;
  // A database that nobody subscribes to needs no third kind of connection.
  if (!is_started_) thread_ = std::thread([this] { loop(); });
  is_started_ = true;
  wake();
  settled_.wait(lock, [&] { return served_ >= mine; });
  return out;
}

void Listener::loop() {
  bool was_connected = false;
  while (!is_closing()) {
    try {
      std::size_t wanted = 0;
      {
        std::lock_guard lock(mutex_);
        wanted = wanted_;
      }
      Ear ear(location_);
      ear.listen(subscribers_);
      if (was_connected) {
        for (const std::string& channel : subscribers_.channels()) subscribers_.call(channel, {});
      }
      was_connected = true;
      settle(wanted);
      while (!is_closing() && ear.is_open()) wait_and_deliver(ear);
    } catch (const pqxx::failure&) {
      pause();
    }
  }
}

void Listener::wait_and_deliver(Ear& ear) {
  pollfd sources[] = {{ear.socket(), POLLIN, 0}, {wake_event_, POLLIN, 0}};
  ::poll(sources, 2, quiet_ms);
  if (sources[1].revents != 0) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = ::read(wake_event_, &count, sizeof count);
    std::size_t wanted = 0;
    {
      std::lock_guard lock(mutex_);
      wanted = wanted_;
    }
    ear.listen(subscribers_);
    settle(wanted);
  }
  ear.deliver();
}

void Listener::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_event_, &one, sizeof one);
}

bool Listener::is_closing() {
  std::lock_guard lock(mutex_);
  return is_closing_;
}

void Listener::settle(std::size_t served) {
  std::lock_guard lock(mutex_);
  served_ = std::max(served_, served);
  settled_.notify_all();
}

void Listener::pause() {
  std::unique_lock lock(mutex_);
  served_ = wanted_;  // nobody waits for a server that is not there
  settled_.notify_all();
  settled_.wait_for(lock, reconnect_pause, [&] { return is_closing_; });
}

}  // namespace fokus::store::postgres
