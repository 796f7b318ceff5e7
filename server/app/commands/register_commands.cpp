// SPDX-License-Identifier: Apache-2.0
// register list, load, remove: the same jobs as the API, run to their end here.
#include <chrono>
#include <cstdio>
#include <thread>

#include "app/accounts.hpp"
#include "app/commands/commands.hpp"

namespace fokus::app {
namespace {

namespace json = boost::json;
using registers::Load;
using registers::LoadStatus;

constexpr auto poll_interval = std::chrono::milliseconds(200);

struct RegisterOptions {
  std::string provider, file, date;
};

json::object to_json(const Load& load) {
  return {{"load", load.id.value},
          {"provider", load.provider},
          {"status", registers::status_name(load.status)},
          {"rows", load.rows},
          {"bad_rows", load.bad_rows},
          {"problems", load.problems.to_json()},
          {"error", load.error}};
}

int print_load(const CommandLine& line, const Load& load, double seconds) {
  const bool failed = load.status == LoadStatus::failed;
  if (line.json) {
    auto out = to_json(load);
    out["seconds"] = seconds;
    fmt::print("{}\n", json::serialize(out));
  } else {
    fmt::print("{}: {} entries, {} bad rows, {:.1f} s\n", registers::status_name(load.status),
               load.rows, load.bad_rows, seconds);
    for (const auto& [reason, problem] : load.problems.reasons)
      fmt::print("  {}: {}\n", reason, problem.count);
  }
  if (!failed) return 0;
  fmt::print(stderr, "fokus: {}\n", load.error);
  return exit_refused;
}

// A file that a killed command left half loaded is gone on with; its job is taken over once its
// lease has run out.
std::optional<registers::LoadId> unfinished(House& house, const RegisterOptions& options) {
  for (const auto& load : house.registers->list_loads(options.provider, 1))
    if (load.status == LoadStatus::loading && load.name == options.file) return load.id;
  return std::nullopt;
}

void show_progress(const CommandLine& line, const Load& load) {
  if (line.json) return;
  fmt::print(stderr, "\r{} entries", load.rows);
  std::fflush(stderr);
}

int load_file(House& house, const CommandLine& line, const RegisterOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  auto id = unfinished(house, options);
  if (!id) {
    const auto started = house.registers->load_later(
        command_scope("cli:register load"),
        {options.provider, options.file, options.file, options.date, false});
    if (!started) return refuse(started.error());
    id = started->load;
  }
  house.registers->add_jobs();
  house.jobs->start(1);
  for (;;) {
    const auto load = house.registers->find_load(*id);
    if (!load) return refuse(make_error(ErrorKind::not_found, "registers/not_found"));
    if (load->status != LoadStatus::loading) {
      if (!line.json) fmt::print(stderr, "\r");
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
      return print_load(line, *load, took.count());
    }
    show_progress(line, *load);
    std::this_thread::sleep_for(poll_interval);
  }
}

int list_registers(House& house, const CommandLine& line) {
  json::array items;
  for (const auto& provider : registers::shipped_providers()) {
    const auto load = house.registers->current_load(provider.name);
    if (line.json) {
      json::object item{{"provider", provider.name}, {"title", provider.title}};
      item["current"] = load ? json::value(to_json(*load)) : json::value();
      items.push_back(std::move(item));
    } else if (load) {
      fmt::print("{}: {}, {} entries of {}\n", provider.name, provider.title, load->rows,
                 load->obtained_on);
    } else {
      fmt::print("{}: {}, not loaded\n", provider.name, provider.title);
    }
  }
  if (line.json) fmt::print("{}\n", json::serialize(items));
  return 0;
}

int remove_register(House& house, const RegisterOptions& options) {
  const auto removed =
      house.registers->remove(command_scope("cli:register remove"), options.provider);
  return removed.ok() ? 0 : refuse(removed.error());
}

}  // namespace

void add_register_commands(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<RegisterOptions>();
  auto* group = app.add_subcommand("register", "Local copies of public registers");
  group->require_subcommand(1);
  auto* list = group->add_subcommand("list", "The registers and what is loaded of them");
  list->callback([&line] {
    line.chosen = [&line] {
      return with_house(line, [&](House& house) { return list_registers(house, line); });
    };
  });
  auto* load = group->add_subcommand("load", "Load a bulk file; the one before stays until then");
  load->add_option("provider", options->provider, "brreg, cvr, … as `register list` has them")
      ->required();
  load->add_option("file", options->file, "CSV or JSON, packed with gzip or zip or not")
      ->required();
  load->add_option("--date", options->date, "YYYY-MM-DD of the data; default today");
  load->callback([&line, options] {
    line.chosen = [&line, options] {
      return with_house(line, [&](House& house) { return load_file(house, line, *options); });
    };
  });
  auto* remove = group->add_subcommand("remove", "Remove what is loaded of a register");
  remove->add_option("provider", options->provider, "Name of the register")->required();
  remove->callback([&line, options] {
    line.chosen = [&line, options] {
      return with_house(line, [&](House& house) { return remove_register(house, *options); });
    };
  });
}

}  // namespace fokus::app
