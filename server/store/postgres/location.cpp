// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/location.hpp"

#include <libpq-fe.h>

#include <map>
#include <memory>

#include "store/database.hpp"

namespace fokus::store::postgres {
namespace {

std::string quote(std::string_view value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

}  // namespace

std::string Location::full() const {
  return password.empty() ? connection : connection + " password=" + quote(password);
}

Location parse_location(const std::string& url) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &message), &PQconninfoFree);
  if (!options) {
    // libpq's own message repeats the address, and with it the password.
    PQfreemem(message);
    throw Failure(FailureKind::statement, "the address of the database cannot be read");
  }
  std::map<std::string, std::string> values = {{"application_name", "fokus"},
                                               {"client_encoding", "UTF8"},
                                               {"connect_timeout", "5"},
                                               {"keepalives_idle", "30"},
                                               {"tcp_user_timeout", "30000"}};
  for (const PQconninfoOption* at = options.get(); at->keyword != nullptr; ++at) {
    if (at->val != nullptr) values[at->keyword] = at->val;
  }
  Location out;
  for (const auto& [key, value] : values) {
    if (key == "password") {
      out.password = value;
    } else {
      out.connection += (out.connection.empty() ? "" : " ") + key + "=" + quote(value);
    }
  }
  return out;
}

}  // namespace fokus::store::postgres
