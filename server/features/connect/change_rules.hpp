// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/connect/connections.hpp"

namespace fokus::connect {

// What a change may make of the settings of a connector. Pure. Errors: "connect/invalid", as
// Connections::save() lists them.
Status apply_places(const Connector& connector, const Change& change, State& state);
Status apply_values(const Connector& connector, const Change& change,
                    std::map<std::string, std::string>& values,
                    std::map<std::string, std::string>& secrets);
// Whether it can be switched on.
Status check_complete(const Connector& connector, const State& state,
                      const std::map<std::string, std::string>& secrets);

}  // namespace fokus::connect
