// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "features/duplicates/likeness.hpp"

namespace fokus::duplicates {

// Words in any order; nicknames, initials and typing errors count as nearly the same; more words
// on one side (middle names) cost little. One word alone never makes two persons the same: 0.75 at
// most. Symmetric.
Likeness compare_person_names(const std::vector<std::string>& a, const std::vector<std::string>& b);

// Dice's coefficient of the letters in words that have a partner on the other side, where words
// pair up to a typing error (after Monge and Elkan 1996). Numbers pair only when equal: "Hal 2" is
// not "Hal 3". Symmetric.
Likeness compare_company_names(const Item& a, const Item& b);

}  // namespace fokus::duplicates
