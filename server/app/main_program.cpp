// SPDX-License-Identifier: Apache-2.0
#include "app/main_program.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/commands/commands.hpp"

namespace fokus::app {

int run_program(int argc, char** argv) {
  CLI::App app("Fokus: a self-hosted, privacy-first CRM");
  app.set_version_flag("--version", "fokus 0.1.0");
  CommandLine line;
  app.require_subcommand(1);
  app.fallthrough();  // the options below may stand behind the sub-command
  app.add_option("--data", line.config.data, "Data folder")->capture_default_str();
  app.add_option("--listen", line.config.listen, "HOST:PORT to serve on")->capture_default_str();
  app.add_option("--database", line.config.database,
                 "postgresql://…; SQLite in the data folder without it");
  app.add_option("--config", line.config_file, "Configuration file (fokus.toml)");
  app.add_flag("--json", line.json, "Results as JSON");
  add_serve_commands(app, line);
  add_user_commands(app, line);
  add_data_commands(app, line);
  add_import_commands(app, line);
  add_operate_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return line.chosen ? line.chosen() : 2;
}

}  // namespace fokus::app
