// SPDX-License-Identifier: Apache-2.0
// backup, restore, doctor
#include <filesystem>
#include <iostream>

#include "access/access_log_copy.hpp"
#include "app/backup.hpp"
#include "app/commands/commands.hpp"
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "platform/files.hpp"
#include "records/agreement.hpp"
#include "records/history.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

struct Finding {
  std::string area, what;
};

// What cannot be read any more is a finding as well, and the rest is still looked at.
void look_at(const char* area, std::vector<Finding>& out, const std::function<void()>& look) {
  try {
    look();
  } catch (const store::Failure& failure) {
    if (failure.kind != store::FailureKind::corrupt) throw;
    out.push_back({area, failure.what()});
  }
}

// Chains of the newest records of a type; all of them with --full.
void check_histories(House& house, const records::RecordType& type, bool full,
                     std::vector<Finding>& out) {
  constexpr std::int64_t newest = 1000;
  house.database->read([&](store::Session& session) {
    std::vector<std::int64_t> ids;
    auto rows = session.query("SELECT id FROM " + type.table + " ORDER BY id DESC LIMIT $1",
                              {full ? std::numeric_limits<std::int64_t>::max() : newest});
    while (rows->next()) ids.push_back(rows->integer(0));
    for (const std::int64_t id : ids) {
      const auto wrong = records::verify_history(session, *house.statements, type, RecordId{id});
      if (wrong.empty()) continue;
      out.push_back({"history", fmt::format("{} {}: {}", type.name, id, wrong)});
    }
  });
}

// How much is looked at.
struct Depth {
  bool full = false;   // every chain, every value, the content of every file
  bool quick = false;  // of the rows only the newest ones
  bool files = true;   // whether they are there
};

// Rows beside their history and links. Merges count versions up without entries: asked once for
// each moment, since one merge may move the links of very many rows.
void check_rows(House& house, const records::RecordType& type, Depth depth,
                std::vector<Finding>& out) {
  std::map<std::int64_t, bool> merged_at;
  const auto changed_aside = [&](store::Session& session, Instant at) {
    const auto known = merged_at.find(at.ms);
    if (known != merged_at.end()) return known->second;
    return merged_at[at.ms] = session.query((*house.statements)["merge.was_at"], {at})->next();
  };
  const auto add = [&](std::vector<std::string> found) {
    for (auto& one : found) out.push_back({"records", std::move(one)});
  };
  const auto dictionary = house.dictionary.current();
  using records::Reach;
  add(records::compare_with_history(*house.database, type, depth.quick ? Reach::newest : Reach::all,
                                    changed_aside));
  add(records::compare_values(
      *house.database, type,
      {*house.statements, *dictionary, depth.full ? Reach::all : Reach::newest}));
  if (depth.quick) return;
  add(records::find_loose_links(*house.database, *dictionary, type));
}

int doctor(House& house, const CommandLine& line, Depth depth) {
  const bool full = depth.full;
  std::vector<Finding> found;
  for (const auto& problem : house.database->check_integrity())
    found.push_back({"database", problem});
  if (house.log_database)
    for (const auto& problem : house.log_database->check_integrity())
      found.push_back({"access log file", problem});
  const auto dictionary = house.dictionary.current();
  for (const auto& [name, type] : dictionary->types)
    look_at("history", found, [&] { check_histories(house, type, full, found); });
  for (const auto& [name, type] : dictionary->types)
    look_at("records", found, [&] { check_rows(house, type, depth, found); });
  look_at("files", found, [&] {
    if (!depth.files) return;
    for (auto& problem : house.files->verify(full)) found.push_back({"files", std::move(problem)});
  });
  access::LogVerdict log;
  look_at("access log", found, [&] { log = house.access_log->verify(); });
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
      fmt::print("sound: database, history chains, records, {}access log ({} entries)\n",
                 depth.files ? "files, " : "", log.checked);
  }
  return found.empty() ? 0 : exit_problems;
}

int backup(House& house, const CommandLine& line, const std::string& file) {
  std::optional<SeparateLog> log;
  house.access_log->flush();
  if (house.log_database)
    log.emplace(SeparateLog{*house.log_database, *house.statements, house.config.data});
  else if (!access::wait_for_journals(house.config.data))  // before the one moment of the copy
    return refuse(make_error(ErrorKind::unavailable, "store/backup_failed"));
  if (const auto made = make_backup(*house.database, file, log ? &*log : nullptr); !made)
    return refuse(made.error());
  const auto bytes = fs::file_size(file);
  line.json
      ? fmt::print("{}\n",
                   boost::json::serialize(boost::json::object{{"file", file}, {"bytes", bytes}}))
      : fmt::print("{}: {} bytes\n", file, bytes);
  return 0;
}

// The lock is given back before the house is opened, which takes it for itself.
Result<std::string> restore_alone(const Config& config, const std::string& file) {
  std::error_code failed;
  fs::create_directories(config.data, failed);
  if (failed) return field_error("app/data_folder", "data", "not_writable");
  const auto lock = TRY(FolderLock::take(config.data, FolderLock::How::alone));
  if (!lock) return field_error("app/restore", "data", "in_use");
  fs::create_directories(file_in(config, "files"), failed);
  if (failed) return field_error("app/data_folder", "data", "not_writable");
  if (!config.database.empty())
    return restore_dump(file, config.database,
                        store::Statements(embedded_sql(), store::Engine::postgres));
  const auto stamp = replace_all(render_instant(SystemClock().now()).substr(0, 19), ":", "-");
  return restore_backup(file, file_in(config, "fokus.db"),
                        file_in(config, "before-restore-" + stamp + ".db"));
}

Result<std::string> restore_now(const Config& config, const std::string& file) {
  try {
    return restore_alone(config, file);
  } catch (const store::Failure& failure) {
    fmt::print(stderr, "fokus: the database: {}\n", failure.what());
    return make_error(ErrorKind::unavailable, "app/restore");
  }
}

int restore(const CommandLine& line, const std::string& file) {
  const auto config = effective_config(line);
  if (!config) return refuse(config.error());
  std::error_code none;
  const bool has_files =
      fs::exists(file_in(*config, "files"), none) && !fs::is_empty(file_in(*config, "files"), none);
  const auto kept = restore_now(*config, file);
  if (!kept) return refuse(kept.error());
  // Standard output is for what doctor finds.
  fmt::print(stderr, "restored{}\n", kept->empty() ? "" : "; the database before it is " + *kept);
  // Into an empty folder the files come after the database: they are not missing yet.
  if (!has_files)
    fmt::print(stderr, "now copy files/ of the backup to {}, then run fokus doctor\n",
               file_in(*config, "files"));
  return with_existing_house(
      line, [&](House& house) { return doctor(house, line, {.files = has_files}); });
}

}  // namespace

void add_operate_commands(CLI::App& app, CommandLine& line) {
  const auto file = std::make_shared<std::string>();
  auto* backup_command =
      app.add_subcommand("backup", "Copy the database into one file, while others write");
  backup_command->add_option("file", *file, "File to make")->required();
  backup_command->callback([&line, file] {
    line.chosen = [&line, file] {
      return with_existing_house(line, [&](House& house) { return backup(house, line, *file); });
    };
  });
  auto* restore_command = app.add_subcommand(
      "restore",
      "Put a backup in place of the database, checked first; the server must be stopped");
  restore_command->add_option("file", *file, "Backup to restore")->required();
  restore_command->callback(
      [&line, file] { line.chosen = [&line, file] { return restore(line, *file); }; });
  const auto depth = std::make_shared<Depth>();
  auto* doctor_command = app.add_subcommand(
      "doctor",
      "Check the database, the history chains, the records, the files and the access log");
  auto* full = doctor_command->add_flag(
      "--full", depth->full,
      "Every history chain and every value, not only of the newest 1000 records of each type; "
      "the content of every file");
  doctor_command
      ->add_flag("--quick", depth->quick,
                 "Compare only the newest 1000 records of each type with their history, and follow "
                 "no links")
      ->excludes(full);
  doctor_command->callback([&line, depth] {
    line.chosen = [&line, depth] {
      return with_existing_house(line, [&](House& house) { return doctor(house, line, *depth); });
    };
  });
}

}  // namespace fokus::app
