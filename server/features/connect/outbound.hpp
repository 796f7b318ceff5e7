// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "features/connect/connections.hpp"
#include "features/connect/egress_log.hpp"
#include "features/connect/lane.hpp"
#include "platform/http_out.hpp"
#include "platform/retry.hpp"

namespace fokus::connect {

namespace limits {
// For the pace of a connector: of a job, and of a person, who holds a worker of the slow lane,
// where others want to sign in.
constexpr std::int64_t turn_wait_ms = 30'000, turn_wait_person_ms = 3'000;
constexpr std::int64_t token_bytes_max = 64 * 1024;  // of the answer with a token
constexpr std::int64_t token_margin_ms = 30'000;     // before its end a token is not used
constexpr std::int64_t token_age_ms =
    5 * ms_per_minute;                                 // of one that does not say how old it gets
constexpr std::int64_t token_seconds_max = 24 * 3600;  // longer is not believed
}  // namespace limits

// One call of a connector.
struct Order {
  std::string connector;
  outgoing::Method method = outgoing::Method::get;
  // "/enheter?navn=x" below the base URL, or a whole URL on a host that the connector may call.
  // Values in it are percent-encoded by the caller (encode_part).
  std::string path = {};
  std::vector<outgoing::Header> headers = {};  // without those of the authentication
  std::string body = {};
  Occasion occasion = {};
  std::optional<outgoing::Limits> limits = {};      // instead of the connector's
  outgoing::RetryRule retry = {.attempts_max = 1};  // of GET and HEAD, and of what only_asks
  std::function<bool(std::string_view)> sink = {};  // as in outgoing::Request; no retries
  // Likewise; also ends waits. An order with it is a job's, and waits longer for its turn.
  std::function<bool()> should_stop = {};
  bool only_asks = false;  // a POST that changes nothing there
};

// Sends what a connector may send: refuses it while the connector is off, keeps to its pace, signs
// it, and writes it down. Thread-safe; blocks, so it belongs to jobs and the slow lane.
class Outbound {
 public:
  // All arguments outlive it.
  Outbound(Connections& connections, EgressLog& log, outgoing::HttpOut& http, Random& random);

  // The answer, whatever its status. Errors: those of Connections::open(); "connect/busy"
  // (unavailable; too many wait for this connector), "connect/" + outgoing::failure_name():
  // kind unavailable for what may pass (unknown_host, not_connected, timeout, broken, stopped),
  // conflict for the rest; "connect/sign_in_refused" (OAuth2 gave no token).
  Result<outgoing::Answer> send(const Order& order);
  // As send(), and the status must be 2xx. Errors: also "connect/status" with params "status", and
  // "retry_after_ms" where the server said so; kind unavailable for statuses that pass, not_found
  // for 404 and 410, conflict for the rest.
  Result<outgoing::Answer> fetch(const Order& order);
  // Whether the settings work: the connector's own test, or else whether something answers at its
  // base URL and does not refuse the credentials. Errors: as fetch().
  Status test(const Connector& connector, const Occasion& occasion);

  Connections& connections() { return connections_; }
  EgressLog& log() { return log_; }

 private:
  // What a token of OAuth2 was got with, and how long it is good.
  struct Token {
    std::string text, got_with;
    Instant until;
  };
  struct Target {
    const Order& order;
    const Connector& connector;
    const Settings& settings;
  };
  Result<outgoing::Answer> send_once(const Order& order, const Connector& connector);
  Result<outgoing::Request> prepare(const Target& target);
  Result<outgoing::Answer> send_logged(const Target& target, const outgoing::Request& request);
  Status sign(outgoing::Request& request, const Target& target);
  Result<std::string> token(const Target& target);
  Result<Token> get_token(const Target& target);
  static Result<Token> read_token(const outgoing::Answer& answer, Instant now);
  void forget_token(const Connector& connector);
  std::optional<std::int64_t> wait_before_next(const Order& order,
                                               const Result<outgoing::Answer>& answered,
                                               int attempts);
  Lane& lane_of(const Connector& connector);

  Connections& connections_;
  EgressLog& log_;
  outgoing::HttpOut& http_;
  Random& random_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Lane>, std::less<>> lanes_;
  std::map<std::string, Token, std::less<>> tokens_;  // by connector
};

// The Error of an answer whose status is not 2xx, as fetch() has it.
Status check_status(const outgoing::Answer& answer, Instant now);
// Percent-encodes all but letters, digits and "-._~": for a value in a path or query.
std::string encode_part(std::string_view text);

}  // namespace fokus::connect
