// SPDX-License-Identifier: Apache-2.0
// backup, restore, doctor
#include <filesystem>
#include <iostream>

#include "app/commands/commands.hpp"
#include "platform/files.hpp"
#include "records/history.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

struct Finding {
  std::string area, what;
};

// Chains of the newest records of every type; all of them with --full.
void check_histories(House& house, bool full, std::vector<Finding>& out) {
  constexpr int newest = 1000;
  const auto dictionary = house.dictionary.current();
  for (const auto& [name, type] : dictionary->types)
    house.database->read([&](store::Session& session) {
      std::vector<std::int64_t> ids;
      auto rows =
          session.query("SELECT id FROM " + type.table + " ORDER BY id DESC LIMIT $1",
                        {full ? std::numeric_limits<std::int64_t>::max() : std::int64_t{newest}});
      while (rows->next()) ids.push_back(rows->integer(0));
      for (const std::int64_t id : ids) {
        const auto wrong = records::verify_history(session, *house.statements, type, RecordId{id});
        if (!wrong.empty()) out.push_back({"history", fmt::format("{} {}: {}", name, id, wrong)});
      }
    });
}

int doctor(House& house, const CommandLine& line, bool full) {
  std::vector<Finding> found;
  for (const auto& problem : house.database->check_integrity())
    found.push_back({"database", problem});
  if (house.log_database)
    for (const auto& problem : house.log_database->check_integrity())
      found.push_back({"access log file", problem});
  check_histories(house, full, found);
  for (auto& problem : house.files->verify(full)) found.push_back({"files", std::move(problem)});
  const auto log = house.access_log->verify();
  if (log.broken_at != 0)
    found.push_back({"access log", fmt::format("the chain is broken at entry {}", log.broken_at)});
  if (line.json) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("sound", found.empty())
        .field("access_log_entries", log.checked)
        .key("problems")
        .begin_array();
    for (const auto& one : found)
      json.begin_object().field("area", one.area).field("what", one.what).end_object();
    json.end_array().end_object();
    fmt::print("{}\n", out);
  } else {
    for (const auto& one : found) fmt::print("{}: {}\n", one.area, one.what);
    if (found.empty())
      fmt::print("sound: database, history chains, files, access log ({} entries)\n", log.checked);
  }
  return found.empty() ? 0 : exit_problems;
}

int backup(House& house, const std::string& file) {
  if (fs::exists(file)) return refuse(field_error("app/backup", "file", "exists"));
  const auto made = house.database->backup(file);
  if (!made) return refuse(made.error());
  fmt::print("{}: {} bytes\n", file, fs::file_size(file));
  return 0;
}

// Opens the copy and checks it before it takes the place of what is there; the old file stays.
int restore(const CommandLine& line, const std::string& file) {
  if (!line.config.database.empty()) {
    fmt::print(stderr, "fokus: restore a PostgreSQL backup with pg_restore (docs/operations.md)\n");
    return exit_refused;
  }
  if (!fs::exists(file)) return refuse(field_error("app/restore", "file", "not_found"));
  fs::create_directories(line.config.data);
  const std::string target = file_in(line.config, "fokus.db"), next = target + ".restoring";
  fs::copy_file(file, next, fs::copy_options::overwrite_existing);
  {
    store::Options options;
    options.location = next;
    const auto copy = store::open_database(options);
    const auto problems = copy->check_integrity();
    const bool ours = copy->read([](store::Session& s) {
      return s.query_integer("SELECT count(*) FROM migrations");
    }) > 0;
    if (!problems.empty() || !ours) {
      fs::remove(next);
      return refuse(field_error("app/restore", "file", "not_sound"));
    }
  }
  if (fs::exists(target)) fs::rename(target, target + ".before-restore");
  for (const char* rest : {"-wal", "-shm"}) {
    fs::remove(target + rest);
    fs::remove(next + rest);
  }
  fs::rename(next, target);
  fmt::print("restored; the database before it is {}.before-restore\n", target);
  return with_house(line, [&](House& house) { return doctor(house, line, false); });
}

}  // namespace

void add_operate_commands(CLI::App& app, CommandLine& line) {
  const auto file = std::make_shared<std::string>();
  auto* backup_command =
      app.add_subcommand("backup", "Copy the database into one file, while others write");
  backup_command->add_option("file", *file, "File to make")->required();
  backup_command->callback([&line, file] {
    line.chosen = [&line, file] {
      return with_house(line, [&](House& house) { return backup(house, *file); });
    };
  });
  auto* restore_command = app.add_subcommand(
      "restore",
      "Put a backup in place of the database, checked first; the server must be stopped");
  restore_command->add_option("file", *file, "Backup to restore")->required();
  restore_command->callback(
      [&line, file] { line.chosen = [&line, file] { return restore(line, *file); }; });
  const auto full = std::make_shared<bool>(false);
  auto* doctor_command = app.add_subcommand(
      "doctor", "Check the database, the history chains, the files and the access log");
  doctor_command->add_flag(
      "--full", *full,
      "Every history chain, not only the newest 1000 of each type; the content of every file");
  doctor_command->callback([&line, full] {
    line.chosen = [&line, full] {
      return with_house(line, [&](House& house) { return doctor(house, line, *full); });
    };
  });
}

}  // namespace fokus::app
