// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "store/engines.hpp"
#include "store/pool.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/failure.hpp"
#include "store/sqlite/session.hpp"
#include "store/sqlite/writer.hpp"

namespace fokus::store::sqlite {
namespace {

constexpr int findings_max = 100;  // lines of an integrity check

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const Options& options)
      : options_(options),
        checkpointer_(options_),
        writer_(options_, subscribers_, checkpointer_),
        readers_(options.readers,
                 [this] { return std::make_unique<Connection>(options_, Role::reader); }) {
    // A damaged file is told at the start and not by the first visitor.
    readers_.take()->pragma("schema_version");
  }
  ~SqliteDatabase() override { readers_.close(); }

  Engine engine() const override { return Engine::sqlite; }

  Subscription subscribe(std::string channel,
                         std::function<void(std::string_view payload)> callback) override {
    return subscribers_.add(std::move(channel), std::move(callback));
  }
  void set_read_limit_ms(std::int64_t limit_ms) override { read_limit_ms_ = limit_ms; }
  Status backup(const std::string& file) override;
  std::int64_t size_bytes() override;
  std::vector<std::string> check_integrity() override;

 protected:
  void run_read(const std::function<void(Session&)>& body) override;
  void run_write(const std::function<bool(Transaction&)>& body) override { writer_.run(body); }

 private:
  Options options_;
  Subscribers subscribers_;
  std::atomic<std::int64_t> read_limit_ms_ = 0;
  Checkpointer checkpointer_;
  Writer writer_;
  Pool<Connection> readers_;
};

void SqliteDatabase::run_read(const std::function<void(Session&)>& body) {
  auto connection = readers_.take();
  connection->begin_read(std::chrono::milliseconds(read_limit_ms_.load()));
  struct End {
    Connection& connection;
    ~End() { connection.end_read(); }
  } end{*connection};
  SqliteSession session(*connection, subscribers_);
  body(session);
}

// The copy must survive a power cut from the moment it is reported.
bool flush_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool ok = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return ok;
}

Status SqliteDatabase::backup(const std::string& file) {
  const int created = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (created < 0) {
    return make_error(errno == EEXIST ? ErrorKind::conflict : ErrorKind::unavailable,
                      errno == EEXIST ? "store/backup_exists" : "store/backup_failed");
  }
  ::close(created);
  try {
    // Not a reader: those may only query, and this can take minutes.
    Connection connection(options_, Role::copier);
    Prepared copy = connection.compile("VACUUM INTO $1");
    check(connection.db(), sqlite3_bind_text64(copy.statement.get(), 1, file.data(), file.size(),
                                               SQLITE_STATIC, SQLITE_UTF8));
    if (sqlite3_step(copy.statement.get()) != SQLITE_DONE) throw_failure(connection.db());
    const auto folder = std::filesystem::absolute(file).parent_path().string();
    if (flush_file(file) && flush_file(folder)) return {};
  } catch (const Failure& failure) {
    ::unlink(file.c_str());
    if (failure.kind == FailureKind::corrupt) throw;
  }
  ::unlink(file.c_str());
  return make_error(ErrorKind::unavailable, "store/backup_failed");
}

std::int64_t SqliteDatabase::size_bytes() {
  std::int64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(options_.location + suffix, missing);
    if (!missing) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

std::vector<std::string> SqliteDatabase::check_integrity() {
  std::vector<std::string> findings;
  try {
    Connection connection(options_, Role::copier);
    SqliteSession session(connection, subscribers_);
    const auto rows =
        session.query("PRAGMA integrity_check(" + std::to_string(findings_max) + ")", Params{});
    while (rows->next()) {
      if (rows->text(0) != "ok") findings.emplace_back(rows->text(0));
    }
    const auto orphans = session.query("PRAGMA foreign_key_check", Params{});
    while (orphans->next() && findings.size() < findings_max) {
      findings.push_back("a row of " + std::string(orphans->text(0)) +
                         " points at a missing row of " + std::string(orphans->text(2)));
    }
  } catch (const Failure& failure) {
    if (failure.kind != FailureKind::corrupt) throw;
    findings.emplace_back(failure.what());
  }
  return findings;
}

}  // namespace

std::unique_ptr<Database> open(const Options& options) {
  return std::make_unique<SqliteDatabase>(options);
}

}  // namespace fokus::store::sqlite
