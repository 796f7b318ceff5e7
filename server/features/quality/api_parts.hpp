// SPDX-License-Identifier: Apache-2.0
// The route tables of the room, one function per file.
#pragma once
#include "features/quality/quality.hpp"

namespace fokus::quality {

std::vector<access::Route> rule_routes(Quality& quality);
std::vector<access::Route> finding_routes(Quality& quality);
std::vector<access::Route> score_routes(Quality& quality);
std::vector<access::Route> fix_routes(Quality& quality);

}  // namespace fokus::quality
