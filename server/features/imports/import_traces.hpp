// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string_view>

#include "records/api.hpp"

namespace fokus::imports {

// Rows that are shown with what they change, [{id?, changes: [{field, old, new}]}]: the records
// that are there and those that they name come into the access log. `what`: how it is shown.
void trace_rows(const records::ApiParts& parts, const access::Scope& scope,
                std::string_view record_type, const boost::json::array& rows,
                std::string_view what);

}  // namespace fokus::imports
