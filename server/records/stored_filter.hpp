// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "access/actor.hpp"
#include "records/criteria.hpp"

namespace fokus::records {

// Criteria that a feature keeps as text: of a selection, a view, a tile.

// The input of a call with its criteria in the one form that is kept: `criteria`, the JSON form,
// becomes `filter`. Errors: those of criteria; "criteria/two_forms" when both are there.
Result<boost::json::object> with_filter(boost::json::object input);

// What stands in place of a value that the viewer may not see.
constexpr std::string_view masked_value = "…";

// Criteria as the viewer may read them: without the values that fields of masked classes are
// compared with. Words like `me` and `this_year` stay. This is the one place where kept criteria
// are made ready for an answer.
struct ShownFilter {
  std::string text;
  bool is_masked = false;
};
ShownFilter show_filter(const Dictionary& dictionary, const access::Scope& scope,
                        std::string_view record_type, const std::string& filter);
// The same in a tree; true when something was masked.
bool mask_values(const Dictionary& dictionary, const access::Scope& scope, const RecordType* type,
                 Node& node);

// Refuses to keep what was shown masked, in place of what it stands for: "criteria/masked_value"
// with the field.
Status check_unmasked(const Node& node);

}  // namespace fokus::records
