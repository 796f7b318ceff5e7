// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "app/accounts.hpp"
#include "app/commands/commands.hpp"

namespace fokus::app {
namespace {

struct UserOptions {
  NewUser user;
  bool password_stdin = false;
};
struct KeyOptions {
  std::string user, name, expires;
  std::vector<std::string> scopes;
};

int add_user(House& house, const CommandLine& line, UserOptions& options) {
  if (options.password_stdin) std::getline(std::cin, options.user.password);
  if (options.password_stdin) {
    const auto judged =
        access::check_password(options.user.password, options.user.email, options.user.name);
    if (!judged) return refuse(judged.error());
  }
  const auto user = create_user(house, options.user);
  if (!user) return refuse(user.error());
  // Without a password the user gets a link to choose one.
  const std::string link =
      options.password_stdin ? "" : house.tokens->create_link(access::LinkKind::password, *user);
  if (line.json)
    fmt::print("{{\"id\":{},\"password_link\":\"{}\"}}\n", user->value, link);
  else if (link.empty())
    fmt::print("user {}\n", user->value);
  else
    fmt::print("user {}\nchoose a password at /password#{}\n", user->value, link);
  return 0;
}

int create_key(House& house, const CommandLine& line, const KeyOptions& options) {
  const auto user = find_user(house, options.user);
  if (!user) return refuse(user.error());
  const auto scopes = options.scopes.empty() ? std::vector<std::string>{"*"} : options.scopes;
  const auto end = access::parse_key_end(options.expires, house.clock.now());
  if (!end) return refuse(end.error());
  const auto key = house.tokens->create_key(*user, options.name, scopes, *end);
  if (!key) return refuse(key.error());
  const std::string until = *end ? "\"" + render_instant(**end) + "\"" : "null";
  if (line.json)
    fmt::print("{{\"id\":{},\"key\":\"{}\",\"expires_at\":{}}}\n", key->id, key->token, until);
  else
    fmt::print("{}\n", key->token);
  return 0;
}

}  // namespace

void add_user_commands(CLI::App& app, CommandLine& line) {
  auto* user = app.add_subcommand("user", "Users");
  user->require_subcommand(1);
  auto* add = user->add_subcommand("add", "Make a user");
  const auto options = std::make_shared<UserOptions>();
  add->add_option("email", options->user.email, "E-mail to sign in with")->required();
  add->add_option("--name", options->user.name, "Name")->required();
  add->add_option("--role", options->user.role, "Role: administrator, sales, …")->required();
  add->add_option("--group", options->user.group, "Primary group; made when it is new");
  add->add_flag("--password-stdin", options->password_stdin,
                "Read the password from standard input");
  add->callback([&line, options] {
    line.chosen = [&line, options] {
      return with_house(line, [&](House& house) { return add_user(house, line, *options); });
    };
  });

  auto* key = app.add_subcommand("key", "API keys");
  key->require_subcommand(1);
  auto* create = key->add_subcommand("create", "Make an API key and print it once");
  const auto key_options = std::make_shared<KeyOptions>();
  create->add_option("--user", key_options->user, "E-mail of the user it acts as")->required();
  create->add_option("--name", key_options->name, "What it is for")->required();
  create->add_option("--scope", key_options->scopes,
                     "read, write, export, <type>:read, function:import; default *");
  create->add_option("--expires", key_options->expires,
                     "Its last day (2027-12-31, UTC), an instant, or never; default a year");
  create->callback([&line, key_options] {
    line.chosen = [&line, key_options] {
      return with_existing_house(
          line, [&](House& house) { return create_key(house, line, *key_options); });
    };
  });
}

}  // namespace fokus::app
