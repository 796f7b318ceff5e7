// SPDX-License-Identifier: Apache-2.0
// Private to net: the only headers that know Asio are this one, loop.hpp and session.hpp.
#pragma once
#include "net/asio_setup.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <memory>

namespace fokus::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

// Everything is typed on the concrete executor: any_io_executor costs a third more CPU per call.
using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<tcp, Executor>;
using TlsStream = asio::ssl::stream<TcpSocket>;
template <class T>
using Task = asio::awaitable<T, Executor>;
using UseTask = asio::use_awaitable_t<Executor>;
using UseTuple = asio::as_tuple_t<UseTask>;
inline constexpr UseTask use_task{};
inline constexpr UseTuple use_tuple{use_task};

// A connection with or without TLS. One type for both, so that the sessions (and Beast's parsers
// and WebSocket) are compiled once.
class Channel {
 public:
  using executor_type = Executor;

  Channel(TcpSocket socket, asio::ssl::context* tls)
      : plain_(tls ? nullptr : std::make_unique<TcpSocket>(std::move(socket))),
        tls_(tls ? std::make_unique<TlsStream>(std::move(socket), *tls) : nullptr) {}

  executor_type get_executor() { return socket().get_executor(); }
  TcpSocket& socket() { return plain_ ? *plain_ : tls_->next_layer(); }
  TlsStream* tls() { return tls_.get(); }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [this](auto handler, const Buffers& to) {
          if (plain_)
            plain_->async_read_some(to, std::move(handler));
          else
            tls_->async_read_some(to, std::move(handler));
        },
        token, buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [this](auto handler, const Buffers& from) {
          if (plain_)
            plain_->async_write_some(from, std::move(handler));
          else
            tls_->async_write_some(from, std::move(handler));
        },
        token, buffers);
  }

  template <class Token>
  auto async_handshake(Token&& token) {
    return tls_->async_handshake(asio::ssl::stream_base::server, std::forward<Token>(token));
  }

 private:
  std::unique_ptr<TcpSocket> plain_;
  std::unique_ptr<TlsStream> tls_;
};

// What Beast's WebSocket needs to know about a stream that is not its own.
inline void beast_close_socket(Channel& channel) {
  error_code ignored;
  channel.socket().close(ignored);
}
inline void teardown(beast::role_type, Channel& channel, error_code& failed) {
  channel.socket().shutdown(TcpSocket::shutdown_both, failed);
  channel.socket().close(failed);
}
// The close frames have been exchanged, so nothing of worth is lost without TLS close_notify.
template <class Handler>
void async_teardown(beast::role_type role, Channel& channel, Handler&& handler) {
  error_code ignored;
  teardown(role, channel, ignored);
  asio::post(channel.get_executor(),
             [handler = std::forward<Handler>(handler)]() mutable { handler(error_code{}); });
}

}  // namespace fokus::net
