// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "records/criteria.hpp"

namespace fokus::records {

// A tree as a sentence for people, in Danish ("da") or English (any other language), with the
// labels of the dictionary: "Country is DK and Owner is me". What the dictionary does not know
// keeps its own name; nothing is refused.
std::string explain_criteria(const Dictionary& dictionary, const RecordType& type, const Node& node,
                             std::string_view language);

}  // namespace fokus::records
