// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace fokus::connect::testing {

// Answers on a port of the loopback with whatever bytes it is told, also with none that a server
// should send. One connection after the other, each for one request.
class Loopback {
 public:
  // Gets the connection and the whole request; writes what it likes. The connection is closed then.
  using Reply = std::function<void(Loopback&, int connection, const std::string& request)>;

  Loopback() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in end{};
    end.sin_family = AF_INET;
    end.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof end;
    auto* address = reinterpret_cast<sockaddr*>(&end);
    if (::bind(listener_, address, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, address, &size) != 0)
      throw std::runtime_error("no port of the loopback");
    port_ = ntohs(end.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  Loopback(const Loopback&) = delete;
  ~Loopback() {
    ends_ = true;
    thread_.join();
    ::close(listener_);
  }

  int port() const { return port_; }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url(const std::string& path) const { return "http://" + host() + path; }
  bool ends() const { return ends_; }

  void on(const std::string& path, Reply reply) {
    const std::lock_guard lock(mutex_);
    replies_[path] = std::move(reply);
  }
  // `head`: the status line and headers, each with its line break.
  void answer(const std::string& path, const std::string& head, const std::string& body) {
    on(path, [head, body](Loopback&, int connection, const std::string&) {
      write(connection, head + "Content-Length: " + std::to_string(body.size()) +
                            "\r\nConnection: close\r\n\r\n" + body);
    });
  }
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  // False when the other side has gone.
  static bool write(int connection, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto n = ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) return false;
      sent += static_cast<std::size_t>(n);
    }
    return true;
  }
  // Waits until something can be read, or so long.
  static bool waits(int connection, int ms) {
    pollfd one{connection, POLLIN, 0};
    return ::poll(&one, 1, ms) > 0;
  }

 private:
  void serve() {
    while (!ends_) {
      if (!waits(listener_, 20)) continue;
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) continue;
      const timeval patience{5, 0};
      ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
      reply_to(connection, read(connection));
      ::close(connection);
    }
  }
  static std::string read(int connection) {
    std::string out;
    char room[4096];
    while (out.find("\r\n\r\n") == out.npos) {
      const auto n = ::recv(connection, room, sizeof room, 0);
      if (n <= 0) return out;
      out.append(room, static_cast<std::size_t>(n));
      constexpr char handshake = 0x16;  // of TLS, which nobody speaks here
      if (out.front() == handshake) return out;
    }
    const auto at = out.find("Content-Length: ");
    const auto wanted = at == out.npos ? 0 : std::stoul(out.substr(at + 16));
    while (out.size() < out.find("\r\n\r\n") + 4 + wanted) {
      const auto n = ::recv(connection, room, sizeof room, 0);
      if (n <= 0) return out;
      out.append(room, static_cast<std::size_t>(n));
    }
    return out;
  }
  void reply_to(int connection, const std::string& request) {
    const auto start = request.find(' ');
    const auto end = start == request.npos ? request.npos : request.find_first_of(" ?", start + 1);
    if (end == request.npos) return;
    Reply reply;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      const auto at = replies_.find(request.substr(start + 1, end - start - 1));
      if (at != replies_.end()) reply = at->second;
    }
    if (reply)
      reply(*this, connection, request);
    else
      write(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  int listener_, port_ = 0;
  std::mutex mutex_;
  std::map<std::string, Reply> replies_;
  std::vector<std::string> requests_;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace fokus::connect::testing
