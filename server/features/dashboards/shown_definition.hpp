// SPDX-License-Identifier: Apache-2.0
// Not for other rooms.
#pragma once
#include "access/actor.hpp"
#include "features/dashboards/definition.hpp"
#include "records/dictionary.hpp"

namespace fokus::dashboards {

// A stored definition as the viewer may read it: its filters, those of its measures too, without
// the values of masked fields (records/stored_filter.hpp).
struct ShownDefinition {
  boost::json::object json;
  bool is_masked = false;
};
ShownDefinition show_definition(const records::Dictionary& dictionary, const access::Scope& scope,
                                const boost::json::object& definition);

}  // namespace fokus::dashboards
