// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <stdexcept>

#include "net/exchange.hpp"
#include "net/loop.hpp"
#include "net/session.hpp"

namespace fokus::net {

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

constexpr int listen_queue = 4096;
constexpr int tick_ms_min = 10, tick_ms_max = 250;
constexpr auto accept_pause = std::chrono::milliseconds(100);  // when files run out
constexpr auto stop_poll = std::chrono::milliseconds(5);
constexpr std::string_view full_reply =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    "Content-Type: application/problem+json\r\nContent-Length: 83\r\n\r\n"
    R"({"type":"about:blank","title":"Service Unavailable","status":503,"code":"net/busy"})";

// Deadlines are met to a quarter of the shortest one.
Clock::duration tick_of(const ServerOptions& options) {
  const int shortest =
      std::min({options.header_timeout_ms, options.body_timeout_ms, options.idle_timeout_ms});
  return std::chrono::milliseconds(std::clamp(shortest / 4, tick_ms_min, tick_ms_max));
}

int choose_http(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                unsigned in_size, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int result = SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, in, in_size);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

std::unique_ptr<asio::ssl::context> make_tls(const ServerOptions& options) {
  if (options.certificate_file.empty() && options.key_file.empty()) return nullptr;
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  auto* native = tls->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(
      native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, choose_http, nullptr);
  tls->use_certificate_chain_file(options.certificate_file);
  tls->use_private_key_file(options.key_file, asio::ssl::context::pem);
  if (SSL_CTX_check_private_key(native) != 1)
    throw std::runtime_error("the TLS key does not belong to the certificate");
  return tls;
}

class RunningServer final : public Server {
 public:
  explicit RunningServer(ServerSetup setup)
      : core_(std::move(setup)), tls_(make_tls(core_.setup.options)) {
    make_loops();
    listen();
    for (auto& loop : loops_) loop->start();
    asio::co_spawn(loops_[0]->executor(), accept_all(), asio::detached);
  }
  ~RunningServer() override { stop(default_grace_ms); }

  unsigned short port() const override { return port_; }
  ServerCounters counters() const override { return core_.counters.read(); }

  void stop(int grace_ms) override {
    if (std::exchange(stopped_, true)) return;
    core_.stopping = true;
    asio::post(loops_[0]->executor(), [this] {
      error_code ignored;
      acceptor_->close(ignored);
    });
    for (auto& loop : loops_) loop->retire_all();
    const auto end = Clock::now() + std::chrono::milliseconds(grace_ms);
    while (core_.counters.connections_open > 0 && Clock::now() < end)
      std::this_thread::sleep_for(stop_poll);
    for (auto& loop : loops_) loop->drop_all();
    // A handler cannot be interrupted: one that runs longer than the grace is waited for here.
    core_.fast.stop();
    core_.slow.stop();
    core_.disk.stop();
    for (auto& loop : loops_) loop->stop();
  }

 private:
  static constexpr int default_grace_ms = 10'000;

  void make_loops() {
    int count = core_.setup.options.io_threads;
    if (count <= 0) count = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    for (int i = 0; i < count; ++i)
      loops_.push_back(std::make_unique<Loop>(tick_of(core_.setup.options)));
  }

  // One acceptor hands connections round to the loops. Sharing the port between acceptors
  // (SO_REUSEPORT) would let a second server start on it unnoticed.
  void listen() {
    const auto& options = core_.setup.options;
    const tcp::endpoint end(asio::ip::make_address(options.address), options.port);
    acceptor_ = std::make_unique<Acceptor>(loops_[0]->executor());
    acceptor_->open(end.protocol());
    acceptor_->set_option(Acceptor::reuse_address(true));
    boost::system::error_code failed;
    acceptor_->bind(end, failed);
    if (!failed) acceptor_->listen(listen_queue, failed);
    if (failed)
      throw std::runtime_error("cannot listen on " + options.address + ":" +
                               std::to_string(options.port) + ": " + failed.message());
    port_ = acceptor_->local_endpoint().port();
  }

  Task<void> accept_all() {
    for (std::size_t next = 0; !core_.stopping; next = (next + 1) % loops_.size()) {
      auto [failed, socket] = co_await acceptor_->async_accept(loops_[next]->executor(), use_tuple);
      if (!acceptor_->is_open()) co_return;
      if (failed) {
        Timer pause(loops_[0]->executor(), accept_pause);
        co_await pause.async_wait(use_tuple);
        continue;
      }
      admit(*loops_[next], std::move(socket));
    }
  }

  void admit(Loop& loop, TcpSocket socket) {
    error_code ignored;
    if (core_.counters.connections_open >= core_.setup.options.connections_max) {
      ++core_.counters.refused_busy;
      socket.non_blocking(true, ignored);
      if (!tls_) socket.write_some(asio::buffer(full_reply.data(), full_reply.size()), ignored);
      return;
    }
    socket.set_option(tcp::no_delay(true), ignored);
    start_session(core_, loop, std::move(socket), tls_.get(),
                  Slot(core_.counters.connections_open));
  }

  Core core_;
  std::unique_ptr<asio::ssl::context> tls_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<Acceptor> acceptor_;
  unsigned short port_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::unique_ptr<Server> start_server(ServerSetup setup) {
  return std::make_unique<RunningServer>(std::move(setup));
}

}  // namespace fokus::net
