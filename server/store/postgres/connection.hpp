// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "store/text_cache.hpp"

namespace fokus::store::postgres {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

struct Prepared {
  std::string name;
  std::vector<Oid> types;  // of the parameters, as the server understands them
};

enum class Role { reader, writer };

// One connection to PostgreSQL with its prepared statements. libpq itself and not libpqxx, because
// libpq can send BEGIN together with the first statement: a read of one statement then takes one
// round trip instead of three. One thread.
class Connection {
 public:
  Connection(const std::string& location, const Options& options, Role role);

  // Starts a transaction; nothing is sent before its first statement.
  void start(std::int64_t limit_ms);
  ResultPtr run(std::string_view sql, Params params);
  std::vector<ResultPtr> run_each(std::span<const Question> questions);
  void prepare(std::string_view sql) { prepared(sql); }
  void script(const std::string& sql);
  void commit();
  void roll_back() noexcept;
  // Ends a transaction that only read; nobody waits for the answer.
  void leave() noexcept;

  // False after the server went away; the connection is of no use any more.
  bool is_alive() const { return !is_broken_ && PQstatus(raw()) != CONNECTION_BAD; }
  // Takes what has come in meanwhile and says whether the connection still stands.
  bool refresh() noexcept;

 private:
  PGconn* raw() const { return connection_.get(); }
  [[noreturn]] void fail();
  void sent(int code);
  void send(std::string_view sql, Params params);
  void open_transaction();
  const Prepared& prepared(std::string_view sql);
  void describe(Prepared& statement, std::string_view sql);
  void queue_command(const char* sql);
  ResultPtr gather();
  ResultPtr take_one();
  void take_sync();
  void enter_pipeline();
  void trim_statements();

  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::unique_ptr<PGconn, Finish> connection_;
  Role role_;
  TextCache<Prepared> statements_;
  std::int64_t statements_made_ = 0;
  std::int64_t limit_ms_ = 0;
  std::int64_t wanted_limit_ms_ = 0;
  int expected_ = 0;        // results on their way
  bool is_broken_ = false;  // out of step with the server
  bool is_in_transaction_ = false;
  bool is_leaving_ = false;  // the answer to the last COMMIT has not been taken yet
};

}  // namespace fokus::store::postgres
