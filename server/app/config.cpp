// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <toml++/toml.h>
#include <charconv>
#include <cstdlib>

namespace fokus::app {
namespace {

Error bad(std::string key, std::string why) {
  return field_error("app/bad_config", std::move(key), std::move(why));
}

struct TextKey {
  const char* name;
  std::string Config::*member;
};
constexpr TextKey text_keys[] = {
    {"data", &Config::data},         {"listen", &Config::listen},
    {"database", &Config::database}, {"certificate", &Config::certificate},
    {"key", &Config::key},           {"log_file", &Config::log_file}};
struct NumberKey {
  const char* name;
  int Config::*member;
  int min, max;
};
constexpr NumberKey number_keys[] = {
    {"bin_days", &Config::bin_days, 1, 3650},       {"file_mib", &Config::file_mib, 1, 65536},
    {"fast_workers", &Config::fast_workers, 1, 64}, {"slow_workers", &Config::slow_workers, 1, 64},
    {"readers", &Config::readers, 1, 64},           {"cache_mib", &Config::cache_mib, 4, 65536}};

Status set_number(Config& config, const NumberKey& key, std::int64_t value) {
  if (value < key.min || value > key.max) return bad(key.name, "out_of_range");
  config.*key.member = static_cast<int>(value);
  return {};
}

}  // namespace

Status read_config_file(const std::string& path, Config& config) {
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    return bad(path, std::string(error.description()));
  }
  for (const auto& [name, node] : table) {
    const std::string_view word = name.str();
    bool known = false;
    for (const auto& key : text_keys)
      if (word == key.name) {
        known = true;
        const auto value = node.value<std::string>();
        if (!value) return bad(key.name, "not_a_text");
        config.*key.member = *value;
      }
    for (const auto& key : number_keys)
      if (word == key.name) {
        known = true;
        const auto value = node.value<std::int64_t>();
        if (!value) return bad(key.name, "not_a_number");
        TRY(set_number(config, key, *value));
      }
    if (word == "trusted_proxies" && node.is_array()) {
      known = true;
      config.trusted_proxies.clear();
      for (const auto& one : *node.as_array())
        config.trusted_proxies.push_back(one.value_or<std::string>(""));
    }
    // A misspelt key would be silently without effect.
    if (!known) return bad(std::string(word), "unknown");
  }
  return {};
}

Status read_environment(Config& config) {
  const auto variable = [](std::string name) {
    for (char& c : name) c = static_cast<char>(std::toupper(c));
    return std::getenv(("FOKUS_" + name).c_str());
  };
  for (const auto& key : text_keys)
    if (const char* value = variable(key.name)) config.*key.member = value;
  for (const auto& key : number_keys)
    if (const char* value = variable(key.name)) {
      int number = 0;
      const std::string_view text = value;
      const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (ec != std::errc{} || end != text.data() + text.size())
        return bad(key.name, "not_a_number");
      TRY(set_number(config, key, number));
    }
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
