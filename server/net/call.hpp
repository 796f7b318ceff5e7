// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace fokus::net {

// Those behind `options` are WebDAV's (RFC 4918, 3253).
enum class Method { get, head, post, put, patch, remove, options, propfind, proppatch, report };

// One request, parsed and limited. Lives as long as its handler runs; handlers run on a worker
// thread and may block. Header names are looked up without case. Query values are percent-decoded
// UTF-8; a malformed one was refused with 400 before the handler saw it.
struct Call {
  Method method = Method::get;
  std::string path;  // decoded, without query
  std::vector<std::pair<std::string, std::string>> query;
  std::map<std::string, std::string> path_params;  // "{id}" of the route
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;       // whole, at most the route's body_max; empty when body_file is set
  std::string body_file;  // path of a temporary file for routes with Route::stream_body; removed
                          // after the handler
  std::string remote;     // client address; from X-Forwarded-For only behind a trusted proxy
  bool secure = false;    // TLS here or at the trusted proxy
  std::string id;         // call id, 16 hex digits; in the reply as X-Request-Id and in the log
  std::int64_t user = 0;  // for the log: set by whoever finds out who calls; 0: nobody we know

  std::optional<std::string_view> header(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  std::optional<std::string_view> cookie(std::string_view name) const;
  std::string_view param(std::string_view name) const;  // CHECKs that the route has it
};

// What goes back. `file` streams a file from disk (with Range); `stream` writes a body of unknown
// length in pieces: called on the worker thread, it returns when it is done; write() blocks while
// the client is slow and returns false when the client has gone.
struct Reply {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string file;
  std::function<void(const std::function<bool(std::string_view)>& write)> stream;
  bool compressible = true;

  static Reply json(std::string body, int status = 200);
  static Reply text(std::string body, int status = 200);
  static Reply no_content();
  // problem+json (RFC 9457):
  // {"type","title","status","code","errors":[{field,code,params}],"params","call"}. Adds
  // Retry-After for unavailable and too_many (params["retry_after_s"], default 1).
  static Reply problem(const Error& error, std::string_view call_id);
  Reply& header(std::string name, std::string value) &;
};

int status_of(ErrorKind kind);

// Worker pools of their own, so that a slow report never delays a record, and neither another
// machine that is waited for nor a report ever delays who signs in.
enum class Lane { fast, slow, hashing, outside };

struct Route {
  Method method;
  std::string path;  // "/api/v1/companies/{id}"; "{rest...}" takes the remaining segments
  std::function<Reply(Call&)> handler;
  Lane lane = Lane::fast;
  std::size_t body_max = 1 << 20;
  bool stream_body = false;  // body goes to a temporary file (uploads)
  // Runs on a worker before the body is read: a refusal, or nothing. For uploads, so that nobody
  // fills the disk who may not upload; the handler checks again.
  std::function<std::optional<Reply>(Call&)> admit = {};
};

// One open WebSocket, as its owner sees it. Thread-safe. send() queues and returns false when the
// socket is closed or its queue is full (back-pressure: the owner decides to drop or to close).
class Socket {
 public:
  virtual ~Socket() = default;
  virtual bool send(std::string message) = 0;
  virtual void close(int code, std::string_view reason) = 0;
  virtual std::size_t queued_bytes() const = 0;
};

// Callbacks run on a network thread: they must not block. `closed` runs exactly once.
struct SocketEvents {
  std::function<void(std::string_view message)> message;
  std::function<void()> closed;
};

struct SocketRoute {
  std::string path;
  // Runs on a worker thread before the upgrade: a refusal (401, 403, …) or nothing.
  // What it puts into `accept` is called with the open socket on a network thread.
  std::function<std::optional<Reply>(Call&,
                                     std::function<SocketEvents(std::shared_ptr<Socket>)>& accept)>
      open;
};

}  // namespace fokus::net
