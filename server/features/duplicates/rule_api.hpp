// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/duplicates/duplicates.hpp"

namespace fokus::duplicates {

// /api/v1/duplicates/rules: reading for everybody who signs in, changing for administrators.
std::vector<access::Route> rule_routes(Duplicates& duplicates);

}  // namespace fokus::duplicates
