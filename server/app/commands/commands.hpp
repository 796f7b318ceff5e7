// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/App.hpp>

#include "app/house.hpp"

namespace fokus::app {

// What every command shares. Exit codes: 0 done, 1 refused (the reason on stderr), 2 wrong usage,
// 3 found problems (doctor).
struct CommandLine {
  std::map<std::string, std::string> given;  // keys of the configuration that are options of it
  std::string config_file;
  bool json = false;            // results as JSON on stdout
  std::function<int()> chosen;  // set by the sub-command that was named
};

constexpr int exit_refused = 1;
constexpr int exit_problems = 3;

// Prints the error to stderr and returns exit_refused.
int refuse(const Error& error);
// The configuration file, the environment and the command line put together.
Result<Config> effective_config(const CommandLine& line);
// Opens the house of the configuration and runs; maps errors and failures to exit codes.
int with_house(const CommandLine& line, const std::function<int(House&)>& run);
// The same for commands that make no sense on a new installation: the data folder must hold one.
int with_existing_house(const CommandLine& line, const std::function<int(House&)>& run);

// Each adds its sub-commands.
void add_serve_commands(CLI::App& app, CommandLine& line);    // serve, init, openapi
void add_user_commands(CLI::App& app, CommandLine& line);     // user add, key create
void add_data_commands(CLI::App& app, CommandLine& line);     // seed
void add_import_commands(CLI::App& app, CommandLine& line);   // import, export
void add_register_commands(CLI::App& app, CommandLine& line);  // register list, load, remove
void add_operate_commands(CLI::App& app, CommandLine& line);  // backup, restore, doctor

}  // namespace fokus::app
