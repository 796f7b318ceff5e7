// SPDX-License-Identifier: Apache-2.0
// seed
#include "app/accounts.hpp"
#include "app/commands/commands.hpp"
#include "features/worlds/worlds.hpp"

namespace fokus::app {
namespace {

int seed(House& house, const std::string& world, double scale) {
  // All users of a world share few passwords: each is hashed once.
  std::map<std::string, std::string> hashes;
  for (const auto& user : worlds::list_sign_ins(world)) {
    auto& hash = hashes[user.password];
    if (!hash.empty()) continue;
    auto made = hash_password(house, user.password);
    if (!made) return refuse(made.error());
    hash = std::move(*made);
  }
  const worlds::WorldParts parts{
      *house.database,
      *house.statements,
      house.clock,
      house.dictionary,
      [&](store::Transaction& tx, const worlds::AccountRequest& request) {
        return give_account(house, tx, request.user, hashes[request.password], request.role,
                            request.other_groups);
      },
      [](std::string_view what, std::int64_t rows) {
        fmt::print(stderr, "  {}: {}\n", what, rows);
      }};
  const auto seeded = worlds::seed_world(world, parts, {scale});
  if (!seeded) return refuse(seeded.error());
  // A world is not saved by the services of the house: what lies ahead of it is planned later.
  if (world == "demo") house.notifications->plan_later();
  for (const auto& user : worlds::list_sign_ins(world))
    fmt::print("{}  {}  ({}, {})\n", user.email, user.password, user.name, user.role);
  return 0;
}

}  // namespace

void add_data_commands(CLI::App& app, CommandLine& line) {
  struct Options {
    std::string world;
    double scale = 1.0;
  };
  const auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("seed", "Fill an empty installation with a world: demo, test, bench");
  command->add_option("world", options->world, "Name of the world")->required();
  command->add_option("--scale", options->scale, "bench: part of its size, 0.001 to 1");
  command->callback([&line, options] {
    line.chosen = [&line, options] {
      return with_house(line,
                        [&](House& house) { return seed(house, options->world, options->scale); });
    };
  });
}

}  // namespace fokus::app
