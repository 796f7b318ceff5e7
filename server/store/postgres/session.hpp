// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>

#include "store/postgres/connection.hpp"
#include "store/transaction_base.hpp"

namespace fokus::store::postgres {

// Serves read bodies (as a Session) and write bodies alike.
class PostgresSession final : public TransactionBase {
 public:
  explicit PostgresSession(Connection& connection) : connection_(connection) {}
  bool is_wanted() const override { return false; }

  Engine engine() const override { return Engine::postgres; }
  std::unique_ptr<Rows> query(std::string_view sql, Params params) override;
  std::vector<std::unique_ptr<Rows>> query_each(std::span<const Question> questions) override;
  std::int64_t execute(std::string_view sql, Params params) override;
  std::int64_t insert(std::string_view sql, Params params) override;
  void prepare(std::string_view sql) override;
  void execute_script(std::string_view sql) override;

 protected:
  void open_savepoint(int depth) override;
  void send_notice(std::string_view channel, std::string_view payload) override;
  void release_savepoint(int depth) override;
  void roll_back_to_savepoint(int depth) override;

 private:
  Connection& connection_;
};

}  // namespace fokus::store::postgres
