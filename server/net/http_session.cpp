// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include "net/http_session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "net/pool_task.hpp"
#include "net/random.hpp"
#include "net/reply.hpp"
#include "net/target.hpp"

namespace fokus::net {

namespace {

constexpr std::size_t refused_body_max = 65536;  // read and dropped so that the connection lives
constexpr std::size_t call_id_bytes = 8;

std::optional<Method> method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::post:
      return Method::post;
    case http::verb::put:
      return Method::put;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::remove;
    case http::verb::options:
      return Method::options;
    case http::verb::propfind:
      return Method::propfind;
    case http::verb::proppatch:
      return Method::proppatch;
    case http::verb::report:
      return Method::report;
    default:
      return std::nullopt;
  }
}

std::string_view to_std(beast::string_view text) {
  return {text.data(), text.size()};
}

bool wants_socket(const http::request_header<>& head) {
  return head.version() >= 11 &&
         http::token_list(head[http::field::connection]).exists("upgrade") &&
         http::token_list(head[http::field::upgrade]).exists("websocket");
}

// What Beast's WebSocket would refuse in its own words, after the call has been logged as open.
bool is_whole_handshake(const http::request_header<>& head) {
  constexpr std::size_t key_bytes = 24;  // RFC 6455: 16 bytes in base64
  return head[http::field::sec_websocket_key].size() == key_bytes &&
         head[http::field::sec_websocket_version] == "13";
}

// RFC 9112 3.2: one host, which is one, and the same in a target that names one too.
bool has_clear_host(const http::request_header<>& head) {
  const auto hosts = head.count(http::field::host);
  if (hosts > 1 || (head.version() >= 11 && hosts == 0)) return false;
  const auto host = to_std(head[http::field::host]);
  if (hosts == 1 && !is_host(host)) return false;
  const auto authority = authority_of(to_std(head.target()));
  if (!authority) return false;
  return authority->empty() || hosts == 0 || is_same_host(*authority, host);
}

// What Beast lets through and a second parser on the way might read otherwise.
bool is_ambiguous(const http::request_header<>& head) {
  if (!has_clear_host(head)) return true;
  const auto encodings = head.count(http::field::transfer_encoding);
  if (encodings == 0) return false;
  return encodings > 1 || head.version() < 11 ||
         !same_name(to_std(head[http::field::transfer_encoding]), "chunked");
}

bool expects_continue(const http::request_header<>& head) {
  return head.version() >= 11 && same_name(to_std(head[http::field::expect]), "100-continue");
}

// Holds the context as long as the connection: another may have taken its place meanwhile.
Task<void> serve(Core& core, Loop& loop, TcpSocket socket, std::shared_ptr<asio::ssl::context> tls,
                 Slot slot) {
  HttpSession session(core, loop, Channel(std::move(socket), tls.get()), std::move(slot));
  co_await session.run();
}

// Runs the stream of a reply on the worker and reports whether all of it was written.
bool run_stream(const Outgoing& out, BodyPipe& pipe,
                const std::function<void(const std::function<bool(std::string_view)>&)>& stream) {
  try {
    if (!out.gzip_stream) {
      stream([&](std::string_view piece) { return pipe.write(piece); });
      return true;
    }
    GzipStream gzip;
    stream([&](std::string_view piece) { return pipe.write(gzip.add(piece)); });
    pipe.write(gzip.finish());
    return true;
  } catch (...) {
    return false;  // the headers have gone already; a body without its end tells the client
  }
}

}  // namespace

void start_session(Core& core, Loop& loop, TcpSocket socket,
                   std::shared_ptr<asio::ssl::context> tls, Slot slot) {
  asio::co_spawn(loop.executor(),
                 serve(core, loop, std::move(socket), std::move(tls), std::move(slot)),
                 asio::detached);
}

HttpSession::HttpSession(Core& core, Loop& loop, Channel channel, Slot slot)
    : core_(core), loop_(loop), channel_(std::move(channel)), slot_(std::move(slot)) {
  error_code unknown;
  const auto end = channel_.socket().remote_endpoint(unknown);
  auto address = end.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  if (!unknown) peer_ = address.to_string();
  loop_.watch(*this);
}

void HttpSession::arm(int timeout_ms) {
  timed_out_ = false;
  deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
}

void HttpSession::expire() {
  timed_out_ = true;
  error_code ignored;
  channel_.socket().cancel(ignored);
}

void HttpSession::retire() {
  if (idle_) expire();
}

void HttpSession::drop() {
  error_code ignored;
  channel_.socket().close(ignored);
  if (pipe_) pipe_->abort();
}

Task<void> HttpSession::run() {
  if (channel_.tls()) {
    arm(core_.setup.options.header_timeout_ms);
    const auto [failed] = co_await channel_.async_handshake(use_tuple);
    if (failed) co_return;
  }
  After after = After::keep;
  while (after == After::keep) after = co_await serve_one();
  if (after == After::linger) co_await linger();
  if (after == After::close) co_await close();
}

Task<HttpSession::After> HttpSession::serve_one() {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(core_.setup.options.header_max));
  parser.body_limit(boost::none);  // the route's limit is looked at in read_body
  const Head head = co_await read_head(parser);
  disarm();
  first_ = false;
  if (head == Head::closed) co_return After::close;
  // Shared with the worker's job (see LiveExchange).
  auto exchange = std::make_shared<LiveExchange>();
  exchange->call.id = random_hex(call_id_bytes);
  exchange->call.remote = peer_;
  if (head != Head::whole) co_return co_await refuse_head(*exchange, head);
  http_1_0_ = parser.get().version() < 11;
  fill_call(parser, exchange->call);
  if (is_ambiguous(parser.get())) co_return co_await refuse_head(*exchange, Head::malformed);
  co_return co_await answer_call(parser, std::move(exchange));
}

Task<HttpSession::After> HttpSession::answer_call(Parser& parser,
                                                  std::shared_ptr<LiveExchange> exchange) {
  const auto& head = parser.get().base();
  auto next = plan_exchange(core_, *exchange,
                            {method_of(head.method()), to_std(head.target()), wants_socket(head)});
  if (next == Next::run_route && exchange->route->admit && !parser.is_done() &&
      !co_await is_admitted(exchange))
    next = Next::reply;
  if (!parser.is_done()) {
    const bool runs = next == Next::run_route;
    const bool waits = expects_continue(head) && buffer_.size() == 0;
    Body body = Body::whole;
    if (waits && !runs)
      body = Body::too_large;  // the client holds its body back until it is asked for
    else if (waits && parser.content_length().value_or(0) <= exchange->route->body_max)
      body = co_await write("HTTP/1.1 100 Continue\r\n\r\n") ? Body::whole : Body::closed;
    if (body == Body::whole)
      body = co_await read_body(parser, *exchange,
                                runs ? exchange->route->body_max : refused_body_max);
    if (body != Body::whole && !runs && body != Body::closed) {
      finish_exchange(core_, *exchange);
      co_return co_await send(*exchange, false) == After::gone ? After::gone : After::linger;
    }
    if (body != Body::whole) co_return co_await refuse_body(*exchange, body);
  }
  if (next == Next::open_socket) co_return co_await upgrade(parser, std::move(exchange));
  if (next == Next::run_route)
    co_await run_handler(exchange);
  else
    finish_exchange(core_, *exchange);
  co_return co_await send(*exchange, parser.get().keep_alive());
}

Task<bool> HttpSession::is_admitted(std::shared_ptr<LiveExchange> exchange) {
  auto work = [exchange, &core = core_](auto done) {
    run_admission(core, *exchange);
    done();
  };
  if (!co_await run_on(core_.fast, loop_.executor(), std::move(work))) {
    refuse_busy(core_, *exchange);
    exchange->route = nullptr;
  }
  co_return exchange->route != nullptr;
}

Task<void> HttpSession::run_handler(std::shared_ptr<LiveExchange> exchange) {
  auto work = [exchange, executor = loop_.executor(), &core = core_](auto done) {
    run_route(core, *exchange);
    if (!exchange->out.stream) {
      exchange->spool.reset();
      finish_exchange(core, *exchange);
      return done();
    }
    const auto stream = std::move(exchange->out.stream);
    const auto pipe = exchange->pipe =
        std::make_shared<BodyPipe>(executor, core.setup.options.spool_folder);
    done();
    pipe->finish(run_stream(exchange->out, *pipe, stream));
    exchange->spool.reset();
    finish_exchange(core, *exchange);
  };
  const bool ran =
      co_await run_on(core_.lane(exchange->route->lane), loop_.executor(), std::move(work));
  if (ran) co_return;
  refuse_busy(core_, *exchange);
  finish_exchange(core_, *exchange);
}

Task<HttpSession::After> HttpSession::upgrade(Parser& parser,
                                              std::shared_ptr<LiveExchange> exchange) {
  if (!is_whole_handshake(parser.get())) co_return co_await refuse_head(*exchange, Head::malformed);
  auto work = [exchange, &core = core_](auto done) {
    run_socket_open(core, *exchange);
    done();
  };
  if (!co_await run_on(core_.fast, loop_.executor(), std::move(work)))
    refuse_busy(core_, *exchange);
  const bool early = exchange->accept && buffer_.size() != 0;  // frames before our 101
  if (early) {
    exchange->accept = nullptr;
    refuse_exchange(*exchange, 400, "net/malformed");
  }
  finish_exchange(core_, *exchange);
  if (early) co_return co_await send(*exchange, false) == After::gone ? After::gone : After::linger;
  if (!exchange->accept) co_return co_await send(*exchange, parser.get().keep_alive());
  unlink();
  start_socket(
      core_, loop_,
      {std::move(channel_), std::move(slot_), std::move(exchange->call.headers),
       std::string(to_std(parser.get().target())), exchange->call.id, std::move(exchange->accept)});
  co_return After::gone;
}

Task<HttpSession::After> HttpSession::refuse_head(LiveExchange& exchange, Head head) {
  if (head == Head::late)
    refuse_exchange(exchange, 408, "net/timeout");
  else if (head == Head::too_large)
    refuse_exchange(exchange, 431, "net/header_too_large");
  else
    refuse_exchange(exchange, 400, "net/malformed");
  finish_exchange(core_, exchange);
  co_return co_await send(exchange, false) == After::gone ? After::gone : After::linger;
}

Task<HttpSession::After> HttpSession::refuse_body(LiveExchange& exchange, Body body) {
  if (body == Body::closed) co_return After::gone;
  if (body == Body::late)
    refuse_exchange(exchange, 408, "net/timeout");
  else if (body == Body::too_large)
    refuse_exchange(exchange, 413, "net/too_large");
  else if (body == Body::no_space)
    refuse_exchange(exchange, 507, "net/no_space");
  else if (body == Body::no_memory)
    refuse_busy(core_, exchange);
  else
    refuse_exchange(exchange, 400, "net/malformed");
  finish_exchange(core_, exchange);
  co_return co_await send(exchange, false) == After::gone ? After::gone : After::linger;
}

void HttpSession::fill_call(const Parser& parser, Call& call) {
  for (const auto& field : parser.get())
    call.headers.emplace_back(to_std(field.name_string()), to_std(field.value()));
  call.remote = core_.proxies.client_address(peer_, call.headers);
  call.secure = channel_.tls() || core_.proxies.is_forwarded_secure(peer_, call.headers);
}

}  // namespace fokus::net
