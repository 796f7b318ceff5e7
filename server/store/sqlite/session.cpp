// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/session.hpp"

#include <fmt/format.h>

#include "store/sqlite/failure.hpp"

namespace fokus::store::sqlite {
namespace {

// Rows outlive the parameters they were asked with, so those are copied; execute() needs no copy.
enum class Lifetime { copied, borrowed };

void bind_one(sqlite3_stmt* statement, int at, const Param& param, Lifetime lifetime) {
  const auto& content = param.content;
  int code = SQLITE_OK;
  if (const auto* n = std::get_if<std::int64_t>(&content)) {
    code = sqlite3_bind_int64(statement, at, *n);
  } else if (const auto* d = std::get_if<double>(&content)) {
    code = sqlite3_bind_double(statement, at, *d);
  } else if (const auto* text = std::get_if<std::string_view>(&content)) {
    // A null pointer would bind NULL instead of the empty text.
    const char* bytes = text->empty() ? "" : text->data();
    code = sqlite3_bind_text64(statement, at, bytes, text->size(),
                               lifetime == Lifetime::copied ? SQLITE_TRANSIENT : SQLITE_STATIC,
                               SQLITE_UTF8);
  } else {
    code = sqlite3_bind_null(statement, at);
  }
  check(sqlite3_db_handle(statement), code);
}

void bind_all(const Prepared& prepared, Params params, Lifetime lifetime) {
  if (static_cast<std::size_t>(prepared.parameters) != params.size()) {
    throw Failure(
        FailureKind::statement,
        fmt::format("the statement takes {} parameters and was given {}: {}", prepared.parameters,
                    params.size(), sqlite3_sql(prepared.statement.get())));
  }
  for (std::size_t i = 0; i < params.size(); ++i) {
    bind_one(prepared.statement.get(), static_cast<int>(i) + 1, params[i], lifetime);
  }
}

}  // namespace

class SqliteRows final : public Rows {
 public:
  SqliteRows(SqliteSession& session, Prepared& shared) : session_(session), prepared_(&shared) {
    open();
  }
  SqliteRows(SqliteSession& session, Prepared&& own)
      : session_(session), own_(std::move(own)), prepared_(&own_) {
    open();
  }
  ~SqliteRows() override {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    prepared_->is_open = false;
    --session_.open_rows_;
  }

  void start(Params params) {
    bind_all(*prepared_, params, Lifetime::copied);
    has_row_ = step();
  }

  bool next() override {
    if (is_first_) {
      is_first_ = false;
      return has_row_;
    }
    if (has_row_) has_row_ = session_.guard([&] { return step(); });
    return has_row_;
  }
  int column_count() const override { return sqlite3_column_count(statement_); }
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view text(int column) const override {
    // The pointer first: asking for it may convert the value and change the number of bytes.
    const bool is_blob = sqlite3_column_type(statement_, column) == SQLITE_BLOB;
    const void* bytes =
        is_blob ? sqlite3_column_blob(statement_, column) : sqlite3_column_text(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  Value value(int column) const override {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL:
        return {};
      case SQLITE_INTEGER:
        return integer(column);
      case SQLITE_FLOAT:
        return real(column);
      default:
        return std::string(text(column));
    }
  }

 private:
  void open() {
    statement_ = prepared_->statement.get();
    prepared_->is_open = true;
    ++session_.open_rows_;
  }

  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) throw_failure(sqlite3_db_handle(statement_));
    return false;
  }

  SqliteSession& session_;
  Prepared own_;
  Prepared* prepared_;
  sqlite3_stmt* statement_ = nullptr;
  bool is_first_ = true;
  bool has_row_ = false;
};

SqliteSession::~SqliteSession() {
  CHECK(open_rows_ == 0);
}

std::unique_ptr<Rows> SqliteSession::query(std::string_view sql, Params params) {
  return guard([&]() -> std::unique_ptr<Rows> {
    Prepared& shared = connection_.prepare(sql);
    auto rows = shared.is_open ? std::make_unique<SqliteRows>(*this, connection_.compile(sql))
                               : std::make_unique<SqliteRows>(*this, shared);
    rows->start(params);
    return rows;
  });
}

std::int64_t SqliteSession::execute(std::string_view sql, Params params) {
  return guard([&]() -> std::int64_t {
    Prepared own;
    Prepared* prepared = &connection_.prepare(sql);
    if (prepared->is_open) {
      own = connection_.compile(sql);
      prepared = &own;
    }
    bind_all(*prepared, params, Lifetime::borrowed);
    sqlite3_stmt* statement = prepared->statement.get();
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    const std::int64_t changed = prepared->counts_rows ? sqlite3_changes64(connection_.db()) : 0;
    const int outcome = sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    check(connection_.db(), outcome);
    count_writes(changed);
    return changed;
  });
}

std::int64_t SqliteSession::insert(std::string_view sql, Params params) {
  execute(sql, params);
  return sqlite3_last_insert_rowid(connection_.db());
}

void SqliteSession::prepare(std::string_view sql) {
  guard([&] { connection_.compile(sql); });
}

void SqliteSession::execute_script(std::string_view sql) {
  guard([&] { connection_.script(sql); });
}

void SqliteSession::send_notice(std::string_view channel, std::string_view payload) {
  after_commit([&subscribers = subscribers_, channel = std::string(channel),
                payload = std::string(payload)] { subscribers.call(channel, payload); });
}

void SqliteSession::open_savepoint(int depth) {
  connection_.command("SAVEPOINT inner_" + std::to_string(depth));
}

void SqliteSession::release_savepoint(int depth) {
  connection_.command("RELEASE inner_" + std::to_string(depth));
}

void SqliteSession::roll_back_to_savepoint(int depth) {
  connection_.command("ROLLBACK TO inner_" + std::to_string(depth));
  release_savepoint(depth);
}

}  // namespace fokus::store::sqlite
