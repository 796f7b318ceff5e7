// SPDX-License-Identifier: Apache-2.0
// How the entries of the access log hang together. Not for other rooms.
#pragma once
#include <string>
#include <vector>

#include "access/access_log.hpp"

namespace fokus::access {

// ",3,17," so that one number can be looked for with LIKE '%,17,%'. Only the breach room and an
// inquiry look for persons here, over a named period; a row per person and list would cost every
// list call fifty rows.
std::string render_log_ids(const std::vector<std::int64_t>& ids);

// Hex of SHA-256 over the salt and everything that an entry says.
std::string log_content_hash(const LogEntry& entry);
// Likewise over the link before and the content of this one.
std::string log_link_hash(const std::string& before, const std::string& content);

}  // namespace fokus::access
