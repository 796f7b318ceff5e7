// SPDX-License-Identifier: Apache-2.0
// The half of HttpSession that moves bytes: reading heads and bodies, sending replies, closing.
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "net/http_session.hpp"
#include "net/pool_task.hpp"

namespace fokus::net {

namespace {

constexpr std::size_t read_bytes = 4096;         // room for one read of headers
constexpr std::size_t body_read_bytes = 16384;   // at most: who sends much must not hold others up
constexpr std::size_t body_piece_bytes = 65536;  // one write of a body
constexpr std::size_t idle_buffer_max = 16384;   // more is given back between calls
constexpr std::size_t joined_bytes_max = 32768;  // up to here head and body go in one write
constexpr int close_timeout_ms = 2000;           // for the peer's TLS close_notify
constexpr int linger_timeout_ms = 5000;
constexpr std::uint64_t linger_bytes_max = 64 << 20;

std::string read_file_piece(const OpenFile& file, std::uint64_t at, std::uint64_t left) {
  std::string piece(std::min<std::uint64_t>(left, body_piece_bytes), '\0');
  ssize_t size;
  do {
    size = ::pread(file.number(), piece.data(), piece.size(), static_cast<off_t>(at));
  } while (size < 0 && errno == EINTR);
  piece.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return piece;
}

void frame_chunk(std::string& piece) {
  std::array<char, 16> size;
  const auto end = std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16);
  piece.insert(0, std::string(size.data(), end.ptr) + "\r\n");
  piece += "\r\n";
}

// RFC 9112 2.2: clients that end a body with one more line than they announced are served.
template <class Buffer>
bool skip_empty_line(Buffer& buffer) {
  constexpr std::string_view line = "\r\n";
  const std::string_view bytes(static_cast<const char*>(buffer.data().data()), buffer.size());
  if (!bytes.starts_with(line)) return false;
  buffer.consume(line.size());
  return true;
}

}  // namespace

Task<std::size_t> HttpSession::fill(std::size_t bytes_max) {
  const auto room = buffer_.prepare(bytes_max);
  const auto [failed, size] = co_await channel_.async_read_some(room, use_tuple);
  if (failed) co_return 0;
  buffer_.commit(size);
  co_return size;
}

Task<HttpSession::Head> HttpSession::read_head(Parser& parser) {
  const auto& options = core_.setup.options;
  bool skipped = skip_empty_line(buffer_);
  while (buffer_.size() == 0) {
    if (core_.stopping) co_return Head::closed;
    if (buffer_.capacity() > idle_buffer_max) buffer_.shrink_to_fit();
    idle_ = true;
    arm(first_ ? options.header_timeout_ms : options.idle_timeout_ms);
    const bool got = co_await fill(read_bytes) > 0;
    idle_ = false;
    if (!got) co_return Head::closed;
    if (!skipped) skipped = skip_empty_line(buffer_);
  }
  arm(options.header_timeout_ms);
  // Beast looks at its limit anew with each put: a head whose lines come one by one passes it.
  for (std::size_t total = 0;;) {
    error_code failed;
    const auto used = parser.put(buffer_.data(), failed);
    buffer_.consume(used);
    total += used;
    if (failed == http::error::header_limit) co_return Head::too_large;
    if (failed && failed != http::error::need_more) co_return Head::malformed;
    if (total > options.header_max) co_return Head::too_large;
    if (parser.is_header_done()) co_return Head::whole;
    if (total + buffer_.size() > options.header_max) co_return Head::too_large;
    if (co_await fill(read_bytes) == 0) co_return timed_out_ ? Head::late : Head::closed;
  }
}

// Memory follows what has come, not what was announced: a length costs nothing to write.
Task<HttpSession::Body> HttpSession::read_body(Parser& parser, LiveExchange& exchange,
                                               std::size_t limit) {
  const auto& options = core_.setup.options;
  if (parser.content_length().value_or(0) > limit) co_return Body::too_large;
  const auto began = Clock::now();
  std::string piece;
  std::size_t total = 0, room = read_bytes;
  bool hungry = false;
  arm(options.body_timeout_ms);
  while (!parser.is_done()) {
    if (hungry || buffer_.size() == 0) {
      const std::size_t came = co_await fill(room);
      if (came == 0) co_return timed_out_ ? Body::late : Body::closed;
      if (came == room) room = std::min(2 * room, body_read_bytes);
    }
    piece.resize(std::max(piece.size(), buffer_.size()));
    auto& body = parser.get().body();
    body.data = piece.data();
    body.size = piece.size();
    error_code failed;
    const auto used = parser.put(buffer_.data(), failed);
    buffer_.consume(used);
    hungry = failed == http::error::need_more;
    if (failed && !hungry && failed != http::error::need_buffer) co_return Body::malformed;
    if (hungry && buffer_.size() > options.header_max) co_return Body::malformed;
    const auto got = std::string_view(piece).substr(0, piece.size() - body.size);
    total += got.size();
    if (total > limit) co_return Body::too_large;
    if (!got.empty())
      if (const auto kept = co_await keep_piece(exchange, got); kept != Body::whole) co_return kept;
    if (used > 0) arm_body(began, total);
  }
  disarm();
  co_return Body::whole;
}

// Time without progress ends a body, and so does progress that is only there to hold the line.
void HttpSession::arm_body(Clock::time_point began, std::size_t total) {
  const auto& options = core_.setup.options;
  arm(options.body_timeout_ms);
  const auto earned = std::chrono::milliseconds(options.body_timeout_ms +
                                                total * 1000 / options.body_bytes_per_second_min);
  deadline = std::min(deadline, began + earned);
}

// Bodies of refused calls are dropped; the others go to memory or to the route's spool file.
Task<HttpSession::Body> HttpSession::keep_piece(LiveExchange& exchange, std::string_view piece) {
  if (!exchange.route) co_return Body::whole;
  if (!exchange.route->stream_body) {
    if (!exchange.share.take(core_.body_bytes, piece.size(), core_.setup.options.bodies_bytes_max))
      co_return Body::no_memory;
    exchange.call.body.append(piece);
    co_return Body::whole;
  }
  bool written = false;
  auto work = [&](auto done) {
    try {
      if (!exchange.spool)
        exchange.spool = std::make_unique<SpoolFile>(core_.setup.options.spool_folder);
      exchange.spool->write(piece);
      exchange.call.body_file = exchange.spool->path();
      written = true;
    } catch (const std::exception&) {  // the disk is full or the folder is gone
    }
    done();
  };
  disarm();
  co_await run_on(core_.disk, loop_.executor(), std::move(work));
  co_return written ? Body::whole : Body::no_space;
}

Task<HttpSession::After> HttpSession::send(LiveExchange& exchange, bool keep) {
  auto& out = exchange.out;
  const bool chunked = exchange.pipe && !http_1_0_;
  if ((exchange.pipe && !chunked) || core_.stopping) keep = false;
  std::string head = std::move(out.head);
  if (!keep) head += "Connection: close\r\n";
  if (keep && http_1_0_) head += "Connection: keep-alive\r\n";
  if (chunked) head += "Transfer-Encoding: chunked\r\n";
  head += "\r\n";
  const auto content = out.content();
  const bool joined = content.size() <= joined_bytes_max;
  if (joined) head += content;
  pipe_ = exchange.pipe;
  bool sent = co_await write(head);
  if (sent && !joined) sent = co_await write(content);
  if (exchange.pipe)
    sent = co_await send_stream(exchange, chunked) && sent;
  else if (sent && out.file)
    sent = co_await send_file(exchange);
  pipe_ = nullptr;
  if (!sent) co_return After::gone;
  co_return keep ? After::keep : After::close;
}

Task<bool> HttpSession::send_stream(LiveExchange& exchange, bool chunked) {
  struct Abort {  // also when the coroutine ends early: a worker must not wait for it
    BodyPipe& pipe;
    ~Abort() { pipe.abort(); }
  } abort{*exchange.pipe};
  for (;;) {
    auto [piece, in_file] = co_await exchange.pipe->read();
    if (in_file) {
      auto work = [&piece = piece, &pipe = *exchange.pipe](auto done) {
        piece = pipe.take_overflow();
        done();
      };
      if (!co_await run_on(core_.disk, loop_.executor(), std::move(work))) co_return false;
      if (piece.empty()) co_return false;
    }
    if (piece.empty()) break;
    if (chunked) frame_chunk(piece);
    if (!co_await write(piece)) co_return false;
  }
  if (!exchange.pipe->whole()) co_return false;
  if (chunked) co_return co_await write("0\r\n\r\n");
  co_return true;
}

Task<bool> HttpSession::send_file(LiveExchange& exchange) {
  auto& out = exchange.out;
  auto at = out.file_first, left = out.file_length;
  while (left > 0) {
    std::string piece;
    auto work = [&](auto done) {
      piece = read_file_piece(out.file, at, left);
      done();
    };
    if (!co_await run_on(core_.disk, loop_.executor(), std::move(work))) co_return false;
    if (piece.empty()) co_return false;  // cut short since it was opened
    if (!co_await write(piece)) co_return false;
    at += piece.size();
    left -= piece.size();
  }
  co_return true;
}

Task<bool> HttpSession::write(std::string_view bytes) {
  while (!bytes.empty()) {
    arm(core_.setup.options.body_timeout_ms);
    const auto [failed, size] =
        co_await channel_.async_write_some(asio::buffer(bytes.data(), bytes.size()), use_tuple);
    if (failed) co_return false;
    core_.counters.bytes_out += size;
    bytes.remove_prefix(size);
  }
  disarm();
  co_return true;
}

Task<void> HttpSession::close() {
  if (channel_.tls() && !timed_out_) {
    arm(close_timeout_ms);
    co_await channel_.tls()->async_shutdown(use_tuple);
  }
  error_code ignored;
  channel_.socket().shutdown(TcpSocket::shutdown_both, ignored);
  channel_.socket().close(ignored);
}

// After a refusal the client may still be sending. Closing now would make the kernel answer with a
// reset that can overtake the reply, so what comes is read and dropped for a while.
Task<void> HttpSession::linger() {
  error_code ignored;
  channel_.socket().shutdown(TcpSocket::shutdown_send, ignored);
  std::array<char, read_bytes> dropped;
  std::uint64_t total = 0;
  arm(linger_timeout_ms);
  while (total < linger_bytes_max) {
    const auto [failed, size] =
        co_await channel_.socket().async_read_some(asio::buffer(dropped), use_tuple);
    if (failed) break;
    total += size;
  }
  channel_.socket().close(ignored);
}

}  // namespace fokus::net
