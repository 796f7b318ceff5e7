// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "records/file_rules.hpp"

namespace fokus::app {

// What an installation may set: fokus.toml, then FOKUS_* of the environment, then the command line;
// the later one wins.
struct Config {
  std::string data = "./data";  // folder of SQLite, files, secrets
  std::string listen = "127.0.0.1:8180";
  std::string database;          // postgresql://…; empty: SQLite in the data folder
  std::string certificate, key;  // TLS here instead of at a proxy
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
  std::string log_file;  // empty: stderr
  int bin_days = 30;     // archived records are removed after so many days
  int file_mib = records::limits::file_mib_default;  // the largest upload of a file
  int fast_workers = 4, slow_workers = 2;
  int readers = 6;
  int cache_mib = 64;
};

// Reads a file into what is there. Errors: "app/bad_config" with the key as field.
Status read_config_file(const std::string& path, Config& config);
Status read_environment(Config& config);

struct Listen {
  std::string address;
  unsigned short port = 0;
};
// "127.0.0.1:8180", "[::1]:8180", "8180"
Result<Listen> parse_listen(const std::string& text);

}  // namespace fokus::app
