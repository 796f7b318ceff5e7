// SPDX-License-Identifier: Apache-2.0
// Not for other rooms.
#pragma once
#include "records/draft.hpp"

namespace fokus::records {

// Writes what the model derives from other values: texts made of others, fields that follow a
// choice, amounts multiplied from others. `stored` is the record before the change, null for a new
// one; what the input names it decides itself. Amounts are rounded half away from zero. Error:
// "out_of_range" with the field.
Status derive_fields(const FieldContext& context, Draft& draft, const Draft* stored,
                     const boost::json::object& input);

}  // namespace fokus::records
