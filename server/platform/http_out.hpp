// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/private_hosts.hpp"

// Calls that leave this machine. Rooms do not call this: they go through features/connect, which
// asks whether an administrator wants the call and writes down that it was made.
namespace fokus::outgoing {

namespace limits {
constexpr std::size_t url_bytes_max = 8'000;
constexpr std::size_t answer_header_bytes_max = 64 * 1024;  // of one answer, all headers
constexpr int redirects_max = 10;
constexpr std::size_t unread_body_bytes_max = 64 * 1024;  // of an answer that the sink is not for
}  // namespace limits

enum class Method { get, head, post, put, patch, remove };
std::string_view method_name(Method method);  // "GET", …

struct Header {
  std::string name, value;
  bool is_secret = false;  // does not follow a redirect to another host or port
};

// Every call has all of them; the bytes are those of the answer's body when it is unpacked.
struct Limits {
  std::int64_t connect_ms = 5'000;
  std::int64_t total_ms = 30'000;    // of all redirects together
  std::int64_t silence_ms = 20'000;  // without a byte, for calls whose total is long
  std::int64_t answer_bytes_max = 4 << 20;
  int redirects_max = 0;  // followed, of GET and HEAD; 0: an answer that redirects is the answer
};

struct Request {
  Method method = Method::get;
  std::string url;  // https, or http where PrivateHosts says so; no user and password in it
  std::vector<Header> headers = {};
  std::string body = {};  // of POST, PUT and PATCH
  Limits limits = {};
  // Where the call and its redirects may go: "api.example.org", "api.example.org:8443", or
  // "*.example.org" for every name below it (not itself). Empty: nowhere.
  std::vector<std::string> hosts = {};
  // Takes the body of a 2xx answer piece by piece as it arrives; false ends the call (`stopped`).
  // Without one the body is in the answer. Of other answers at most unread_body_bytes_max are kept
  // then. What it throws leaves send().
  std::function<bool(std::string_view)> sink = {};
  std::function<bool()> should_stop = {};  // asked about once a second
};

struct Answer {
  int status = 0;
  std::vector<Header> headers;  // names in lower case
  std::string body;
  std::string url;  // where it came from after redirects
  // The first of that name (in lower case), or nothing.
  std::optional<std::string_view> header(std::string_view name) const;
};

// Why there is no answer. A status of 400 and more is one.
enum class Failure {
  none,
  bad_request,      // what cannot be sent: a URL of bad form or with a user in it, a header with a
                    // line break or one that is ours (host, lengths, connection), a body in a GET
  host_refused,     // not in Request::hosts; also of a redirect
  scheme_refused,   // http where it is not allowed; likewise
  address_refused,  // the name stands for an address that is not public
  unknown_host,     // the name has no address
  not_connected,
  timeout,
  tls,        // certificate of somebody else, expired, or from nobody we know
  too_large,  // the answer goes beyond its limit
  too_many_redirects,
  broken,   // what came is no HTTP, or ended too early
  stopped,  // by sink or should_stop
};
std::string_view failure_name(Failure failure);  // "address_refused", …

struct Outcome {
  Failure failure = Failure::none;
  Answer answer;                             // when there is no failure
  std::int64_t bytes_out = 0, bytes_in = 0;  // on the wire, headers too, as far as it went
  bool ok() const { return failure == Failure::none; }
};

// Thread-safe; send() blocks, so it belongs to jobs and the slow lane, never to a network thread.
class HttpOut {
 public:
  virtual ~HttpOut() = default;
  virtual Outcome send(const Request& request) = 0;
};

struct Options {
  PrivateHosts private_hosts;
  std::string certificates;  // PEM file of who is trusted, instead of the system's; empty: that
  std::string user_agent = "Fokus";
};

// With libcurl: no proxy, netrc, cookies or caches of the environment, TLS 1.2 and up, addresses
// checked when the connection is made, so that no answer of a name server leads inside. The first
// one made prepares libcurl: in the composition root, before there are other threads.
std::unique_ptr<HttpOut> make_http_out(Options options);

}  // namespace fokus::outgoing
