// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "platform/clock.hpp"
#include "records/dictionary.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

// Worlds: named sets of records for trying the program out, for tests and for measurements. They
// are the same in every run of the same day; their dates count back and forth from today.
//
//   demo   a Danish company that sells office furniture: two years of work, up to today
//   test   four users with different rights and a handful of records
//   bench  200,000 companies, 1,000,000 persons, 300,000 sales, 2,000,000 activities
namespace fokus::worlds {

// How a user gets in. Worlds know records; passwords and roles are another room's.
struct AccountRequest {
  UserId user;
  std::string password;
  std::string role;  // key: "administrator", "sales", "read_only"
  std::vector<GroupId> other_groups;
};

struct WorldParts {
  store::Database& database;
  const store::Statements& statements;
  const Clock& clock;                           // which day today is
  const records::DictionaryHolder& dictionary;  // applied to the database already
  std::function<Status(store::Transaction&, const AccountRequest&)> create_account;
  std::function<void(std::string_view what, std::int64_t rows)> on_progress;  // may be empty
};

struct WorldOptions {
  double scale = 1.0;  // bench only: 0.1 makes a tenth of the records
};

std::vector<std::string> list_worlds();

// Errors: "worlds/unknown"; "worlds/not_empty" when the database has users already, because a world
// would mix invented records with real ones. What records::Records refuses is passed on: a world
// that does not fit the model is a bug that its test finds.
Status seed_world(std::string_view name, const WorldParts& parts, const WorldOptions& options = {});

// Who can sign in to the world; for the greeting of bin/run and for tests.
struct SignIn {
  std::string email, password, name, role;
};
std::vector<SignIn> list_sign_ins(std::string_view world);

}  // namespace fokus::worlds
