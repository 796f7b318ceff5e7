// SPDX-License-Identifier: Apache-2.0
// Opens WebSockets and leaves them idle.
//   sockets PORT COUNT PATH TOKEN      prints how many are open, then waits for the end of its
//   input
#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench.hpp"

namespace fokus::bench {
namespace {

// The descriptor, or -1 when the server refused.
int open_socket(int port, const std::string& request) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return -1;
  char reply[4096];
  if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) return -1;
  const auto got = recv(fd, reply, sizeof reply - 1, 0);
  if (got > 12 && std::memcmp(reply + 9, "101", 3) == 0) return fd;
  reply[got > 0 ? got : 0] = 0;
  std::fprintf(stderr, "refused: %.300s\n", reply);
  close(fd);
  return -1;
}

}  // namespace

int sockets(const std::vector<std::string>& arguments) {
  if (arguments.size() != 4) return 2;
  const int port = std::atoi(arguments[0].c_str()), count = std::atoi(arguments[1].c_str());
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const std::string request =
      "GET " + arguments[2] + " HTTP/1.1\r\nHost: 127.0.0.1:" + arguments[0] +
      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1:" +
      arguments[0] + "\r\nAuthorization: Bearer " + arguments[3] + "\r\n\r\n";
  int open = 0;
  while (open < count && open_socket(port, request) >= 0) ++open;
  std::printf("%d\n", open);
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

}  // namespace fokus::bench
