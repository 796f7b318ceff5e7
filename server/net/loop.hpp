// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "net/asio_setup.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <thread>

#include "net/channel.hpp"

namespace fokus::net {

using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

// Something on a loop with a deadline and an end. Touched on the loop's thread only.
class Watched : public boost::intrusive::list_base_hook<
                    boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  virtual ~Watched() = default;
  virtual void expire() = 0;  // the deadline has passed
  virtual void retire() = 0;  // the server stops: end when the call that runs now is answered
  virtual void drop() = 0;    // the grace is over

  Clock::time_point deadline = Clock::time_point::max();
};

// One network thread with its connections. Deadlines are looked at by one timer for all of them:
// a timer per connection would cost two queue operations for each read.
class Loop {
 public:
  explicit Loop(Clock::duration tick);
  ~Loop();

  Executor executor() { return io.get_executor(); }
  void watch(Watched& watched) { watched_.push_back(watched); }
  void start();
  void stop();  // ends the thread; what still waits is destroyed with the loop
  void retire_all();
  void drop_all();

  asio::io_context io{1};

 private:
  void look_at_deadlines();
  template <class Visit>
  void for_each(Visit visit);

  const Clock::duration tick_;
  asio::executor_work_guard<Executor> work_;
  Timer timer_;
  boost::intrusive::list<Watched, boost::intrusive::constant_time_size<false>> watched_;
  std::thread thread_;
};

}  // namespace fokus::net
