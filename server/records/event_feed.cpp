// SPDX-License-Identifier: Apache-2.0
#include "records/event_feed.hpp"

#include <charconv>

#include "access/parts.hpp"
#include "base/json_writer.hpp"
#include "records/announce.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

constexpr auto poll_interval = std::chrono::seconds(1);
// How far back a later look goes: a transaction that took its id first may commit last.
constexpr std::int64_t overlap = 500;
constexpr std::string_view gone = "gone";
constexpr int try_again_later = 1013;   // RFC 6455 registry
constexpr int not_allowed_here = 1008;  // likewise: policy violation

std::string render_job(const work::Job& job) {
  std::string out;
  JsonWriter json(out);
  constexpr std::array names = {"waiting", "running", "paused", "done", "failed", "cancelled"};
  json.begin_object().field("kind", "job").key("job").begin_object();
  json.field("id", job.id.value).field("kind", job.kind);
  json.field("status", names[static_cast<std::size_t>(job.status)]).key("progress").begin_object();
  json.field("done", job.progress_done).field("total", job.progress_total).end_object();
  json.key("about").raw(work::render_about(job));
  json.key("result").raw(boost::json::serialize(job.result)).end_object().end_object();
  return out;
}

}  // namespace

EventFeed::EventFeed(store::Database& database, const store::Statements& statements,
                     const DictionaryHolder& dictionary, work::Jobs& jobs)
    : database_(database), statements_(statements), dictionary_(dictionary), jobs_(jobs) {
  newest_ = database_.read(
      [&](store::Session& s) { return s.query_integer(statements_["records.newest_event"]); });
  subscriptions_.push_back(database_.subscribe("events", [this](std::string_view) { wake(); }));
  subscriptions_.push_back(
      database_.subscribe(std::string(access::access_changed_channel), [this](std::string_view) {
        {
          std::lock_guard lock(mutex_);
          access_changed_ = true;
        }
        wake();
      }));
  subscriptions_.push_back(jobs_.on_change([this](JobId id) {
    {
      std::lock_guard lock(mutex_);
      changed_jobs_.insert(id.value);
    }
    wake();
  }));
  subscriptions_.push_back(database_.subscribe(
      std::string(personal_channel), [this](std::string_view payload) { note_personal(payload); }));
  thread_ = std::thread([this] { run(); });
}

EventFeed::~EventFeed() {
  stop();
}

void EventFeed::stop() {
  subscriptions_.clear();
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void EventFeed::wake() {
  {
    std::lock_guard lock(mutex_);
    pending_ = true;
  }
  woken_.notify_one();
}

EventFeed::Start EventFeed::start_after(std::int64_t since) const {
  if (since <= 0) return {};
  return database_.read([&](store::Session& session) -> Start {
    auto rows = session.query(statements_["records.event_range"]);
    rows->next();
    const bool is_kept = since >= rows->integer(0) - 1;
    // Beyond the newest one: the database was put back to an earlier state.
    const bool is_known = since <= rows->integer(1);
    return is_kept && is_known ? Start{since, false} : Start{0, true};
  });
}

net::SocketEvents EventFeed::open(const access::Scope& scope, Start start, Renew renew,
                                  std::shared_ptr<net::Socket> socket) {
  auto listener = std::make_shared<Listener>();
  listener->scope = scope;
  listener->socket = std::move(socket);
  listener->renew = std::move(renew);
  listener->next = start.after;
  {
    std::lock_guard lock(mutex_);
    if (start.after <= 0) listener->next = newest_;
    const std::string id = std::to_string(listener->next);
    listener->socket->send("{\"kind\":\"hello\",\"id\":" + id + "}");
    if (start.has_gap)
      listener->socket->send(R"({"kind":"gap","code":"events_expired","id":)" + id + "}");
    listeners_.push_back(listener);
  }
  wake();
  return {[](std::string_view) {},
          [this, listener] {
            std::lock_guard lock(mutex_);
            listener->closed = true;
            listeners_.remove(listener);
          }};
}

void EventFeed::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, poll_interval, [&] { return pending_ || stopping_; });
      if (stopping_) return;
      pending_ = false;
    }
    try {
      renew_actors();
      deliver();
      deliver_jobs();
      deliver_personal();
    } catch (const store::Failure&) {
      // The database is away; the next round reads everything that was missed.
    }
  }
}

// Before events are delivered, so that nothing goes to somebody who may no longer see it.
void EventFeed::renew_actors() {
  const auto now = std::chrono::steady_clock::now();
  std::list<std::shared_ptr<Listener>> listeners;
  {
    std::lock_guard lock(mutex_);
    if (!access_changed_ && now < renew_at_) return;
    access_changed_ = false;
    listeners = listeners_;
  }
  renew_at_ = now;  // not moved on when the database is away: the next round asks again
  for (const auto& listener : listeners) {
    if (listener->closed) continue;
    if (auto actor = listener->renew()) {
      listener->scope.actor = std::move(*actor);
      continue;
    }
    listener->closed = true;
    listener->socket->close(not_allowed_here, "signed out");
  }
  renew_at_ = now + std::chrono::seconds(limits::feed_renew_s);
}

std::vector<EventFeed::Event> EventFeed::read_after(std::int64_t id) const {
  return database_.read([&](store::Session& session) {
    std::vector<Event> out;
    auto rows = session.query(statements_["records.events_after"], {id, limits::feed_page});
    while (rows->next())
      out.push_back({rows->integer(0), rows->integer(1), rows->integer(4), rows->integer(5),
                     std::string(rows->text(2)), std::string(rows->text(3)),
                     UserId{rows->integer(6)}, UserId{rows->integer(9)}, GroupId{rows->integer(7)},
                     rows->boolean(8)});
    return out;
  });
}

bool EventFeed::may_see(const Listener& listener, const Event& event) const {
  const auto dictionary = dictionary_.current();
  const RecordType* type = dictionary->find(event.type);
  if (!type) return event.kind == "dictionary";
  if (event.restricted && !listener.scope.see_restricted) return false;
  const auto may_read = [&](const RecordType& one) {
    return may_touch(listener.scope, one, access::Action::read, event.owner, event.owner_group);
  };
  if (!may_read(*type)) return false;
  if (event.kind == gone) return has_lost(listener, *type, event);
  if (type->part_of.empty()) return true;
  // The event does not say who owns the whole: asked for those whose rights depend on it.
  const auto& whole = type->find(type->part_of)->target;
  const auto circles = listener.scope.permissions().circles(whole, access::Action::read);
  return has_circle(circles, access::Circle::all) || may_read_row(listener.scope, *type, event);
}

// The row decides as it is now: who came to see it again meanwhile has not lost it.
bool EventFeed::has_lost(const Listener& listener, const RecordType& type,
                         const Event& event) const {
  const auto circles = listener.scope.permissions().circles(type.name, access::Action::read);
  const bool sees_all = has_circle(circles, access::Circle::all) && type.part_of.empty() &&
                        (!type.about_person || listener.scope.see_restricted);
  return !sees_all && !may_read_row(listener.scope, type, event);
}

bool EventFeed::may_read_row(const access::Scope& scope, const RecordType& type,
                             const Event& event) const {
  const auto dictionary = dictionary_.current();
  return database_.read([&](store::Session& session) {
    const CriteriaContext context{*dictionary, scope, {}, session.engine()};
    SqlText sql{"SELECT 1 FROM " + type.table + " t WHERE t.id = ", {}};
    sql.text += sql.bind(event.record) + " AND ";
    if (!append_rights(context, type, access::Action::read, "t", sql)) return true;
    const auto params = sql.params();
    return session.query(sql.text, store::Params(params))->next();
  });
}

namespace {

template <class Event>
std::string render_event(const Event& event) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("id", event.id).field("kind", event.kind).field("type", event.type);
  json.field("record", event.record);
  // What became of a record that is gone is not for those who lost it.
  if (event.kind != gone) json.field("version", event.version).field("by", event.actor.value);
  json.end_object();
  return out;
}

}  // namespace

void EventFeed::send(Listener& listener, const std::string& text) {
  if (listener.closed) return;
  if (listener.socket->queued_bytes() < limits::feed_queue_max && listener.socket->send(text))
    return;
  listener.closed = true;
  listener.socket->close(try_again_later, "slow");
}

void EventFeed::catch_up(Listener& listener, std::int64_t until) {
  while (listener.next < until && !listener.closed) {
    const auto events = read_after(listener.next);
    if (events.empty()) break;
    for (const auto& event : events) {
      if (event.id > until) return;
      if (may_see(listener, event)) send(listener, render_event(event));
      listener.next = event.id;
    }
  }
  listener.next = std::max(listener.next, until);
}

void EventFeed::deliver() {
  std::list<std::shared_ptr<Listener>> listeners;
  {
    std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  for (const auto& listener : listeners)
    if (listener->next < newest_) catch_up(*listener, newest_);
  const bool postgres = database_.engine() == store::Engine::postgres;
  std::int64_t last = postgres ? newest_ - std::min(newest_.load(), overlap) : newest_.load();
  std::size_t read = limits::feed_page;
  // Page after page, and not from the overlap again: that may hold more than a page.
  while (read == limits::feed_page) {
    const auto events = read_after(last);
    read = events.size();
    for (const auto& event : events) {
      last = event.id;
      if (postgres && !seen_.insert(event.id).second) continue;
      newest_ = std::max(newest_.load(), event.id);
      const std::string text = render_event(event);
      for (const auto& listener : listeners) {
        if (may_see(*listener, event)) send(*listener, text);
        listener->next = newest_;
      }
    }
  }
  while (!seen_.empty() && *seen_.begin() + 2 * overlap < newest_) seen_.erase(seen_.begin());
}

void EventFeed::deliver_jobs() {
  std::set<std::int64_t> changed;
  std::list<std::shared_ptr<Listener>> listeners;
  {
    std::lock_guard lock(mutex_);
    changed.swap(changed_jobs_);
    listeners = listeners_;
  }
  for (const std::int64_t id : changed) {
    const auto job = database_.read([&](store::Session& s) { return jobs_.get(s, JobId{id}); });
    if (!job) continue;
    const std::string text = render_job(*job);
    for (const auto& listener : listeners) {
      const bool mine = listener->scope.actor.user == job->created_by.user;
      if (mine || listener->scope.permissions().has_function(access::functions::operate))
        send(*listener, text);
    }
  }
}

// Without a payload some may have been missed: everybody looks again.
void EventFeed::note_personal(std::string_view payload) {
  std::int64_t user = 0;
  std::string what;
  if (const auto gap = payload.find(' '); gap != payload.npos) {
    std::from_chars(payload.data(), payload.data() + gap, user);
    what = std::string(payload.substr(gap + 1));
  }
  {
    std::lock_guard lock(mutex_);
    personal_.emplace(user, std::move(what));
  }
  wake();
}

void EventFeed::deliver_personal() {
  std::set<std::pair<std::int64_t, std::string>> told;
  std::list<std::shared_ptr<Listener>> listeners;
  {
    std::lock_guard lock(mutex_);
    told.swap(personal_);
    listeners = listeners_;
  }
  for (const auto& [user, what] : told) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().field("kind", "personal");
    if (!what.empty()) json.field("what", what);
    json.end_object();
    for (const auto& listener : listeners)
      if (user == 0 || listener->scope.actor.user.value == user) send(*listener, text);
  }
}

}  // namespace fokus::records
