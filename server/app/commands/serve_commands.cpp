// SPDX-License-Identifier: Apache-2.0
#include "app/commands/commands.hpp"
#include "app/openapi.hpp"
#include "app/serve.hpp"

namespace fokus::app {

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

  auto* init = app.add_subcommand("init", "Make the data folder and bring the database up to date");
  init->callback([&line] {
    line.chosen = [&line] {
      return with_house(line, [&line](House& house) {
        if (line.json)
          fmt::print("{{\"schema\":{}}}\n", house.schema);
        else
          fmt::print("ready, schema {}\n", house.schema);
        return 0;
      });
    };
  });

  auto* openapi = app.add_subcommand("openapi", "Print the OpenAPI document of this installation");
  openapi->callback([&line] {
    line.chosen = [&line] {
      return with_house(line, [](House& house) {
        fmt::print("{}\n", render_openapi(all_routes(house), *house.dictionary.current(), "0.1.0"));
        return 0;
      });
    };
  });
}

}  // namespace fokus::app
