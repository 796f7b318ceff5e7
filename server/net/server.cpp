// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <system_error>

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

// Forward secrecy and no CBC for TLS 1.2; the suites of TLS 1.3 are all of that kind.
constexpr const char* tls_1_2_suites = "ECDHE+AESGCM:ECDHE+CHACHA20";

// Says nothing of what is inside: the file of a key is named, never quoted.
[[noreturn]] void refuse_file(const std::string& file, const std::string& why) {
  throw std::runtime_error("cannot use " + file + ": " + why);
}

// Errors of OpenSSL name its parser and not what an operator has to do.
void check_pem(const std::string& file, std::string_view what) {
  std::ifstream in(file);
  if (!in) refuse_file(file, std::generic_category().message(errno));
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) refuse_file(file, "it cannot be read");
  if (text.find("-----BEGIN ") == text.npos) refuse_file(file, "it is no PEM file");
  if (text.find(what) == text.npos) refuse_file(file, "it holds no " + std::string(what));
}

using Tls = std::shared_ptr<asio::ssl::context>;

void use_files(asio::ssl::context& tls, const ServerOptions& options) {
  check_pem(options.certificate_file, "CERTIFICATE");
  check_pem(options.key_file, "PRIVATE KEY");
  error_code failed;
  tls.use_certificate_chain_file(options.certificate_file, failed);
  if (failed) refuse_file(options.certificate_file, "it holds no usable certificate");
  // A server has nobody to ask for the password of a key.
  tls.set_password_callback([](std::size_t, auto) { return std::string(); });
  tls.use_private_key_file(options.key_file, asio::ssl::context::pem, failed);
  if (failed &&
      ERR_GET_REASON(static_cast<unsigned long>(failed.value())) == X509_R_KEY_VALUES_MISMATCH)
    refuse_file(options.key_file, "the key does not belong to " + options.certificate_file);
  if (failed) refuse_file(options.key_file, "it holds no usable key without a password");
  if (SSL_CTX_check_private_key(tls.native_handle()) != 1)
    refuse_file(options.key_file, "the key does not belong to " + options.certificate_file);
}

Tls make_tls(const ServerOptions& options) {
  if (options.certificate_file.empty() && options.key_file.empty()) return nullptr;
  if (options.key_file.empty())
    throw std::runtime_error("certificate is set and key is not: TLS needs both");
  if (options.certificate_file.empty())
    throw std::runtime_error("key is set and certificate is not: TLS needs both");
  auto tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  auto* native = tls->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(native, tls_1_2_suites);
  SSL_CTX_set_options(
      native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, choose_http, nullptr);
  use_files(*tls, options);
  return tls;
}

class RunningServer final : public Server {
 public:
  explicit RunningServer(ServerSetup setup)
      : core_(std::move(setup)), tls_(make_tls(core_.setup.options)), has_tls_(tls_ != nullptr) {
    make_loops();
    listen();
    for (auto& loop : loops_) loop->start();
    asio::co_spawn(loops_[0]->executor(), accept_all(), asio::detached);
  }
  ~RunningServer() override { stop(default_grace_ms); }

  unsigned short port() const override { return port_; }
  ServerCounters counters() const override { return core_.counters.read(); }

  void reload_certificate() override {
    if (!has_tls_) return;
    auto fresh = make_tls(core_.setup.options);
    const std::lock_guard lock(tls_guard_);
    tls_ = std::move(fresh);
  }

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
    core_.hashing.stop();
    core_.outside.stop();
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

  // Looking a name up would make the start hang on a resolver, and a name may mean several.
  static asio::ip::address address_of(const std::string& text) {
    boost::system::error_code failed;
    if (text == "localhost") return asio::ip::address_v4::loopback();
    const auto address = asio::ip::make_address(text, failed);
    if (failed)
      throw std::runtime_error("cannot listen on " + text +
                               ": give an IP address, as 127.0.0.1, 0.0.0.0 or [::1]");
    return address;
  }

  // One acceptor hands connections round to the loops. Sharing the port between acceptors
  // (SO_REUSEPORT) would let a second server start on it unnoticed.
  void listen() {
    const auto& options = core_.setup.options;
    const tcp::endpoint end(address_of(options.address), options.port);
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
      if (!has_tls_) socket.write_some(asio::buffer(full_reply.data(), full_reply.size()), ignored);
      return;
    }
    socket.set_option(tcp::no_delay(true), ignored);
    start_session(core_, loop, std::move(socket), current_tls(),
                  Slot(core_.counters.connections_open));
  }

  Tls current_tls() {
    const std::lock_guard lock(tls_guard_);
    return tls_;
  }

  Core core_;
  std::mutex tls_guard_;
  Tls tls_;  // changed by reload_certificate(), read by the acceptor's thread
  const bool has_tls_;
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
