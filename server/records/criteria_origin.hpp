// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "records/criteria_leaf.hpp"

namespace fokus::records {

// Conditions on where the value of a field came from, and on the duty to tell a person: about the
// rows of `value_origins` and `notice_duties`. A record without such a row has no origin: what is
// empty there is false, and true when negated.
struct OriginWriter {
  const CriteriaContext& context;
  SqlText& sql;
  LeafWriter& leaves;
  std::string row;  // an alias that nothing else has
};
struct OriginCondition {
  std::string_view path;         // named in errors
  const Comparison& comparison;  // never negated itself; Op::empty asks whether there is one
  bool negated;                  // true when no row fulfils it
};
// Appends it to the text, over the record in `alias`.
Status append_origin_rows(const OriginWriter& writer, const OriginField& origin,
                          const std::string& alias, const OriginCondition& condition);

}  // namespace fokus::records
