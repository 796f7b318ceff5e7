// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "records/file_rules.hpp"

namespace fokus::app {

// What an installation may set: fokus.toml, then FOKUS_* of the environment, then the options of
// the command; the later one wins, also when it says the default.
struct Config {
  std::string data = "./data";  // folder of SQLite, files, secrets
  std::string listen = "127.0.0.1:8180";
  std::string database;          // postgresql://…; empty: SQLite in the data folder
  std::string certificate, key;  // TLS here instead of at a proxy
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
  std::vector<std::string> private_hosts;  // outgoing::PrivateHosts: what calls may reach inside
  std::string outgoing_certificates;       // PEM file of whom calls trust; empty: the system's
  std::string log_file;                    // empty: stderr
  int bin_days = 30;                       // archived records are removed after so many days
  int file_mib = records::limits::file_mib_default;  // the largest upload of a file
  int dav_cards = 5'000;                             // of one address book of a phone
  int fast_workers = 4, slow_workers = 2;
  int readers = 6;
  int cache_mib = 96;
};

// One key. It is called the same in fokus.toml, FOKUS_NAME in the environment and --name (with
// dashes) on the command line; `meaning` is its line in the help.
struct ConfigKey {
  std::string name, meaning;
};
const std::vector<ConfigKey>& config_keys();

// Sets a key from text, as the environment and the command line give it: numbers in digits, lists
// with commas. Errors: "app/bad_config" with the key as field: "unknown", "not_a_number",
// "out_of_range"; of the database "unknown_scheme" when it is no postgresql:// address.
Status set_config(Config& config, std::string_view name, const std::string& text);

// Reads a file into what is there. Errors: as set_config(), and "not_a_text" or "not_a_list" for a
// value of another kind.
Status read_config_file(const std::string& path, Config& config);

// FOKUS_* into what is there. FOKUS_CONFIG is the configuration file, as --config is.
Status read_environment(Config& config);
// Variables that begin with FOKUS_ and are no key: misspelt, perhaps. FOKUS_TEST_* is not ours.
std::vector<std::string> unknown_variables();

// The configuration file: the one that is named, by option or by FOKUS_CONFIG; else ./fokus.toml,
// else fokus.toml in the data folder that option or environment name; else none, "".
std::string find_config_file(const std::string& named,
                             const std::map<std::string, std::string>& options);

struct Listen {
  std::string address;
  unsigned short port = 0;
};
// "127.0.0.1:8180", "[::1]:8180", "8180"
Result<Listen> parse_listen(const std::string& text);

}  // namespace fokus::app
