// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "app/commands/commands.hpp"
#include "base/json_writer.hpp"

namespace fokus::app {
namespace {

constexpr int exit_unavailable = 4;

// What to do, where a code alone would leave the operator at a loss.
constexpr std::pair<std::string_view, std::string_view> hints[] = {
    {"store/client_missing",
     "Backups, restores and the snapshot before an upgrade of a PostgreSQL database need pg_dump "
     "and pg_restore: apt-get install postgresql-client"},
    {"app/secret_key",
     "The key of the authenticator secrets is beside the database. Put back the file from your "
     "backup, readable by the user of the service. Without a backup of it remove the file: a new "
     "one is made, and whoever has an authenticator app sets it up anew."}};

int open_house(const Config& config, const std::function<int(House&)>& run) {
  static const SystemClock clock;
  try {
    auto house = House::open(config, clock);
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

}  // namespace

int refuse(const Error& error) {
  fmt::print(stderr, "fokus: {}", error.code);
  for (const auto& [name, value] : error.params) fmt::print(stderr, " {}={}", name, value);
  fmt::print(stderr, "\n");
  for (const auto& one : error.errors) {
    fmt::print(stderr, "  {}: {}", one.field, one.code);
    for (const auto& [name, value] : one.params) fmt::print(stderr, " {}={}", name, value);
    fmt::print(stderr, "\n");
  }
  for (const auto& [code, sentence] : hints)
    if (code == error.code) fmt::print(stderr, "  {}\n", sentence);
  return exit_refused;
}

Result<Config> effective_config(const CommandLine& line) {
  Config config;
  const auto file = find_config_file(line.config_file, line.given);
  if (!file.empty()) TRY(read_config_file(file, config));
  TRY(read_environment(config));
  for (const auto& [name, text] : line.given) TRY(set_config(config, name, text));
  return config;
}

int with_house(const CommandLine& line, const std::function<int(House&)>& run) {
  const auto config = effective_config(line);
  if (!config) return refuse(config.error());
  return open_house(*config, run);
}

int with_existing_house(const CommandLine& line, const std::function<int(House&)>& run) {
  const auto config = effective_config(line);
  if (!config) return refuse(config.error());
  // A mistyped folder would be a new installation, sound and empty.
  if (config->database.empty() && !std::filesystem::exists(file_in(*config, "fokus.db")))
    return refuse(field_error("app/data_folder", "data", "no_installation"));
  return open_house(*config, run);
}

}  // namespace fokus::app
