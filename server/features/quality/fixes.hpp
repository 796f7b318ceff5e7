// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/quality/finding_query.hpp"

namespace fokus::quality {

// Which findings are to be put right with what the rules suggest, and of which record type.
struct FixOrder {
  records::DictionaryPtr dictionary;  // holds what the filter points at
  FindingFilter filter;               // with one type, and at least one rule
  std::vector<std::int64_t> records;  // only of these; empty: of all
  std::vector<std::int64_t> except;   // findings that are left
};
Result<FixOrder> parse_fix_order(const Quality& quality, const access::Scope& scope,
                                 const boost::json::object& body);

// What would happen, with the first ones in full; nothing is changed.
Result<boost::json::object> preview_fixes(const Quality& quality, const access::Scope& scope,
                                          const FixOrder& order);
// A change set and the job "quality_fix" that fills it.
Result<boost::json::object> fix_later(const Quality& quality, const access::Scope& scope,
                                      const FixOrder& order, const boost::json::object& body);
// The body of that job.
Result<boost::json::object> run_fixes(const Quality& quality, work::Run& run);

}  // namespace fokus::quality
