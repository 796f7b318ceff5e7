// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/dashboards/question.hpp"

namespace fokus::dashboards {

// Fills in types, is_personal, uses_selection and uses_clock: everything that the answer to the
// question depends on. A type too many costs a query now and then; one too few would show old
// numbers. Not for other rooms.
void collect_dependencies(const records::Dictionary& dictionary, const Definition& definition,
                          Question& question);

// The part of a cache key that holds who asks, as far as the answer depends on it.
std::string rights_key(const records::Dictionary& dictionary, const access::Scope& scope,
                       const Question& question);

}  // namespace fokus::dashboards
