// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "store/database.hpp"

namespace fokus::store::testing {

// A database of its own for one test: a SQLite file in a temporary folder, or a new PostgreSQL
// database on the cluster that FOKUS_TEST_POSTGRES names. Dropped when it goes out of scope.
class ScratchDatabase {
 public:
  explicit ScratchDatabase(Engine engine, Options options = {});
  ScratchDatabase(const ScratchDatabase&) = delete;
  ~ScratchDatabase();
  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const std::string& location() const { return location_; }
  // Closes and opens again, as after a restart.
  void reopen();

 private:
  Options options_;
  std::string location_, folder_;
  std::unique_ptr<Database> database_;
};

// Tests that run once per engine:  class Saves : public EachEngine {};  TEST_P(Saves, …) { … }
// and INSTANTIATE_EACH_ENGINE(Saves). Without FOKUS_TEST_POSTGRES the PostgreSQL half is skipped;
// bin/test always sets it and fails when a test was skipped for its lack.
class EachEngine : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override;
};

std::string engine_name(const ::testing::TestParamInfo<Engine>& info);

#define INSTANTIATE_EACH_ENGINE(suite)                                                     \
  INSTANTIATE_TEST_SUITE_P(                                                                \
      Engines, suite,                                                                      \
      ::testing::Values(::fokus::store::Engine::sqlite, ::fokus::store::Engine::postgres), \
      ::fokus::store::testing::engine_name)

}  // namespace fokus::store::testing
