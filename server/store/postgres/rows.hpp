// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "store/postgres/connection.hpp"

namespace fokus::store::postgres {

// The rows of a result that has arrived as a whole, in the text format.
std::unique_ptr<Rows> make_rows(ResultPtr result);

}  // namespace fokus::store::postgres
