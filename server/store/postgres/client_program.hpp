// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/postgres/location.hpp"

namespace fokus::store::postgres {

// Runs pg_dump or pg_restore out of the PATH on a database, without a question to anybody. Its
// standard output goes to the file `output`; -1: nowhere. Waits for its end. Errors:
// "store/client_missing" with program and package in the params when it is not installed;
// "store/client_failed" when it ends with anything but success, having said why on stderr.
Status run_client(const Location& location, std::vector<std::string> arguments, int output);

}  // namespace fokus::store::postgres
