// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "access/route.hpp"
#include "store/database.hpp"
#include "work/jobs.hpp"

namespace fokus::settings {

struct Parts {
  store::Database& database;
  work::Jobs& jobs;
};

// Jobs as their makers and operators see them: list, read, cancel, pause, resume.
std::vector<access::Route> job_routes(const Parts& parts);

}  // namespace fokus::settings
