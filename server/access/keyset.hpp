// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "access/paging.hpp"

namespace fokus::access {

// Which page of a list a call asks for: what its SQL begins after, and how far it reads.
struct PageAsk {
  std::int64_t after = 0;  // the id of the last item of the page before; 0: from the beginning
  int limit = page_limit_max;

  int rows_to_read() const { return limit + 1; }  // one more tells whether the list goes on
};

// Errors: "records/bad_limit", "records/bad_cursor".
Result<PageAsk> parse_page(const net::Call& call);
// The cursor is a number, but of nothing in this list.
Error bad_cursor();

}  // namespace fokus::access
