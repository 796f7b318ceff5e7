// SPDX-License-Identifier: Apache-2.0
#include "net/exchange.hpp"

#include <limits>
#include <stdexcept>

#include "net/reply.hpp"
#include "net/target.hpp"

namespace fokus::net {

namespace {

constexpr int disk_threads = 2;
constexpr int hashing_threads = 2;  // each password takes 19 MiB while it is hashed
constexpr int outside_threads = 4;  // they wait, and do nothing meanwhile
constexpr std::size_t body_bytes_free = 4096;
// At most one piece per connection waits for the disk, so the connection limit bounds this queue.
constexpr std::size_t disk_queue_max = std::numeric_limits<std::size_t>::max();

Reply problem_of(const Core& core, const std::exception& failure, const Call& call) {
  if (core.setup.on_exception)
    if (const auto error = core.setup.on_exception(failure)) return Reply::problem(*error, call.id);
  return refuse(500, "net/internal", call.id);
}

// Answers with what `make` returns or, when it throws, with a problem that shows no cause.
template <class Make>
void answer_with(const Core& core, Exchange& exchange, Make make) noexcept {
  try {
    try {
      exchange.out = make_outgoing(make(), exchange.call);
    } catch (const std::exception& failure) {
      exchange.out = make_outgoing(problem_of(core, failure, exchange.call), exchange.call);
    } catch (...) {
      exchange.out = make_outgoing(refuse(500, "net/internal", exchange.call.id), exchange.call);
    }
  } catch (...) {  // no memory even for the refusal
    exchange.out = {};
    exchange.out.head = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n";
  }
}

Next answer(Exchange& exchange, Reply reply, std::string_view view = {}) {
  exchange.out = make_outgoing(std::move(reply), exchange.call, view);
  return Next::reply;
}

// Of the web UI: what GET would answer.
bool is_page(const Core& core, Call& call) {
  const Method method = std::exchange(call.method, Method::get);
  const bool found = core.files.find(call, Encoding::identity).has_value();
  call.method = method;
  return found;
}

Next plan_unrouted(const Core& core, Exchange& exchange, const Router::Match& match) {
  const auto& call = exchange.call;
  if (match.has_path()) {
    Reply reply = call.method == Method::options ? Reply::no_content()
                                                 : refuse(405, "net/method_not_allowed", call.id);
    reply.header("Allow", match.allow());
    return answer(exchange, std::move(reply));
  }
  if (call.method == Method::options && is_page(core, exchange.call)) {
    Reply reply = Reply::no_content();
    reply.header("Allow", "GET, HEAD, OPTIONS");
    return answer(exchange, std::move(reply));
  }
  const auto encoding = choose_encoding(call.header("Accept-Encoding").value_or(""));
  if (auto found = core.files.find(call, encoding)) {
    exchange.pattern = "(static)";
    return answer(exchange, std::move(found->reply), found->view);
  }
  return answer(exchange, refuse(404, "net/not_found", call.id));
}

Next plan_socket(const Core& core, Exchange& exchange, const RequestHead& head,
                 Router::Match match) {
  exchange.socket = &core.setup.sockets[*match.route];
  exchange.pattern = exchange.socket->path;
  exchange.call.path_params = std::move(match.params);
  if (head.upgrade) return Next::open_socket;
  Reply reply = refuse(426, "net/upgrade_required", exchange.call.id);
  reply.header("Upgrade", "websocket").header("Connection", "Upgrade");
  return answer(exchange, std::move(reply));
}

}  // namespace

bool BodyShare::take(std::atomic<std::size_t>& all, std::size_t bytes, std::size_t max) {
  bytes_ += bytes;
  if (bytes_ <= body_bytes_free) return true;
  const std::size_t more = bytes_ - counted_;
  all_ = &all;
  counted_ += more;
  return (all += more) <= max;
}

Core::Core(ServerSetup given)
    : setup(std::move(given)),
      files(setup.static_files, setup.frame_sources),
      proxies(setup.options.trusted_proxies),
      disk(disk_threads, disk_queue_max),
      fast(setup.options.fast_workers, setup.options.fast_queue_max),
      slow(setup.options.slow_workers, setup.options.slow_queue_max),
      hashing(hashing_threads, setup.options.slow_queue_max),
      outside(outside_threads, setup.options.slow_queue_max) {
  bool spools = false;
  for (std::size_t i = 0; i < setup.routes.size(); ++i) {
    routes.add(setup.routes[i].method, setup.routes[i].path, i);
    spools = spools || setup.routes[i].stream_body;
  }
  for (std::size_t i = 0; i < setup.sockets.size(); ++i)
    sockets.add(Method::get, setup.sockets[i].path, i);
  if (spools && setup.options.spool_folder.empty())
    throw std::runtime_error("routes with stream_body need a spool folder");
  if (spools) sweep_spool(setup.options.spool_folder);
}

WorkerPool& Core::lane(Lane lane) {
  switch (lane) {
    case Lane::fast:
      return fast;
    case Lane::slow:
      return slow;
    case Lane::hashing:
      return hashing;
    case Lane::outside:
      break;
  }
  return outside;
}

Next plan_exchange(const Core& core, Exchange& exchange, const RequestHead& head) {
  auto& call = exchange.call;
  if (!head.method) return answer(exchange, refuse(501, "net/unknown_method", call.id));
  call.method = *head.method;
  if (head.target == "*" && call.method == Method::options)
    return answer(exchange, Reply::no_content());
  auto target = parse_target(head.target);
  if (!target) return answer(exchange, Reply::problem(target.error(), call.id));
  call.path = std::move(target->path);
  call.query = std::move(target->query);
  if (call.method == Method::get) {
    auto socket = core.sockets.find(Method::get, target->segments);
    if (socket.route) return plan_socket(core, exchange, head, std::move(socket));
  }
  auto match = core.routes.find(call.method, target->segments);
  if (!match.route) return plan_unrouted(core, exchange, match);
  const auto encoding = call.header("content-encoding");
  if (encoding && !encoding->empty() && *encoding != "identity")
    return answer(exchange, refuse(415, "net/encoded_body", call.id));
  exchange.route = &core.setup.routes[*match.route];
  exchange.pattern = exchange.route->path;
  call.path_params = std::move(match.params);
  return Next::run_route;
}

void run_route(const Core& core, Exchange& exchange) {
  answer_with(core, exchange, [&] { return exchange.route->handler(exchange.call); });
}

void run_admission(const Core& core, Exchange& exchange) {
  bool admitted = false;
  answer_with(core, exchange, [&] {
    auto refusal = exchange.route->admit(exchange.call);
    admitted = !refusal;
    return refusal ? std::move(*refusal) : Reply::no_content();
  });
  if (!admitted) exchange.route = nullptr;
}

void run_socket_open(const Core& core, Exchange& exchange) {
  bool opens = false;
  answer_with(core, exchange, [&] {
    auto refusal = exchange.socket->open(exchange.call, exchange.accept);
    if (!refusal && !exchange.accept) return refuse(500, "net/internal", exchange.call.id);
    opens = !refusal;
    return refusal ? std::move(*refusal) : Reply::no_content();
  });
  if (!opens) exchange.accept = nullptr;
}

void refuse_exchange(Exchange& exchange, int status, std::string_view code) {
  answer(exchange, refuse(status, code, exchange.call.id));
}

void refuse_busy(Core& core, Exchange& exchange) {
  ++core.counters.refused_busy;
  answer(exchange,
         Reply::problem(make_error(ErrorKind::unavailable, "net/busy"), exchange.call.id));
}

void finish_exchange(Core& core, const Exchange& exchange) noexcept {
  const auto micros =
      std::chrono::duration_cast<std::chrono::microseconds>(Exchange::Clock::now() - exchange.began)
          .count();
  const int status = exchange.accept ? 101 : exchange.out.status;
  core.counters.add_call(status, micros);
  if (!core.setup.on_done) return;
  try {
    core.setup.on_done(exchange.call, exchange.pattern, status, micros);
  } catch (...) {  // a log that fails must not take the reply with it
  }
}

}  // namespace fokus::net
