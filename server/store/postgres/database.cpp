// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "store/engines.hpp"
#include "store/pool.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/dump.hpp"
#include "store/postgres/failure.hpp"
#include "store/postgres/listener.hpp"
#include "store/postgres/location.hpp"
#include "store/postgres/session.hpp"

namespace fokus::store::postgres {
namespace {

constexpr int attempts_max = 5;    // of a body that conflicts with another one
constexpr int first_pause_ms = 5;  // doubled with each attempt, plus as much again by chance

void pause_before_attempt(int attempt) {
  std::random_device random;
  const int base = first_pause_ms << attempt;
  std::this_thread::sleep_for(
      std::chrono::milliseconds(base + static_cast<int>(random() % static_cast<unsigned>(base))));
}

class PostgresDatabase final : public Database {
 public:
  using Connections = Pool<Connection>;

  explicit PostgresDatabase(const Options& options)
      : options_(options),
        location_(parse_location(options.location)),
        listener_(location_.full()),
        readers_(options.readers, [this] { return connect(Role::reader); }),
        writers_(options.writers, [this] { return connect(Role::writer); }) {
    readers_.take();  // a wrong address is told at the start
  }
  ~PostgresDatabase() override {
    readers_.close();
    writers_.close();
  }

  Engine engine() const override { return Engine::postgres; }
  Subscription subscribe(std::string channel,
                         std::function<void(std::string_view payload)> callback) override {
    return listener_.subscribe(std::move(channel), std::move(callback));
  }
  void set_read_limit_ms(std::int64_t limit_ms) override { read_limit_ms_ = limit_ms; }
  Status backup(const std::string& file) override { return dump(location_, file); }
  std::int64_t size_bytes() override;
  std::vector<std::string> check_integrity() override;

 protected:
  void run_read(const std::function<void(Session&)>& body) override;
  void run_write(const std::function<bool(Transaction&)>& body) override;

 private:
  std::unique_ptr<Connection> connect(Role role) {
    return std::make_unique<Connection>(location_.full(), options_, role);
  }
  void discard(Connections& pool, Connections::Lease& lease);
  void attempt(const std::function<bool(Transaction&)>& body);
  void freshen(Connections& pool, Connections::Lease& lease);

  Options options_;
  Location location_;
  std::atomic<std::int64_t> read_limit_ms_ = 0;
  Listener listener_;
  Connections readers_;
  Connections writers_;
};

// When one connection is gone the others that lie idle usually are as well.
void PostgresDatabase::discard(Connections& pool, Connections::Lease& lease) {
  lease.discard();
  pool.drop_idle();
}

// A server that was restarted meanwhile is noticed here and not in the middle of a body.
void PostgresDatabase::freshen(Connections& pool, Connections::Lease& lease) {
  if (lease->refresh()) return;
  discard(pool, lease);
  lease.renew();
}

void PostgresDatabase::run_read(const std::function<void(Session&)>& body) {
  auto connection = readers_.take();
  freshen(readers_, connection);
  connection->start(read_limit_ms_);
  try {
    PostgresSession session(*connection);
    body(session);
  } catch (...) {
    connection->roll_back();
    if (!connection->is_alive()) discard(readers_, connection);
    throw;
  }
  connection->leave();
}

void PostgresDatabase::run_write(const std::function<bool(Transaction&)>& body) {
  for (int done = 0;; ++done) {
    try {
      return attempt(body);
    } catch (const Conflict&) {
      if (done + 1 == attempts_max) throw;
    }
    pause_before_attempt(done);
  }
}

void PostgresDatabase::attempt(const std::function<bool(Transaction&)>& body) {
  TransactionBase::Callbacks callbacks;
  {
    auto connection = writers_.take();
    freshen(writers_, connection);
    connection->start(0);
    try {
      PostgresSession session(*connection);
      if (body(session)) {
        session.require_sound();
        session.run_endings(session.take_endings());
        connection->commit();
        callbacks = session.take_callbacks();
      } else {
        connection->roll_back();
      }
    } catch (...) {
      connection->roll_back();
      if (!connection->is_alive()) discard(writers_, connection);
      throw;
    }
  }
  for (const auto& callback : callbacks) callback();
}

std::int64_t PostgresDatabase::size_bytes() {
  return read([](Session& session) {
    return session.query_integer("SELECT pg_database_size(current_database())");
  });
}

std::vector<std::string> PostgresDatabase::check_integrity() {
  return read([](Session& session) {
    std::vector<std::string> findings;
    const auto indexes = session.query(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready");
    while (indexes->next()) {
      findings.push_back("the index " + std::string(indexes->text(0)) + " is not valid");
    }
    if (const auto pages =
            session.query_integer("SELECT coalesce(checksum_failures, 0) FROM pg_stat_database"
                                  " WHERE datname = current_database()")) {
      findings.push_back(std::to_string(pages) + " pages failed their checksum");
    }
    return findings;
  });
}

}  // namespace

std::unique_ptr<Database> open(const Options& options) {
  return std::make_unique<PostgresDatabase>(options);
}

}  // namespace fokus::store::postgres
