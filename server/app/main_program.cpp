// SPDX-License-Identifier: Apache-2.0
#include "app/main_program.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

#include "app/commands/commands.hpp"

namespace fokus::app {

namespace {

// Each key of the configuration as an option: bin_days is --bin-days.
void add_config_options(CLI::App& app, CommandLine& line) {
  for (const auto& key : config_keys()) {
    std::string option = "--" + key.name;
    std::replace(option.begin(), option.end(), '_', '-');
    app.add_option_function<std::string>(
        option, [&line, name = key.name](const std::string& text) { line.given[name] = text; },
        key.meaning);
  }
}

}  // namespace

int run_program(int argc, char** argv) {
  CLI::App app("Fokus: a self-hosted, privacy-first CRM");
  app.set_version_flag("--version", "fokus 0.1.0");
  CommandLine line;
  app.require_subcommand(1);
  app.fallthrough();  // the options below may stand behind the sub-command
  add_config_options(app, line);
  app.add_option("--config", line.config_file,
                 "Configuration file; else ./fokus.toml, else fokus.toml in the data folder");
  app.add_flag("--json", line.json, "Results as JSON");
  add_serve_commands(app, line);
  add_user_commands(app, line);
  add_data_commands(app, line);
  add_import_commands(app, line);
  add_register_commands(app, line);
  add_operate_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  for (const auto& name : unknown_variables())
    fmt::print(stderr, "fokus: {} is no setting and without effect\n", name);
  return line.chosen ? line.chosen() : 2;
}

}  // namespace fokus::app
