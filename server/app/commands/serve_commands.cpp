// SPDX-License-Identifier: Apache-2.0
#include "app/accounts.hpp"
#include "app/commands/commands.hpp"
#include "app/openapi.hpp"
#include "app/serve.hpp"

namespace fokus::app {
namespace {

struct InitOptions {
  std::string currency, company_name, language, time_zone;
};

int init_house(House& house, const CommandLine& line, const InitOptions& options) {
  boost::json::object values;
  const auto give = [&](const char* key, const std::string& text) {
    if (!text.empty()) values[key] = text;
  };
  give("base_currency", options.currency);
  give("company_name", options.company_name);
  give("default_language", options.language);
  give("default_time_zone", options.time_zone);
  const Status set = house.database->write(
      [&](store::Transaction& tx) { return change_settings(house, tx, values); });
  if (!set) return refuse(set.error());
  const auto currency = house.dictionary.current()->installation.base_currency;
  if (line.json)
    fmt::print("{{\"schema\":{},\"base_currency\":\"{}\"}}\n", house.schema, currency);
  else
    fmt::print("ready, schema {}, base currency {}\n", house.schema, currency);
  return 0;
}

}  // namespace

void add_serve_commands(CLI::App& app, CommandLine& line) {
  auto* serve_command =
      app.add_subcommand("serve", "Serve the API and the web UI until it is told to stop");
  serve_command->callback([&line] {
    line.chosen = [&line] {
      block_signals();
      return with_house(line, [](House& house) {
        const auto served = serve(house);
        return served ? 0 : refuse(served.error());
      });
    };
  });

  const auto setup = std::make_shared<InitOptions>();
  auto* init = app.add_subcommand("init", "Make the data folder and bring the database up to date");
  init->add_option("--currency", setup->currency, "Base currency, as EUR; DKK without it");
  init->add_option("--company-name", setup->company_name, "Name of the company that uses it");
  init->add_option("--language", setup->language, "For users who chose none: da, en, nb, sv, de");
  init->add_option("--time-zone", setup->time_zone, "For users who chose none: Europe/Copenhagen");
  init->callback([&line, setup] {
    line.chosen = [&line, setup] {
      return with_house(line, [&](House& house) { return init_house(house, line, *setup); });
    };
  });

  auto* openapi = app.add_subcommand("openapi", "Print the OpenAPI document of this installation");
  openapi->callback([&line] {
    line.chosen = [&line] {
      return with_house(line, [](House& house) {
        fmt::print("{}\n", render_openapi(described_routes(house), *house.dictionary.current()));
        return 0;
      });
    };
  });
}

}  // namespace fokus::app
