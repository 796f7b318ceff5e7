// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.hpp"
#include "store/database.hpp"

namespace fokus::store {

// The named SQL of all rooms. A file server/<room>/sql/<noun>.sql holds statements in the form
//
//     -- name: find_user
//     SELECT … WHERE id = $1;
//     -- name: find_user [postgres]
//     SELECT … ;
//
// A statement is addressed as "<room>.<name>" ("access.find_user"; the room is the folder above
// sql/). A variant in brackets replaces the portable text on that engine only. Immutable after
// load; safe for all threads. The views returned live as long as the Statements.
class Statements {
 public:
  // Throws std::invalid_argument with file and line when a file cannot be read or a name stands
  // twice.
  Statements(std::span<const EmbeddedFile> files, Engine engine);

  // CHECKs that the name exists: a misspelt name is a bug that the first test finds.
  std::string_view operator[](std::string_view name) const;

  // Prepares every statement, so that a typo stops the boot and not a customer.
  // Returns one line per statement that does not prepare.
  std::vector<std::string> check(Database& database) const;

  std::vector<std::string> names() const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace fokus::store
