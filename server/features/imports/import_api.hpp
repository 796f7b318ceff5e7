// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "access/route.hpp"
#include "features/imports/imports.hpp"

namespace fokus::imports {

// /api/v1/imports: upload, definition, dry run, run, reversal, refused rows.
std::vector<access::Route> import_routes(const records::ApiParts& parts, Imports& imports);
// What its rows would do, those that wait for a decision, and /api/v1/import-mappings.
std::vector<access::Route> import_view_routes(const records::ApiParts& parts, Imports& imports);
// GET /api/v1/{type}/export. `folder` holds what is being written.
std::vector<access::Route> export_routes(const records::ApiParts& parts, std::string folder);

}  // namespace fokus::imports
