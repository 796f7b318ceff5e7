// SPDX-License-Identifier: Apache-2.0
#include "app/commands/commands.hpp"
#include "base/json_writer.hpp"

namespace fokus::app {
namespace {

constexpr int exit_unavailable = 4;

}  // namespace

int refuse(const Error& error) {
  fmt::print(stderr, "fokus: {}\n", error.code);
  for (const auto& one : error.errors) {
    fmt::print(stderr, "  {}: {}", one.field, one.code);
    for (const auto& [name, value] : one.params) fmt::print(stderr, " {}={}", name, value);
    fmt::print(stderr, "\n");
  }
  return exit_refused;
}

Result<Config> effective_config(const CommandLine& line) {
  Config config;
  if (!line.config_file.empty()) TRY(read_config_file(line.config_file, config));
  TRY(read_environment(config));
  const Config defaults;
  const auto prefer = [&](auto member) {
    if (line.config.*member != defaults.*member) config.*member = line.config.*member;
  };
  prefer(&Config::data);
  prefer(&Config::listen);
  prefer(&Config::database);
  return config;
}

int with_house(const CommandLine& line, const std::function<int(House&)>& run) {
  static const SystemClock clock;
  const auto config = effective_config(line);
  if (!config) return refuse(config.error());
  try {
    auto house = House::open(*config, clock);
    if (!house) return refuse(house.error());
    return run(**house);
  } catch (const store::Failure& failure) {
    fmt::print(stderr, "fokus: the database: {}\n", failure.what());
    return exit_unavailable;
  } catch (const std::exception& exception) {
    fmt::print(stderr, "fokus: {}\n", exception.what());
    return exit_refused;
  }
}

}  // namespace fokus::app
