// SPDX-License-Identifier: Apache-2.0
// What a changed value must be beside well-formed. Not for other rooms.
#pragma once
#include "records/draft.hpp"

namespace fokus::records {

// It is there, not in the bin, and the actor may see it.
bool is_linkable(store::Session& session, const CriteriaContext& context, const RecordType& target,
                 const store::Value& id);
// A link must lead to something the actor can see, else it would be a way to ask what exists; and
// none up a hierarchy to the record itself. Errors with the field: "no_such_record",
// "above_itself".
Status check_links(store::Session& session, const CriteriaContext& context, const Draft& draft,
                   const std::vector<std::size_t>& changed);
// A retired list item stays where it is, but is not chosen anew: "retired" with the field. Nobody
// is born after today: "in_the_future". `before` null for a new record.
Status check_values(const FieldContext& context, const Draft* before, const Draft& after,
                    const std::vector<std::size_t>& changed);

}  // namespace fokus::records
