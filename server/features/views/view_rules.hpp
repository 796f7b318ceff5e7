// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/views/views.hpp"

namespace fokus::views {

// Something in a definition that the dictionary no longer has, or that this viewer may not see.
struct Problem {
  std::string where;  // filter, columns, sort, group_by, sum
  std::string path;
  std::string code;  // unknown_field, masked_field, not_readable
};
// What is left of a definition when what has a problem is taken out of it.
struct Opened {
  Definition definition;
  std::vector<Problem> problems;
};

// The shape alone. Errors: "views/invalid" with the member and what is wrong with it.
Result<Definition> parse_definition(const boost::json::object& input);
boost::json::object definition_to_json(const Definition& definition);

// Whether the list can be opened so, asked of the engine: errors of criteria, and "views/invalid"
// for a field that rows cannot be grouped by or that cannot be added up.
Status check_definition(const records::ApiParts& parts, store::Session& session,
                        const access::Scope& scope, const records::RecordType& type,
                        const Definition& definition);

// Never fails: a view whose fields were retired since still opens. A condition that names a lost
// field goes with everything that stands beside it in the same part of the outermost "and".
Opened open_definition(const records::CriteriaContext& context, const records::RecordType& type,
                       const Definition& definition);

}  // namespace fokus::views
