// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/session.hpp"

#include <array>
#include <cstdlib>

#include "store/postgres/rows.hpp"

namespace fokus::store::postgres {

std::unique_ptr<Rows> PostgresSession::query(std::string_view sql, Params params) {
  return guard([&] { return make_rows(connection_.run(sql, params)); });
}

std::vector<std::unique_ptr<Rows>> PostgresSession::query_each(
    std::span<const Question> questions) {
  return guard([&] {
    std::vector<std::unique_ptr<Rows>> out;
    for (auto& result : connection_.run_each(questions))
      out.push_back(make_rows(std::move(result)));
    return out;
  });
}

std::int64_t PostgresSession::execute(std::string_view sql, Params params) {
  return guard([&]() -> std::int64_t {
    const ResultPtr result = connection_.run(sql, params);
    // A SELECT counts rows as well, but it changes none.
    if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
    const std::int64_t changed = std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
    count_writes(changed);
    return changed;
  });
}

std::int64_t PostgresSession::insert(std::string_view sql, Params params) {
  return guard([&]() -> std::int64_t {
    const ResultPtr result = connection_.run(std::string(sql) + " RETURNING id", params);
    count_writes(1);
    return std::strtoll(PQgetvalue(result.get(), 0, 0), nullptr, 10);
  });
}

void PostgresSession::prepare(std::string_view sql) {
  guard([&] { connection_.prepare(sql); });
}

void PostgresSession::execute_script(std::string_view sql) {
  guard([&] { connection_.script(std::string(sql)); });
}

void PostgresSession::send_notice(std::string_view channel, std::string_view payload) {
  const std::array<Param, 2> params = {channel, payload};
  connection_.run("SELECT pg_notify($1, $2)", params);
}

void PostgresSession::open_savepoint(int depth) {
  connection_.run("SAVEPOINT inner_" + std::to_string(depth), {});
}

void PostgresSession::release_savepoint(int depth) {
  connection_.run("RELEASE SAVEPOINT inner_" + std::to_string(depth), {});
}

void PostgresSession::roll_back_to_savepoint(int depth) {
  // A failed transaction takes no prepared statement but this one's text.
  connection_.script("ROLLBACK TO SAVEPOINT inner_" + std::to_string(depth) +
                     "; RELEASE SAVEPOINT inner_" + std::to_string(depth));
}

}  // namespace fokus::store::postgres
