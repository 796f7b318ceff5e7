// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "net/test_client.hpp"

namespace fokus::net {

// A server on a free port with a folder of its own. Add routes, then start().
class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    setup_.options.port = 0;
    setup_.options.io_threads = 2;
    folder_ = std::filesystem::temp_directory_path() / ("fokus-net-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    setup_.options.spool_folder = folder_;
  }
  ~ServerTest() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }
  Route& on(Method method, std::string path, std::function<Reply(Call&)> handler) {
    setup_.routes.push_back(make_route(method, std::move(path), std::move(handler)));
    return setup_.routes.back();
  }
  void start() { server_ = start_server(std::move(setup_)); }
  unsigned short port() const { return server_->port(); }

  ServerSetup setup_;
  std::filesystem::path folder_;
  std::unique_ptr<Server> server_;
};

}  // namespace fokus::net
