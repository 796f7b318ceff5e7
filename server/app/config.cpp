// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <toml++/toml.h>
#include <unistd.h>

#include <cctype>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/text.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

Error bad(std::string key, std::string why) {
  return field_error("app/bad_config", std::move(key), std::move(why));
}

struct TextKey {
  const char* name;
  std::string Config::*member;
  const char* meaning;
};
constexpr TextKey text_keys[] = {
    {"data", &Config::data, "Folder of the database, files and secrets"},
    {"listen", &Config::listen, "HOST:PORT to serve on"},
    {"database", &Config::database, "postgresql://…; SQLite in the data folder without it"},
    {"certificate", &Config::certificate, "PEM file with the whole chain; with --key: TLS here"},
    {"key", &Config::key, "PEM file with the key of the certificate"},
    {"log_file", &Config::log_file, "File for the log; standard error without it"},
    {"outgoing_certificates", &Config::outgoing_certificates,
     "PEM file of whom outgoing calls trust; what the system trusts without it"}};
struct NumberKey {
  const char* name;
  int Config::*member;
  int min, max;
  const char* meaning;
};
constexpr NumberKey number_keys[] = {
    {"bin_days", &Config::bin_days, 1, 3650, "Days until archived records are removed for good"},
    {"file_mib", &Config::file_mib, 1, 65536, "The largest file that is taken, in MiB"},
    {"dav_cards", &Config::dav_cards, 100, 50'000, "The most cards of one address book of a phone"},
    {"fast_workers", &Config::fast_workers, 1, 64, "Threads for records"},
    {"slow_workers", &Config::slow_workers, 1, 64, "Threads for reports and passwords"},
    {"readers", &Config::readers, 1, 64, "Connections that read"},
    {"cache_mib", &Config::cache_mib, 4, 65536, "Cache of SQLite, in MiB"}};
struct ListKey {
  const char* name;
  std::vector<std::string> Config::*member;
  const char* meaning;
};
constexpr ListKey list_keys[] = {
    {"trusted_proxies", &Config::trusted_proxies,
     "Whose forwarded headers are believed, with commas"},
    {"private_hosts", &Config::private_hosts,
     "HOST:PORT inside the house that outgoing calls may reach, with commas"}};
constexpr std::string_view prefix = "FOKUS_";

// Anything else would be taken for the name of an SQLite file, and a server would start empty.
Status check_database(const std::string& url) {
  const bool known =
      url.empty() || url.starts_with("postgresql://") || url.starts_with("postgres://");
  return known ? Status() : bad("database", "unknown_scheme");
}

Status set_text(Config& config, const TextKey& key, const std::string& text) {
  if (key.member == &Config::database) TRY(check_database(text));
  config.*key.member = text;
  return {};
}

Status set_number(Config& config, const NumberKey& key, std::int64_t value) {
  if (value < key.min || value > key.max) return bad(key.name, "out_of_range");
  config.*key.member = static_cast<int>(value);
  return {};
}

Status read_list(Config& config, const ListKey& key, const toml::node& node) {
  if (!node.is_array()) return bad(key.name, "not_a_list");
  auto& list = config.*key.member;
  list.clear();
  for (const auto& one : *node.as_array()) {
    const auto text = one.value_exact<std::string>();
    if (!text) return bad(key.name, "not_a_text");
    list.push_back(*text);
  }
  return {};
}

void set_list(Config& config, const ListKey& key, const std::string& text) {
  auto& list = config.*key.member;
  list.clear();
  for (const auto one : split(text, ','))
    if (!trim(one).empty()) list.emplace_back(trim(one));
}

Status read_node(Config& config, std::string_view name, const toml::node& node) {
  for (const auto& key : text_keys)
    if (name == key.name) {
      const auto value = node.value_exact<std::string>();
      return value ? set_text(config, key, *value) : bad(key.name, "not_a_text");
    }
  for (const auto& key : number_keys)
    if (name == key.name) {
      const auto value = node.value_exact<std::int64_t>();
      return value ? set_number(config, key, *value) : bad(key.name, "not_a_number");
    }
  for (const auto& key : list_keys)
    if (name == key.name) return read_list(config, key, node);
  // A misspelt key would be silently without effect.
  return bad(std::string(name), "unknown");
}

std::string variable_of(std::string_view name) {
  std::string out(prefix);
  for (const char c : name) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

const std::vector<ConfigKey>& config_keys() {
  static const auto all = [] {
    std::vector<ConfigKey> out;
    for (const auto& key : text_keys) out.push_back({key.name, key.meaning});
    for (const auto& key : number_keys) out.push_back({key.name, key.meaning});
    for (const auto& key : list_keys) out.push_back({key.name, key.meaning});
    return out;
  }();
  return all;
}

Status set_config(Config& config, std::string_view name, const std::string& text) {
  for (const auto& key : text_keys)
    if (name == key.name) return set_text(config, key, text);
  for (const auto& key : number_keys)
    if (name == key.name) {
      std::int64_t number = 0;
      const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (ec != std::errc{} || end != text.data() + text.size())
        return bad(key.name, "not_a_number");
      return set_number(config, key, number);
    }
  for (const auto& key : list_keys)
    if (name == key.name) return set_list(config, key, text), Status();
  return bad(std::string(name), "unknown");
}

Status read_config_file(const std::string& path, Config& config) {
  try {
    for (const auto& [name, node] : toml::parse_file(path))
      TRY(read_node(config, name.str(), node));
  } catch (const toml::parse_error& error) {
    return bad(path, std::string(error.description()));
  }
  return {};
}

Status read_environment(Config& config) {
  for (const auto& key : config_keys())
    if (const char* value = std::getenv(variable_of(key.name).c_str()))
      TRY(set_config(config, key.name, value));
  return {};
}

std::vector<std::string> unknown_variables() {
  std::set<std::string, std::less<>> known = {variable_of("config")};
  for (const auto& key : config_keys()) known.insert(variable_of(key.name));
  std::vector<std::string> out;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view entry = *at;
    const auto name = entry.substr(0, entry.find('='));
    if (name.starts_with(prefix) && !name.starts_with("FOKUS_TEST_") && !known.contains(name))
      out.emplace_back(name);
  }
  return out;
}

std::string find_config_file(const std::string& named,
                             const std::map<std::string, std::string>& options) {
  if (!named.empty()) return named;
  if (const char* path = std::getenv(variable_of("config").c_str()); path && *path) return path;
  const char* variable = std::getenv(variable_of("data").c_str());
  const auto option = options.find("data");
  const std::string data = option != options.end() ? option->second
                           : variable              ? variable
                                                   : Config().data;
  std::error_code failed;
  for (const auto& place : {fs::path("fokus.toml"), fs::path(data) / "fokus.toml"})
    if (fs::exists(place, failed)) return place.string();
  return {};
}

Result<Listen> parse_listen(const std::string& text) {
  Listen out{"127.0.0.1", 0};
  const auto colon = text.rfind(':');
  const std::string port = colon == text.npos ? text : text.substr(colon + 1);
  if (colon != text.npos && colon > 0) out.address = text.substr(0, colon);
  if (out.address.starts_with('[') && out.address.ends_with(']'))
    out.address = out.address.substr(1, out.address.size() - 2);
  const auto [end, ec] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (ec != std::errc{} || end != port.data() + port.size()) return bad("listen", "not_an_address");
  return out;
}

}  // namespace fokus::app
