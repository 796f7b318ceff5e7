// SPDX-License-Identifier: Apache-2.0
// What the lists of this room read from a call. Not for other rooms.
#pragma once
#include <charconv>
#include <limits>

#include "access/keyset.hpp"
#include "records/api.hpp"

namespace fokus::register_updates {

// A positive number of the query string; 0 when it is not there. Error: "register_updates/invalid".
inline Result<std::int64_t> number_asked(const access::Visit& visit, const char* name) {
  const auto text = visit.call.query_value(name).value_or("");
  if (text.empty()) return std::int64_t{0};
  std::int64_t out = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || out <= 0)
    return field_error("register_updates/invalid", name, "not_a_number");
  return out;
}

// "owner": a user's number or "me".
inline Result<std::int64_t> owner_asked(const access::Visit& visit) {
  if (visit.call.query_value("owner").value_or("") == "me") return visit.scope.actor.user.value;
  return number_asked(visit, "owner");
}

// Lists are newest first: without a cursor they begin at the highest number.
inline std::int64_t before_of(const access::PageAsk& page) {
  return page.after != 0 ? page.after : std::numeric_limits<std::int64_t>::max();
}

}  // namespace fokus::register_updates
