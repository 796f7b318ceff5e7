// SPDX-License-Identifier: Apache-2.0
#include "store/testing.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/check.hpp"

namespace fokus::store::testing {
namespace {

const char* cluster() {
  return std::getenv("FOKUS_TEST_POSTGRES");
}

std::string fresh_name() {
  std::random_device random;
  return "fokus_test_" + std::to_string(::getpid()) + "_" + std::to_string(random());
}

// CREATE and DROP DATABASE cannot run inside of a transaction, so not through Database.
void run_on_cluster(const std::string& sql) {
  PGconn* connection = PQconnectdb(cluster());
  PGresult* result = PQexec(connection, sql.c_str());
  const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
  if (!ok) ADD_FAILURE() << sql << ": " << PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
}

// The last part of the address's path is the database.
std::string with_database(const std::string& url, const std::string& name) {
  const std::size_t query = std::min(url.find('?'), url.size());
  const std::size_t authority = url.find("//") + 2;
  const std::size_t path = std::min(url.find('/', authority), query);
  return url.substr(0, path) + "/" + name + url.substr(query);
}

}  // namespace

ScratchDatabase::ScratchDatabase(Engine engine, Options options) : options_(std::move(options)) {
  const std::string name = fresh_name();
  if (engine == Engine::sqlite) {
    folder_ = (std::filesystem::temp_directory_path() / name).string();
    std::filesystem::create_directories(folder_);
    location_ = folder_ + "/fokus.db";
  } else {
    CHECK(cluster() != nullptr);
    run_on_cluster("CREATE DATABASE " + name);
    folder_ = name;
    location_ = with_database(cluster(), name);
  }
  options_.location = location_;
  database_ = open_database(options_);
}

ScratchDatabase::~ScratchDatabase() {
  const bool is_file = !location_.starts_with("postgres");
  database_.reset();
  if (is_file) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  } else {
    run_on_cluster("DROP DATABASE IF EXISTS " + folder_ + " WITH (FORCE)");
  }
}

void ScratchDatabase::reopen() {
  database_.reset();
  database_ = open_database(options_);
}

void EachEngine::SetUp() {
  if (GetParam() == Engine::postgres && cluster() == nullptr) {
    GTEST_SKIP() << "FOKUS_TEST_POSTGRES is not set";
  }
}

std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace fokus::store::testing
