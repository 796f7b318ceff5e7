// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/criteria.hpp"

namespace fokus::records {

// Whether the actor may do this to a part of that whole (RecordType::part_of); always for a type
// whose records are no parts. Errors: "records/forbidden". Whether the whole may be seen at all is
// asked elsewhere: a link leads only to what the actor sees.
Status check_whole(store::Session& session, const CriteriaContext& context, const RecordType& part,
                   std::int64_t whole, access::Action action);

}  // namespace fokus::records
