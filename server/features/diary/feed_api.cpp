// SPDX-License-Identifier: Apache-2.0
// /api/v1/me/diary_feed, and the address of the feed itself
#include "access/handlers_of.hpp"
#include "access/throttle.hpp"
#include "features/diary/feed.hpp"
#include "platform/crypto.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::string_view ending = ".ics";
constexpr std::size_t etag_digits = 32;

class FeedApi {
 public:
  explicit FeedApi(const Diary& diary) : diary_(diary), parts_(diary.parts()) {}

  Result<Reply> get(Visit& visit) const {
    const auto made = parts_.database.read([&](store::Session& session) {
      return session.query_integer(parts_.statements["diary.find_feed"], {visit.scope.actor.user});
    });
    return Reply::json(json::serialize(
        json::object{{"is_on", made != 0},
                     {"made_at", made ? json::value(render_instant({made})) : json::value()}}));
  }

  // Whoever has the address reads the whole diary, so a key, which may be for less, makes none.
  Result<Reply> make(Visit& visit) const {
    if (visit.scope.actor.kind != access::ActorKind::user)
      return make_error(ErrorKind::forbidden, "access/session_required");
    const auto host = visit.call.header("Host");
    if (!host) return field_error("diary/invalid", "Host", "required");
    const std::string secret = diary_.access().random.token(limits::feed_secret_bytes);
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["diary.save_feed"],
                 {visit.scope.actor.user, crypto::sha256_hex(secret), parts_.clock.now()});
    });
    const std::string file = secret + std::string(ending);
    const std::string url =
        (visit.call.secure ? "https://" : "http://") + std::string(*host) + "/ical/" + file;
    return Reply::json(json::serialize(json::object{{"url", url}, {"file", file}}));
  }

  Result<Reply> remove(Visit& visit) const {
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["diary.remove_feed"], {visit.scope.actor.user});
    });
    return Reply::no_content();
  }

  Result<Reply> feed(Visit& visit) const {
    Scope scope = visit.scope;
    scope.actor = TRY(owner_of(visit));
    visit.call.user = scope.actor.user.value;
    const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
    const auto appointments =
        parts_.database.read([&](store::Session& session) { return list(session, scope, zone); });
    std::vector<std::int64_t> ids;
    for (const auto& one : appointments) ids.push_back(one.id);
    parts_.trace(scope, {"export", "activity", ids, "ical"});
    const std::string body = render_calendar(appointments, zone);
    const std::string etag = "\"" + crypto::sha256_hex(body).substr(0, etag_digits) + "\"";
    Reply out = Reply::text(body);
    if (visit.call.header("If-None-Match") == etag) {
      out = Reply::no_content();
      out.status = 304;
    } else {
      out.type = "text/calendar; charset=utf-8";
    }
    out.header("ETag", etag);
    out.header("Cache-Control", "private, no-cache");
    return out;
  }

 private:
  // Guessing is slowed as at the sign-in, although nobody guesses 256 bits: the attempt counts
  // before the secret is looked at, and is given back when it is one. An address that is unknown,
  // and one whose user is not active any more, are the same.
  Result<access::Actor> owner_of(const Visit& visit) const {
    const Error unknown = make_error(ErrorKind::not_found, "net/not_found");
    std::string_view secret = visit.call.param("file");
    if (!secret.ends_with(ending)) return unknown;
    secret.remove_suffix(ending.size());
    const std::string hash = crypto::sha256_hex(secret);
    access::Throttle throttle(diary_.access());
    const auto attempt = throttle.make_attempt("diary|" + hash, visit.call.remote, false);
    TRY(throttle.charge(attempt));
    const auto user = parts_.database.read([&](store::Session& session) {
      return session.query_integer(parts_.statements["diary.find_feed_of_secret"], {hash});
    });
    auto actor = user ? parts_.actor_of({UserId{user}, 0}) : Result<access::Actor>(unknown);
    if (!actor) return unknown;
    parts_.database.write([&](store::Transaction& tx) { throttle.settle(tx, attempt); });
    return actor;
  }

  std::vector<Appointment> list(store::Session& session, const Scope& scope,
                                const TimeZone& zone) const {
    const Date today = zone.date_of(parts_.clock.now());
    const Date from = plus_days(today, -limits::feed_days_back),
               to = plus_days(today, limits::feed_days_ahead);
    const Question question{
        {scope.actor.user.value}, zone.midnight(from), zone.midnight(to), from, to};
    auto found = find_appointments(diary_, session, scope, question);
    std::erase_if(found.appointments, [&](const Appointment& one) {
      return one.series && list_occurrences(*one.series, question.from, question.to).empty();
    });
    return std::move(found.appointments);
  }

  const Diary& diary_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> feed_routes(const Diary& diary) {
  const auto to = access::handlers_of(std::make_shared<FeedApi>(diary));
  return {
      {Method::get,
       "/api/v1/me/diary_feed",
       Right::signed_in(),
       to(&FeedApi::get),
       {"Whether calendar programs may fetch one's diary",
        {.answer = "{is_on!: boolean, made_at!: instant?}"}}},
      {Method::post,
       "/api/v1/me/diary_feed",
       Right::signed_in(),
       to(&FeedApi::make),
       {"Make a secret address for calendar programs; an earlier one ends",
        {.answer = "{url!: text, file!: text}", .is_secret = true}}},
      {Method::remove,
       "/api/v1/me/diary_feed",
       Right::signed_in(),
       to(&FeedApi::remove),
       {"End the secret address", {}}},
      {Method::get,
       "/ical/{file}",
       Right::anyone(),
       to(&FeedApi::feed),
       {"A diary as an iCalendar file, at its secret address",
        {.is_conditional = true, .media = "text/calendar"}},
       net::Lane::slow},
  };
}

}  // namespace fokus::diary
