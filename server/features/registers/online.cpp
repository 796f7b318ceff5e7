// SPDX-License-Identifier: Apache-2.0
#include "features/registers/online.hpp"

#include <algorithm>

namespace fokus::registers {
namespace {

using connect::Authentication;

Authentication authentication_of(const Online& online) {
  Authentication out;
  switch (online.sign_in) {
    case SignIn::none:
      break;
    case SignIn::key:
      out.kind = Authentication::Kind::header;
      out.header = online.key_header;
      out.key = online.password;
      break;
    case SignIn::bearer:
      out.kind = Authentication::Kind::bearer;
      out.key = online.password;
      break;
    case SignIn::basic:
      out.kind = Authentication::Kind::basic;
      out.user = online.user;
      out.password = online.password;
      break;
    case SignIn::oauth2:
      out.kind = Authentication::Kind::oauth2;
      out.user = online.user;
      out.password = online.password;
      out.token_url = online.token_url;
      break;
  }
  return out;
}

connect::Connector connector_of(const Provider& provider) {
  const Online& online = provider.online;
  connect::Connector out;
  out.name = provider.connector();
  out.kind = "register";
  out.title = {{"en", provider.title}};
  out.sends = online.sends;
  out.data_class = online.data_class;
  out.base_url = online.base_url;
  out.url_may_change = online.url_may_change;
  out.hosts = online.hosts;
  for (const auto& field : online.fields)
    out.fields.push_back({field.name, field.label, field.is_secret, true});
  out.authentication = authentication_of(online);
  out.shown_query = {"size", "limit", "page", "items_per_page"};
  out.calls_per_second = online.calls_per_second;
  out.limits.total_ms = limits::online_ms_max;
  out.limits.answer_bytes_max = limits::online_bytes_max;
  return out;
}

// What the door says of a call, in the words of this room: users meet these codes beside a search.
Error told(const Error& error) {
  if (error.code == "connect/switched_off" || error.code == "connect/unknown")
    return make_error(ErrorKind::conflict, "registers/online_off");
  if (error.kind == ErrorKind::not_found)
    return make_error(ErrorKind::not_found, "registers/not_found");
  const auto status = error.params.find("status");
  const bool is_refused_for_now = status != error.params.end() && status->second == "429";
  if (error.code == "connect/busy" || is_refused_for_now)
    return make_error(ErrorKind::too_many, "registers/online_busy");
  Error out = make_error(ErrorKind::unavailable, "registers/online_failed");
  const auto slash = error.code.find('/');
  out.params["reason"] = slash == error.code.npos ? error.code : error.code.substr(slash + 1);
  if (status != error.params.end()) out.params["status"] = status->second;
  return out;
}

Error off() {
  return make_error(ErrorKind::conflict, "registers/online_off");
}

}  // namespace

void OnlineCalls::declare(connect::Connections& connections) {
  for (const auto& provider : shipped_providers())
    if (provider.online.is_there()) connections.add(connector_of(provider));
}

bool OnlineCalls::is_on(const Provider& provider) const {
  return provider.online.is_there() && outbound_.connections().is_on(provider.connector());
}

Result<std::string> OnlineCalls::ask(const Provider& provider, const Ask& ask,
                                     const Question& question, const Why& why) const {
  const Online& online = provider.online;
  connect::Order order;
  order.connector = provider.connector();
  order.path = fill_path(online, ask.path, question);
  order.body = fill_body(online, ask.body, question);
  if (!order.body.empty()) order.method = outgoing::Method::post;
  order.only_asks = true;
  bool says_what = false;
  for (const auto& [name, value] : online.headers) {
    says_what |= name == "Accept";
    order.headers.push_back({name, value});
  }
  if (!says_what) order.headers.push_back({"Accept", "application/json"});
  if (!order.body.empty()) order.headers.push_back({"Content-Type", "application/json"});
  order.occasion = why.occasion;
  order.retry.attempts_max = std::max(1, why.attempts_max);
  order.should_stop = why.should_stop;
  auto answer = outbound_.fetch(order);
  if (!answer) return told(answer.error());
  const std::string media_type(answer->header("content-type").value_or(""));
  return decode_answer(std::move(answer->body), media_type);
}

Result<Entry> OnlineCalls::look_up(const Provider& provider, std::string_view number,
                                   const Why& why) const {
  const Online& online = provider.online;
  if (!online.is_there()) return off();
  Question question;
  question.number = plain_number(number);
  question.limit = "1";
  const auto body = TRY(ask(provider, online.lookup, question, why));
  return read_entry(online, online.lookup, body, question.number);
}

Result<std::vector<Entry>> OnlineCalls::search(const Provider& provider, std::string_view q,
                                               int limit, const Why& why) const {
  const Online& online = provider.online;
  if (!online.search.is_there()) return off();
  Question question;
  question.q = std::string(q);
  question.limit = std::to_string(limit);
  const auto body = TRY(ask(provider, online.search, question, why));
  return read_answer(online, online.search, body, static_cast<std::size_t>(limit));
}

Result<FeedPage> OnlineCalls::read_feed(const Provider& provider, const std::string& cursor,
                                        const std::string& since, const Why& why) const {
  const FeedAsk& feed = provider.online.feed;
  if (!provider.online.has_feed()) return off();
  Question question;
  question.cursor = cursor;
  question.since = since;
  question.limit = "1000";
  const Ask& which = cursor.empty() ? feed.begin : feed.next;
  const auto body = TRY(ask(provider, which, question, why));
  return read_feed_page(feed, which, body);
}

}  // namespace fokus::registers
