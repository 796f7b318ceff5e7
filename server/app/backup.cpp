// SPDX-License-Identifier: Apache-2.0
#include "app/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "access/access_log_copy.hpp"
#include "base/embedded.hpp"
#include "platform/random.hpp"
#include "store/migrations.hpp"
#include "store/replace_database.hpp"
#include "store/single_file.hpp"
#include "store/statistics.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;

Error restore_error(const char* code) {
  return field_error("app/restore", "file", code);
}

bool flush(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool ok = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return ok;
}

std::string folder_of(const std::string& file) {
  return fs::absolute(file).parent_path().string();
}

void remove_database(const std::string& file) {
  std::error_code ignored;
  for (const char* end : {"", "-wal", "-shm", "-journal"}) fs::remove(file + end, ignored);
}

constexpr const char* count_our_tables =
    "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
    " AND name IN ('migrations', 'history', 'events')";
constexpr const char* count_our_tables_postgres =
    "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    " AND table_name IN ('migrations', 'history', 'events')";

std::unique_ptr<store::Database> open_alone(const std::string& location) {
  store::Options options;
  options.location = location;
  options.readers = 1;
  return store::open_database(options);
}

// Sound, ours, and not of a newer program.
Status check_restored(store::Database& copy, const char* count_tables) {
  if (!copy.check_integrity().empty()) return restore_error("not_sound");
  const auto is_ours = copy.read([&](store::Session& session) {
    return session.query_integer(count_tables) == 3 &&
           session.query_integer("SELECT count(*) FROM migrations") > 0;
  });
  return is_ours ? store::check_migrations(copy, embedded_sql()) : restore_error("not_sound");
}

// Also brings what is left in its write-ahead log into the file.
Status check_copy(const std::string& file) {
  try {
    store::Options options;
    options.location = file;
    const auto copy = store::open_database(options);
    TRY(check_restored(*copy, count_our_tables));
    store::refresh_statistics(*copy);
    return {};
  } catch (const store::Failure&) {  // no database at all, or one that is cut short
    return restore_error("not_sound");
  }
}

// Gives the old database a second name; what is in its write-ahead log goes with it.
bool keep_old(const std::string& target, const std::string& kept) {
  try {
    store::Options options;
    options.location = target;
    store::open_database(options);   // and closed: its write-ahead log is in the file then
  } catch (const store::Failure&) {  // damaged: the reason to restore, perhaps
  }
  if (::link(target.c_str(), kept.c_str()) != 0) return false;
  std::error_code failed;
  if (fs::exists(target + "-wal")) fs::rename(target + "-wal", kept + "-wal", failed);
  fs::remove(target + "-shm");
  return !failed;
}

// False when it cannot be written; what is damaged is thrown.
bool add_log(const std::string& draft, const SeparateLog& log) {
  if (!access::wait_for_journals(log.folder)) return false;
  try {
    store::Options options;
    options.location = draft;
    options.readers = 1;
    options.durable = false;  // nobody knows the file yet; flushed as a whole below
    const auto copy = store::open_database(options);
    if (!access::extend_log(log.database, *copy, log.statements)) return false;
  } catch (const store::Failure& failure) {
    if (failure.kind == store::FailureKind::corrupt) throw;
    return false;
  }
  return store::make_single_file(draft) && flush(draft);
}

}  // namespace

Status make_backup(store::Database& database, const std::string& file, const SeparateLog* log) {
  if (fs::exists(file)) return make_error(ErrorKind::conflict, "store/backup_exists");
  // A name of its own: another node may be making the same copy, and a killed one left its behind.
  const std::string draft = file + ".unfinished-" + SystemRandom().hex(8);
  struct Removed {
    const std::string& draft;
    ~Removed() { remove_database(draft); }
  } removed{draft};
  if (auto made = database.backup(draft); !made) return made;
  if (log && !add_log(draft, *log))
    return make_error(ErrorKind::unavailable, "store/backup_failed");
  // Not a rename: that would replace what somebody else has put there meanwhile.
  const bool named = ::link(draft.c_str(), file.c_str()) == 0;
  const bool exists = !named && errno == EEXIST;
  if (exists) return make_error(ErrorKind::conflict, "store/backup_exists");
  if (named && flush(folder_of(file))) return {};
  return make_error(ErrorKind::unavailable, "store/backup_failed");
}

Status adopt_log(store::Database& carrier, const SeparateLog& log, const std::string& kept) {
  if (access::compare_logs(carrier, log.database, log.statements) == access::LogFit::foreign) {
    const auto made = make_backup(log.database, kept);
    if (!made && made.error().code != "store/backup_exists") return made;
    access::replace_log(carrier, log.database, log.statements);
  }
  if (!access::extend_log(carrier, log.database, log.statements))
    return make_error(ErrorKind::conflict, "store/backup_failed");
  access::clear_log(carrier, log.statements);
  return {};
}

Result<std::string> restore_backup(const std::string& file, const std::string& target,
                                   const std::string& kept) {
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) return restore_error("not_found");
  const std::string next = target + ".restoring";
  remove_database(next);
  fs::copy_file(file, next, failed);
  fs::permissions(next, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed) {
    remove_database(next);
    return restore_error("not_writable");
  }
  Status sound = check_copy(next);
  if (sound && !flush(next)) sound = restore_error("not_writable");
  const bool has_old = fs::exists(target);
  if (sound && has_old && !keep_old(target, kept)) sound = restore_error("not_writable");
  if (sound && ::rename(next.c_str(), target.c_str()) != 0) sound = restore_error("not_writable");
  remove_database(next);
  if (!sound) return sound.error();
  flush(folder_of(target));
  return has_old ? kept : std::string();
}

namespace {

// Who has seen what since the backup is not forgotten by going back to it. A log of another
// installation, and one in a database that is damaged, stay in the database from before, which is
// kept.
void take_log_along(const std::string& url, store::Database& restored,
                    const store::Statements& statements) {
  try {
    const auto old = open_alone(url);
    const bool has_log = old->read([](store::Session& session) {
      return session.query_integer(
                 "SELECT count(*) FROM information_schema.tables WHERE "
                 "table_schema = 'public' AND table_name = 'access_log'") == 1;
    });
    if (has_log) access::extend_log(*old, restored, statements);
  } catch (const store::Failure&) {
  }
}

}  // namespace

Result<std::string> restore_dump(const std::string& file, const std::string& url,
                                 const store::Statements& statements) {
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) return restore_error("not_found");
  return store::replace_database(url, file, [&](const std::string& next) -> Status {
    const auto restored = open_alone(next);
    TRY(check_restored(*restored, count_our_tables_postgres));
    take_log_along(url, *restored, statements);
    store::renew_statistics(*restored);
    return {};
  });
}

}  // namespace fokus::app
