// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>

#include "base/result.hpp"

namespace fokus::store {

// Puts a dump of pg_dump (custom format) in the place of the PostgreSQL database behind `url`. It
// is restored beside it, as a database of its own; only when all of it is there and `check`, which
// gets the address of that one and must have closed it when it returns, finds it sound, the two
// change names, in one transaction: a crash leaves the old or the new one under the name, never
// none. The old one stays under another name beginning with its own and "_before_restore_", which
// is the result; empty when there was nothing of ours in it, and it is gone.
//
// Nobody may be connected to the database, and the role of the address must be allowed to create
// databases (CREATEDB) and own the old one. Rights and settings that were given to the old database
// by its name stay with it. Errors: "store/client_missing"; "app/restore" with the field "file"
// ("not_sound") or "database" ("in_use", "may_not_create", "not_owner"); those of `check`. Throws
// Failure when the server cannot be reached.
Result<std::string> replace_database(const std::string& url, const std::string& file,
                                     const std::function<Status(const std::string&)>& check);

}  // namespace fokus::store
