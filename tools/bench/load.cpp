// SPDX-License-Identifier: Apache-2.0
// Sends prepared HTTP requests over keep-alive connections and prints the latencies as JSON.
//   load PORT CLIENTS SECONDS FILE [GROUP]
// FILE: whole requests, each ended by a zero byte. GROUP: so many that follow each other are one
// figure (a page of the web UI). One thread per client and blocking sockets: what is measured is
// the server, and a client that waits costs nothing.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include "bench.hpp"

namespace fokus::bench {
namespace {

constexpr int shown_failures = 3;

int connect_to(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  return fd;
}

bool is_whole(const std::string& reply) {
  const auto end = reply.find("\r\n\r\n");
  if (end == reply.npos) return false;
  const auto length = strcasestr(reply.c_str(), "\r\ncontent-length:");
  if (length != nullptr && length < reply.c_str() + end)
    return reply.size() >= end + 4 + std::strtoull(length + 17, nullptr, 10);
  return reply.ends_with("\r\n0\r\n\r\n");
}

// The status, or 0 when the connection broke.
int exchange(int fd, const std::string& request, std::string& reply) {
  reply.clear();
  if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    return 0;
  char buffer[65536];
  while (!is_whole(reply)) {
    const auto got = recv(fd, buffer, sizeof buffer, 0);
    if (got <= 0) return 0;
    reply.append(buffer, static_cast<std::size_t>(got));
  }
  return std::atoi(reply.c_str() + 9);
}

void show_failure(int status, const std::string& reply) {
  static std::atomic<int> shown{0};
  if (shown++ < shown_failures)
    std::fprintf(stderr, "refused with %d: %.400s\n", status, reply.c_str());
}

struct Work {
  int port;
  std::vector<std::string> requests;
  std::size_t group;
  Clock::time_point until;
};

Outcome run_client(const Work& work, std::size_t first, std::size_t step) {
  Outcome out;
  std::string reply;
  int fd = connect_to(work.port);
  const std::size_t groups = work.requests.size() / work.group;
  for (std::size_t i = first; Clock::now() < work.until; i += step) {
    const auto begun = Clock::now();
    bool refused = false;
    for (std::size_t n = 0; n < work.group; ++n) {
      const int status = exchange(fd, work.requests[i % groups * work.group + n], reply);
      out.bytes += static_cast<std::int64_t>(reply.size());
      if (status >= 200 && status < 300) continue;
      refused = true;
      show_failure(status, reply);
      if (status == 0) {
        close(fd);
        fd = connect_to(work.port);
      }
    }
    const std::chrono::duration<double, std::milli> took = Clock::now() - begun;
    out.millis.push_back(took.count());
    if (refused) ++out.failed;
  }
  close(fd);
  return out;
}

std::vector<std::string> read_requests(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string all((std::istreambuf_iterator<char>(file)), {});
  std::vector<std::string> out;
  for (std::size_t at = 0; at < all.size();) {
    const auto end = all.find('\0', at);
    out.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

int load(const std::vector<std::string>& arguments) {
  if (arguments.size() < 4) return 2;
  const auto clients = static_cast<std::size_t>(std::atoi(arguments[1].c_str()));
  const auto group = arguments.size() > 4 ? std::atoi(arguments[4].c_str()) : 1;
  const auto span =
      std::chrono::milliseconds(static_cast<int>(std::atof(arguments[2].c_str()) * 1000));
  const Work work{std::atoi(arguments[0].c_str()), read_requests(arguments[3]),
                  static_cast<std::size_t>(group), Clock::now() + span};
  if (clients < 1 || group < 1 || work.requests.size() < work.group) return 2;
  std::vector<Outcome> outcomes(clients);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < clients; ++i)
    threads.emplace_back([&, i] { outcomes[i] = run_client(work, i, clients); });
  for (auto& thread : threads) thread.join();
  Outcome all;
  for (auto& one : outcomes) {
    all.millis.insert(all.millis.end(), one.millis.begin(), one.millis.end());
    all.failed += one.failed;
    all.bytes += one.bytes;
  }
  print_outcome(std::move(all));
  return 0;
}

}  // namespace fokus::bench
