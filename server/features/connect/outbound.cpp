// SPDX-License-Identifier: Apache-2.0
#include "features/connect/outbound.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "platform/http_url.hpp"

namespace fokus::connect {
namespace {

using outgoing::Answer;
using outgoing::Failure;
using outgoing::Method;
using outgoing::Request;

constexpr std::int64_t nap_ms = 200;

bool is_passing(Failure failure) {
  return failure == Failure::unknown_host || failure == Failure::not_connected ||
         failure == Failure::timeout || failure == Failure::broken || failure == Failure::stopped;
}

Error error_of(Failure failure) {
  return make_error(is_passing(failure) ? ErrorKind::unavailable : ErrorKind::conflict,
                    "connect/" + std::string(failure_name(failure)));
}

// False when somebody wants it to stop.
bool pause(const Order& order, std::int64_t ms) {
  for (; ms > 0; ms -= nap_ms) {
    if (order.should_stop && order.should_stop()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(ms, nap_ms)));
  }
  return true;
}

bool is_whole_url(std::string_view path) {
  return path.starts_with("https://") || path.starts_with("http://");
}

std::optional<std::int64_t> asked_wait(const Answer& answer, Instant now) {
  const auto text = answer.header("retry-after");
  return text ? outgoing::parse_retry_after(*text, now) : std::nullopt;
}

EgressEntry entry_of(const Order& order, const Connector& connector, const Request& request) {
  EgressEntry out;
  out.connector = connector.name;
  out.method = std::string(method_name(request.method));
  if (const auto url = outgoing::parse_url(request.url)) out.host = url->authority();
  out.path = logged_path(request.url, connector.shown_query);
  out.occasion = order.occasion;
  return out;
}

}  // namespace

Outbound::Outbound(Connections& connections, EgressLog& log, outgoing::HttpOut& http,
                   Random& random)
    : connections_(connections), log_(log), http_(http), random_(random) {}

Result<Answer> Outbound::send(const Order& order) {
  const Connector* connector = connections_.find(order.connector);
  if (!connector) return make_error(ErrorKind::not_found, "connect/unknown");
  for (int attempts = 1;; ++attempts) {
    auto answered = send_once(order, *connector);
    const auto wait = wait_before_next(order, answered, attempts);
    if (!wait || !pause(order, *wait)) return answered;
  }
}

Result<Answer> Outbound::fetch(const Order& order) {
  auto answer = TRY(send(order));
  TRY(check_status(answer, log_.parts().clock.now()));
  return answer;
}

Status Outbound::test(const Connector& connector, const Occasion& occasion) {
  if (connector.test) return connector.test(*this, occasion);
  const auto answer =
      TRY(send({.connector = connector.name, .method = Method::head, .occasion = occasion}));
  const bool is_refused = answer.status == 401 || answer.status == 403;
  // Many have nothing to say at the base URL itself; they are there nevertheless.
  if (answer.status < 500 && !is_refused) return {};
  return check_status(answer, log_.parts().clock.now());
}

// Nothing: what has been answered is the answer.
std::optional<std::int64_t> Outbound::wait_before_next(const Order& order,
                                                       const Result<Answer>& answered,
                                                       int attempts) {
  const bool asks = order.method == Method::get || order.method == Method::head || order.only_asks;
  if (!asks || order.sink) return std::nullopt;
  const double chance = static_cast<unsigned char>(random_.bytes(1)[0]) / 255.0;
  if (!answered) {
    const bool passes = answered.error().kind == ErrorKind::unavailable;
    return passes ? retry_wait_ms(order.retry, attempts, std::nullopt, chance) : std::nullopt;
  }
  if (!outgoing::is_passing_status(answered->status)) return std::nullopt;
  return retry_wait_ms(order.retry, attempts, asked_wait(*answered, log_.parts().clock.now()),
                       chance);
}

Result<Answer> Outbound::send_once(const Order& order, const Connector& connector) {
  const Settings settings = TRY(connections_.open(connector.name));
  const Target target{order, connector, settings};
  auto request = TRY(prepare(target));
  TRY(sign(request, target));
  auto answer = TRY(send_logged(target, request));
  // A token that was taken back before its time; the next call gets another.
  if (answer.status == 401) forget_token(connector);
  return answer;
}

Result<Request> Outbound::prepare(const Target& target) {
  const auto& [order, connector, settings] = target;
  const bool is_whole = is_whole_url(order.path);
  const bool fits =
      is_whole || order.path.empty() || order.path.starts_with('/') || order.path.starts_with('?');
  if (!fits || (!is_whole && settings.base_url.empty())) return error_of(Failure::bad_request);
  Request out;
  out.method = order.method;
  out.url = is_whole ? order.path : settings.base_url + order.path;
  out.headers = order.headers;
  out.body = order.body;
  out.limits = order.limits.value_or(connector.limits);
  out.hosts = settings.hosts;
  out.sink = order.sink;
  out.should_stop = order.should_stop;
  return out;
}

Result<Answer> Outbound::send_logged(const Target& target, const Request& request) {
  const auto& should_stop = target.order.should_stop;
  const auto longest_ms = should_stop ? limits::turn_wait_ms : limits::turn_wait_person_ms;
  const auto place = lane_of(target.connector).enter(longest_ms, should_stop);
  if (!place) return make_error(ErrorKind::unavailable, "connect/busy");
  auto entry = entry_of(target.order, target.connector, request);
  entry.at = log_.parts().clock.now();
  const auto begun = std::chrono::steady_clock::now();
  const auto finish = [&](const outgoing::Outcome& outcome) {
    const auto took = std::chrono::steady_clock::now() - begun;
    entry.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    entry.status = outcome.ok() ? outcome.answer.status : 0;
    if (!outcome.ok()) entry.error = std::string(failure_name(outcome.failure));
    entry.bytes_out = outcome.bytes_out;
    entry.bytes_in = outcome.bytes_in;
    log_.append(entry);
  };
  outgoing::Outcome outcome;
  outcome.failure = Failure::stopped;  // what the log says when the sink throws
  try {
    outcome = http_.send(request);
  } catch (...) {
    finish(outcome);
    throw;
  }
  finish(outcome);
  if (!outcome.ok()) return error_of(outcome.failure);
  return std::move(outcome.answer);
}

Lane& Outbound::lane_of(const Connector& connector) {
  const std::lock_guard lock(mutex_);
  auto& lane = lanes_[connector.name];
  if (!lane) lane = std::make_unique<Lane>(connector.calls_per_second, connector.at_once);
  return *lane;
}

Status check_status(const Answer& answer, Instant now) {
  if (answer.status >= 200 && answer.status <= 299) return {};
  const bool is_gone = answer.status == 404 || answer.status == 410;
  const bool passes = outgoing::is_passing_status(answer.status);
  Error error = make_error(passes    ? ErrorKind::unavailable
                           : is_gone ? ErrorKind::not_found
                                     : ErrorKind::conflict,
                           "connect/status");
  error.params["status"] = std::to_string(answer.status);
  if (const auto wait = asked_wait(answer, now))
    error.params["retry_after_ms"] = std::to_string(*wait);
  return error;
}

std::string encode_part(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace fokus::connect
