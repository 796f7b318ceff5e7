// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include "store/postgres/failure.hpp"
#include "store/postgres/parameters.hpp"

namespace fokus::store::postgres {
namespace {

constexpr std::size_t statements_max = 512;  // per connection

bool is_good(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace

Connection::Connection(const std::string& location, const Options& options, Role role)
    : connection_(PQconnectdb(location.c_str())), role_(role), statements_(statements_max) {
  if (!is_alive()) throw_unavailable(raw());
  // Notices are for a person at a terminal; nobody reads our stderr for them.
  PQsetNoticeProcessor(
      raw(), [](void*, const char*) {}, nullptr);
  const std::string settings = fmt::format(
      "SET synchronous_commit={}; SET lock_timeout={}; SET TimeZone='UTC'; SET jit=off;"
      "SET standard_conforming_strings=on; SET client_min_messages=warning",
      options.durable ? "on" : "off", options.busy_timeout_ms);
  const ResultPtr result(PQexec(raw(), settings.c_str()));
  if (!is_good(result.get())) throw_failure(result.get());
}

void Connection::start(std::int64_t limit_ms) {
  is_in_transaction_ = false;
  wanted_limit_ms_ = role_ == Role::reader ? limit_ms : 0;
}

ResultPtr Connection::run(std::string_view sql, Params params) {
  send(sql, params);
  ResultPtr result = gather();
  if (is_good(result.get())) return result;
  if (is_stale_plan(result.get())) statements_.erase(sql);
  throw_failure(result.get());
}

std::vector<ResultPtr> Connection::run_each(std::span<const Question> questions) {
  if (questions.empty()) return {};
  // Whoever is prepared for the first time waits for its answer, so all are before any is sent.
  for (const auto& one : questions) prepared(one.sql);
  for (const auto& one : questions) send(one.sql, one.params);
  if (PQpipelineSync(raw()) != 1) fail();
  const auto others = static_cast<std::ptrdiff_t>(expected_) - std::ssize(questions);
  std::vector<ResultPtr> results;
  while (expected_ > 0) results.push_back(take_one());
  take_sync();
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (is_good(results[i].get())) continue;
    const auto question = static_cast<std::ptrdiff_t>(i) - others;
    if (question >= 0 && is_stale_plan(results[i].get()))
      statements_.erase(questions[static_cast<std::size_t>(question)].sql);
    throw_failure(results[i].get());
  }
  results.erase(results.begin(), results.begin() + others);  // BEGIN's answer
  return results;
}

void Connection::script(const std::string& sql) {
  enter_pipeline();
  open_transaction();
  if (expected_ > 0) {
    const ResultPtr begun = gather();
    if (!is_good(begun.get())) throw_failure(begun.get());
  }
  // Several statements in one text need the simple protocol, which a pipeline does not have.
  if (PQexitPipelineMode(raw()) == 0) fail();
  const ResultPtr result(PQexec(raw(), sql.c_str()));
  if (!is_alive()) fail();
  if (!is_good(result.get())) throw_failure(result.get());
}

void Connection::commit() {
  if (!is_in_transaction_) return;
  enter_pipeline();
  queue_command("COMMIT");
  const ResultPtr result = gather();
  is_in_transaction_ = false;
  if (!is_good(result.get())) throw_failure(result.get());
  // A transaction that failed answers COMMIT with ROLLBACK and no error.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw Failure(FailureKind::statement, "the transaction had failed and was rolled back");
  }
}

void Connection::roll_back() noexcept {
  if (!is_in_transaction_ || !is_alive()) return;
  is_in_transaction_ = false;
  try {
    enter_pipeline();
    queue_command("ROLLBACK");
    gather();
  } catch (const Failure&) {
    // The connection is gone, and the transaction with it.
  }
  trim_statements();
}

void Connection::leave() noexcept {
  if (!is_in_transaction_ || !is_alive()) return;
  is_in_transaction_ = false;
  try {
    enter_pipeline();
    queue_command("COMMIT");
    if (PQpipelineSync(raw()) != 1) fail();
    is_leaving_ = true;
  } catch (const Failure&) {
    // Found again by refresh().
  }
}

bool Connection::refresh() noexcept {
  try {
    if (is_leaving_) {
      is_leaving_ = false;
      while (expected_ > 0) take_one();
      take_sync();
      trim_statements();
    }
    pollfd socket{PQsocket(raw()), POLLIN, 0};
    // An idle connection has nothing to say except that the server closes it.
    return is_alive() && ::poll(&socket, 1, 0) == 0;
  } catch (const Failure&) {
    return false;
  }
}

void Connection::fail() {
  is_broken_ = true;
  throw_unavailable(raw());
}

void Connection::sent(int code) {
  if (code != 1) fail();
  ++expected_;
}

void Connection::send(std::string_view sql, Params params) {
  const Prepared& statement = prepared(sql);
  const Parameters values(params, statement.types);
  open_transaction();
  sent(PQsendQueryPrepared(raw(), statement.name.c_str(), values.count(), values.values(),
                           values.lengths(), values.formats(), 0));
}

void Connection::open_transaction() {
  if (is_in_transaction_) return;
  enter_pipeline();
  if (wanted_limit_ms_ != limit_ms_) {
    // A round trip of its own: within the transaction a roll-back would take the setting back.
    queue_command(fmt::format("SET statement_timeout={}", wanted_limit_ms_).c_str());
    const ResultPtr result = gather();
    if (!is_good(result.get())) throw_failure(result.get());
    limit_ms_ = wanted_limit_ms_;
  }
  queue_command(role_ == Role::reader ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                      : "BEGIN ISOLATION LEVEL READ COMMITTED");
  is_in_transaction_ = true;
}

const Prepared& Connection::prepared(std::string_view sql) {
  if (const Prepared* known = statements_.find(sql)) {
    enter_pipeline();
    return *known;
  }
  Prepared statement{fmt::format("s{}", ++statements_made_), {}};
  describe(statement, sql);
  return statements_.insert(sql, std::move(statement));
}

void Connection::describe(Prepared& statement, std::string_view sql) {
  enter_pipeline();
  open_transaction();
  sent(PQsendPrepare(raw(), statement.name.c_str(), std::string(sql).c_str(), 0, nullptr));
  sent(PQsendDescribePrepared(raw(), statement.name.c_str()));
  const ResultPtr result = gather();
  if (!is_good(result.get())) throw_failure(result.get());
  for (int i = 0; i < PQnparams(result.get()); ++i) {
    statement.types.push_back(PQparamtype(result.get(), i));
  }
}

void Connection::queue_command(const char* sql) {
  sent(PQsendQueryParams(raw(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0));
}

// Sends what is queued and waits: the first error, or else the result of the last command.
ResultPtr Connection::gather() {
  if (PQpipelineSync(raw()) != 1) fail();
  ResultPtr kept;
  while (expected_ > 0) {
    ResultPtr result = take_one();
    const bool has_failed = kept && !is_good(kept.get());
    if (!has_failed) kept = std::move(result);
  }
  take_sync();
  return kept;
}

ResultPtr Connection::take_one() {
  ResultPtr result(PQgetResult(raw()));
  if (!result || !is_alive()) {
    expected_ = 0;
    fail();
  }
  --expected_;
  // Each command's results end with a null.
  while (const ResultPtr more{PQgetResult(raw())}) continue;
  if (!is_alive()) fail();
  return result;
}

void Connection::take_sync() {
  const ResultPtr sync(PQgetResult(raw()));
  if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) fail();
}

void Connection::enter_pipeline() {
  if (PQpipelineStatus(raw()) == PQ_PIPELINE_OFF && PQenterPipelineMode(raw()) != 1) {
    fail();
  }
}

// Outside of transactions only: a failed one would refuse DEALLOCATE.
void Connection::trim_statements() {
  bool has_dropped = false;
  statements_.trim([](const Prepared&) { return false; },
                   [&](const Prepared& old) {
                     queue_command(("DEALLOCATE " + old.name).c_str());
                     has_dropped = true;
                   });
  if (has_dropped) gather();
}

}  // namespace fokus::store::postgres
