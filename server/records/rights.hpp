// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "access/actor.hpp"
#include "base/result.hpp"
#include "records/dictionary.hpp"

namespace fokus::records {

// The C++ twin of append_rights(): may the actor do this to a record with that owner? For records
// that are not stored yet, and for events. `owner` 0 = nobody's: only the circle `all` holds it.
bool may_touch(const access::Scope& scope, const RecordType& type, access::Action action,
               UserId owner, GroupId owner_group);

// What the contact points of a record are.
constexpr std::string_view contact_class = "contact";

// Field classes that nobody sees without a role that says so.
bool is_masked_class(std::string_view data_class);
bool is_class_masked(const access::Scope& scope, std::string_view data_class);
// Shown as null, neither filterable nor writable.
bool is_masked(const access::Scope& scope, const Field& field);

// What somebody must be allowed on the whole to do this to its part: reading and exporting are the
// same, everything else changes the whole.
access::Action action_on_whole(access::Action action);

// Writing users, groups and other types of the program itself needs `administer`.
Status check_type_right(const access::Scope& scope, const RecordType& type, access::Action action);

}  // namespace fokus::records
