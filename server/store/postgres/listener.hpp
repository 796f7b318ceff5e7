// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "store/subscribers.hpp"

namespace fokus::store::postgres {

// One thread with one connection that listens to all channels somebody subscribed to, and connects
// again when the connection is lost.
class Listener {
 public:
  explicit Listener(std::string location);
  ~Listener();

  // Returns when the channel is listened to, or when there is no connection at the moment.
  Subscription subscribe(std::string channel, Subscribers::Callback callback);

 private:
  void loop();
  void wait_and_deliver(class Ear& ear);
  void wake();
  bool is_closing();
  void settle(std::size_t served);
  void pause();

  std::string location_;
  Subscribers subscribers_;
  std::mutex mutex_;
  std::condition_variable settled_;
  std::size_t wanted_ = 0;  // subscriptions so far
  std::size_t served_ = 0;  // of them listened to, or tried in vain
  bool is_closing_ = false;
  bool is_started_ = false;
  int wake_event_ = -1;
  std::thread thread_;
};

}  // namespace fokus::store::postgres
