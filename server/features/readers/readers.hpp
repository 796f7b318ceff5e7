// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "records/api.hpp"

// "Who can see this, and why": the rights of every user, held against one record.
namespace fokus::readers {

namespace limits {
constexpr int page_default = 50, page_max = 200;
}

// Where a record stands for the circles; of a part (RecordType::part_of), where its whole stands.
struct Place {
  UserId owner;
  GroupId owner_group;
};

// Somebody who may read the record.
struct Reader {
  UserId user;
  std::string name;
  access::Circle circle = access::Circle::all;  // the nearest one that lets them read it
  std::vector<std::string> roles;               // those that say so
  std::vector<access::Action> actions;          // what they may do with it; "read" among them
  std::vector<std::string> masked;              // classes of its fields that stay hidden
};

struct Page {
  std::vector<Reader> readers;  // by user id
  std::int64_t next = 0;        // the user to go on behind; 0 at the end
};

// The active users behind `after` that may read the record. The answer comes from the users' actors
// by the rules that their own calls follow (records/rights.hpp). Blocks on the database. Errors:
// "records/not_found" when the asking one may not read it.
Result<Page> list_readers(store::Session& session, const records::ApiParts& parts,
                          const access::Scope& scope, const records::RecordType& type, RecordId id,
                          std::int64_t after, int limit);

std::vector<access::Route> reader_routes(const records::ApiParts& parts);

}  // namespace fokus::readers
