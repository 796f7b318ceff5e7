// SPDX-License-Identifier: Apache-2.0
// The half of the floor that is not the database: our own server with a handler that does nothing.
//   echo        prints its port, answers /N with N bytes of JSON until its input is closed
#include <cstdio>

#include "bench.hpp"
#include "net/server.hpp"

namespace fokus::bench {

constexpr std::size_t bytes_max = 10'000'000;

int echo(const std::vector<std::string>&) {
  net::ServerSetup setup;
  setup.options.port = 0;
  const auto answer = [](net::Call& call) {
    const auto size = std::strtoull(std::string(call.param("size")).c_str(), nullptr, 10);
    // Text in quotes is JSON, so that the server treats it like any other answer.
    return net::Reply::json('"' + std::string(std::min<std::size_t>(size, bytes_max), 'a') + '"');
  };
  setup.routes.push_back({net::Method::get, "/{size}", answer});
  setup.routes.push_back({net::Method::patch, "/{size}", answer});
  const auto server = net::start_server(std::move(setup));
  std::printf("%d\n", static_cast<int>(server->port()));
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

}  // namespace fokus::bench
