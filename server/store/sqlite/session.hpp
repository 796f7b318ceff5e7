// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>

#include "store/sqlite/connection.hpp"
#include "store/subscribers.hpp"
#include "store/transaction_base.hpp"

namespace fokus::store::sqlite {

// Serves read bodies (as a Session) and write bodies alike.
class SqliteSession final : public TransactionBase {
 public:
  SqliteSession(Connection& connection, const Subscribers& subscribers)
      : connection_(connection), subscribers_(subscribers) {}
  ~SqliteSession() override;
  bool is_wanted() const override { return connection_.is_wanted; }

  Engine engine() const override { return Engine::sqlite; }
  std::unique_ptr<Rows> query(std::string_view sql, Params params) override;
  std::int64_t execute(std::string_view sql, Params params) override;
  std::int64_t insert(std::string_view sql, Params params) override;
  void prepare(std::string_view sql) override;
  void execute_script(std::string_view sql) override;
  void limit(std::chrono::milliseconds limit) { connection_.limit_read(limit); }

 protected:
  void open_savepoint(int depth) override;
  void send_notice(std::string_view channel, std::string_view payload) override;
  void release_savepoint(int depth) override;
  void roll_back_to_savepoint(int depth) override;

 private:
  friend class SqliteRows;
  Connection& connection_;
  const Subscribers& subscribers_;
  int open_rows_ = 0;
};

}  // namespace fokus::store::sqlite
