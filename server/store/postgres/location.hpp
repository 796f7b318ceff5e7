// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus::store::postgres {

// A postgresql:// address taken apart. The password is kept out of `connection`, which may be seen
// in a list of programs; it goes to libpq by its own keyword or to pg_dump by the environment.
struct Location {
  std::string connection;  // libpq keywords and values, quoted
  std::string password;
  std::string full() const;
};

// Throws Failure when libpq cannot read it. Adds time limits that the address leaves out.
Location parse_location(const std::string& url);

}  // namespace fokus::store::postgres
