// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <mutex>

#include "net/session.hpp"

namespace fokus::net {

namespace {

namespace http = beast::http;
namespace websocket = beast::websocket;

constexpr std::size_t message_bytes_max = 64 * 1024;
constexpr std::size_t idle_buffer_max = 2048;  // kept by a socket that waits
constexpr auto close_timeout = std::chrono::seconds(2);
constexpr auto flush_timeout = std::chrono::seconds(10);  // for what is queued before a close
constexpr std::size_t reason_bytes_max = 123;  // RFC 6455

class SocketSession;

// What the owner of a socket holds. It may outlive the connection and even the server.
class SocketLine final : public Socket {
 public:
  SocketLine(Executor executor, std::size_t bytes_max)
      : executor_(executor), bytes_max_(bytes_max) {}

  bool send(std::string message) override;
  void close(int code, std::string_view reason) override;
  std::size_t queued_bytes() const override;

  // For the session, on its thread.
  void attach(std::weak_ptr<SocketSession> session);
  void detach();
  std::optional<std::string> take();
  void wrote(std::size_t bytes);

 private:
  Executor executor_;  // not to be touched once detached
  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::weak_ptr<SocketSession> session_;
  std::deque<std::string> queue_;
  std::size_t queued_bytes_ = 0;
  bool open_ = true, pump_posted_ = false;
};

// One WebSocket connection. Callbacks instead of a coroutine: an idle socket keeps no frame.
// Shared by the operations that are under way.
class SocketSession final : public Watched, public std::enable_shared_from_this<SocketSession> {
 public:
  SocketSession(Core& core, Loop& loop, Channel channel, Slot slot);
  ~SocketSession() override { end(); }
  void start(Upgrade upgrade);
  void pump();
  void close(int code, std::string reason);

 private:
  void expire() override { drop(); }
  void retire() override;
  void drop() override { beast_close_socket(ws_.next_layer()); }
  void read();
  void take_message();
  void end();

  Core& core_;
  websocket::stream<Channel, false> ws_;  // false: no compression, which would cost 300 KB each
  Slot slot_;
  std::shared_ptr<SocketLine> line_;  // shared with the owner
  SocketEvents events_;
  beast::flat_buffer buffer_;
  std::string writing_;
  std::optional<websocket::close_reason> closing_;
  bool open_ = false, busy_ = false, close_sent_ = false;
};

bool SocketLine::send(std::string message) {
  std::lock_guard lock(mutex_);
  if (!open_ || queued_bytes_ + message.size() > bytes_max_) return false;
  const auto session = session_.lock();
  if (!session) return false;
  queued_bytes_ += message.size();
  queue_.push_back(std::move(message));
  if (!std::exchange(pump_posted_, true)) asio::post(executor_, [session] { session->pump(); });
  return true;
}

void SocketLine::close(int code, std::string_view reason) {
  std::lock_guard lock(mutex_);
  const auto session = session_.lock();
  if (!open_ || !session) return;
  open_ = false;  // what is queued is still sent
  asio::post(executor_,
             [session, code, text = std::string(reason)] { session->close(code, text); });
}

std::size_t SocketLine::queued_bytes() const {
  std::lock_guard lock(mutex_);
  return queued_bytes_;
}

void SocketLine::attach(std::weak_ptr<SocketSession> session) {
  std::lock_guard lock(mutex_);
  session_ = std::move(session);
}

void SocketLine::detach() {
  std::lock_guard lock(mutex_);
  open_ = false;
  session_.reset();
  queue_.clear();
  queued_bytes_ = 0;
}

std::optional<std::string> SocketLine::take() {
  std::lock_guard lock(mutex_);
  pump_posted_ = false;
  if (queue_.empty()) {
    queue_.shrink_to_fit();
    return std::nullopt;
  }
  auto message = std::move(queue_.front());
  queue_.pop_front();
  return message;
}

void SocketLine::wrote(std::size_t bytes) {
  std::lock_guard lock(mutex_);
  queued_bytes_ -= std::min(bytes, queued_bytes_);
}

SocketSession::SocketSession(Core& core, Loop& loop, Channel channel, Slot slot)
    : core_(core),
      ws_(std::move(channel)),
      slot_(std::move(slot)),
      line_(std::make_shared<SocketLine>(loop.executor(), core.setup.options.socket_queue_max)) {
  const auto& options = core.setup.options;
  websocket::stream_base::timeout timeout{};
  timeout.handshake_timeout = close_timeout;
  timeout.idle_timeout = std::chrono::milliseconds(options.idle_timeout_ms);
  timeout.keep_alive_pings = true;
  ws_.set_option(timeout);
  ws_.read_message_max(message_bytes_max);
  ws_.auto_fragment(false);  // so that Beast needs no write buffer
  ws_.text(true);
  loop.watch(*this);
}

void SocketSession::start(Upgrade upgrade) {
  line_->attach(weak_from_this());
  // Kept until the handshake is done, which may look at it.
  auto request = std::make_unique<http::request<http::empty_body>>();
  request->method(http::verb::get);
  request->version(11);
  request->target({upgrade.target.data(), upgrade.target.size()});
  for (const auto& [name, value] : upgrade.headers) request->insert(name, value);
  ws_.set_option(websocket::stream_base::decorator(
      [id = upgrade.call_id](websocket::response_type& reply) { reply.set("X-Request-Id", id); }));
  const auto& asked = *request;
  ws_.async_accept(asked, [self = shared_from_this(), request = std::move(request),
                           accept = std::move(upgrade.accept)](error_code failed) {
    if (failed) return self->end();
    self->open_ = true;
    ++self->core_.counters.sockets_open;
    try {
      self->events_ = accept(self->line_);
    } catch (...) {
      self->close(websocket::close_code::internal_error, {});
    }
    self->read();
    self->pump();
  });
}

void SocketSession::read() {
  ws_.async_read(buffer_, [self = shared_from_this()](error_code failed, std::size_t) {
    if (failed) return self->end();
    self->take_message();
    self->read();
  });
}

void SocketSession::take_message() {
  try {
    const auto bytes = buffer_.cdata();
    if (events_.message && !closing_)
      events_.message({static_cast<const char*>(bytes.data()), bytes.size()});
  } catch (...) {
    close(websocket::close_code::internal_error, {});
  }
  buffer_.clear();
  if (buffer_.capacity() > idle_buffer_max) buffer_.shrink_to_fit();
}

void SocketSession::pump() {
  if (!open_ || busy_ || close_sent_) return;
  auto message = line_->take();
  if (message) {
    busy_ = true;
    writing_ = std::move(*message);
    // Pings keep a socket alive whose client never reads; a write that stands still does not.
    if (!closing_)
      deadline = Clock::now() + std::chrono::milliseconds(core_.setup.options.body_timeout_ms);
    ws_.async_write(asio::buffer(writing_),
                    [self = shared_from_this()](error_code failed, std::size_t size) {
                      self->busy_ = false;
                      if (!self->closing_) self->deadline = Clock::time_point::max();
                      self->line_->wrote(self->writing_.size());
                      self->core_.counters.bytes_out += size;
                      self->writing_ = {};
                      if (failed) return self->drop();
                      self->pump();
                    });
  } else if (closing_) {
    close_sent_ = true;
    ws_.async_close(*closing_, [self = shared_from_this()](error_code) {});
  }
}

void SocketSession::close(int code, std::string reason) {
  if (closing_) return;
  reason.resize(std::min(reason.size(), reason_bytes_max));
  deadline = std::min(deadline, Clock::now() + flush_timeout);
  closing_ = websocket::close_reason(static_cast<websocket::close_code>(code), reason);
  pump();
}

void SocketSession::retire() {
  close(websocket::close_code::going_away, "the server stops");
}

void SocketSession::end() {
  if (is_linked()) unlink();
  line_->detach();
  beast_close_socket(ws_.next_layer());
  if (!std::exchange(open_, false)) return;
  --core_.counters.sockets_open;
  if (const auto closed = std::exchange(events_.closed, nullptr)) {
    try {
      closed();
    } catch (...) {  // the socket has ended; there is nobody to tell
    }
  }
  events_ = {};
}

}  // namespace

void start_socket(Core& core, Loop& loop, Upgrade upgrade) {
  // Shared by the operations that are under way.
  auto session = std::make_shared<SocketSession>(core, loop, std::move(upgrade.channel),
                                                 std::move(upgrade.slot));
  session->start(std::move(upgrade));
}

}  // namespace fokus::net
