// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <set>
#include <thread>

#include "access/actor.hpp"
#include "net/call.hpp"
#include "platform/clock.hpp"
#include "records/dictionary.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"
#include "work/jobs.hpp"

namespace fokus::records {

namespace limits {
constexpr int feed_page = 500;                         // events read at a time
constexpr std::int64_t feed_keep_ms = 7 * ms_per_day;  // how long a gap can be made good
constexpr int feed_renew_s = 30;                       // when no notification came before
constexpr std::size_t feed_queue_max = 512 * 1024;     // bytes waiting on one socket
}  // namespace limits

// /api/v1/events: tells the open browsers what changed, as far as each may see it, and what of the
// user's own became new (tell_user() in announce.hpp). Whoever can no
// longer see a record because of its change is told that it is gone, and nothing else of it; nobody
// else hears of that. One thread reads
// the outbox when it is woken (after_commit here, NOTIFY from other nodes) and once a second. A
// socket that cannot keep up is closed with 1013; it comes back with ?since=<last id>, and what it
// missed is read from the table, as far as it is kept (Start). Who listens is asked for again as
// soon as sessions, roles or users change on any node, and now and then: without a session any more
// the socket closes with 1008. Thread-safe.
class EventFeed {
 public:
  EventFeed(store::Database& database, const store::Statements& statements,
            const DictionaryHolder& dictionary, work::Jobs& jobs);
  ~EventFeed();

  // Where a listener begins. With a gap it starts anew and is told {"kind": "gap", "code":
  // "events_expired"}: what happened meanwhile is no longer kept, so all that it shows may be old.
  struct Start {
    std::int64_t after = 0;  // 0: only what comes from now on
    bool has_gap = false;
  };
  // `since`: the last event the client has, or 0. Reads the database: not for a network thread.
  Start start_after(std::int64_t since) const;

  using Renew = std::function<Result<access::Actor>()>;
  // `renew` says who the listener is by now; it is called on the feed's thread.
  net::SocketEvents open(const access::Scope& scope, Start start, Renew renew,
                         std::shared_ptr<net::Socket> socket);
  void stop();

 private:
  struct Listener {
    access::Scope scope;
    std::shared_ptr<net::Socket> socket;
    Renew renew;
    std::int64_t next = 0;  // last event it has
    std::atomic<bool> closed = false;
  };
  struct Event {
    std::int64_t id, at, record, version;
    std::string kind, type;
    UserId owner, actor;
    GroupId owner_group;
    bool restricted;
  };

  void run();
  void wake();
  void renew_actors();
  void deliver();
  void deliver_jobs();
  void note_personal(std::string_view payload);
  void deliver_personal();
  std::vector<Event> read_after(std::int64_t id) const;
  bool may_see(const Listener& listener, const Event& event) const;
  // Of an event "gone", which has the owner and the group from before the change.
  bool has_lost(const Listener& listener, const RecordType& type, const Event& event) const;
  bool may_read_row(const access::Scope& scope, const RecordType& type, const Event& event) const;
  void send(Listener& listener, const std::string& text);
  void catch_up(Listener& listener, std::int64_t until);

  store::Database& database_;
  const store::Statements& statements_;
  const DictionaryHolder& dictionary_;
  work::Jobs& jobs_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool pending_ = false, stopping_ = false, access_changed_ = false;
  std::set<std::int64_t> changed_jobs_;
  std::set<std::pair<std::int64_t, std::string>> personal_;  // user 0: everybody
  std::list<std::shared_ptr<Listener>> listeners_;           // shared with the socket's callbacks
  std::atomic<std::int64_t> newest_ = 0;
  std::chrono::steady_clock::time_point renew_at_;  // the feed's thread only
  std::set<std::int64_t> seen_;                     // PostgreSQL: ids become visible out of order
  std::vector<store::Subscription> subscriptions_;
  std::thread thread_;
};

}  // namespace fokus::records
