// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/route.hpp"
#include "base/json_writer.hpp"
#include "records/dictionary.hpp"

namespace fokus::app {

// One operation of the document: a route, or a route with "{type}" in the name of one record type.
struct Operation {
  const access::Route* route;
  std::string path;
  const records::RecordType* type = nullptr;
};

// Its member of a path: parameters, body, answers, who may. Throws std::runtime_error when the
// route's terms cannot be read.
void write_operation(JsonWriter& json, const Operation& operation);

// {"$ref": "#/components/<place>"}
void write_ref(JsonWriter& json, std::string_view place);

// The names in braces, in their order.
std::vector<std::string> path_params(std::string_view path);

// What "{field}" and "{link}" of a path may be for a type: its file fields, what links to it.
std::vector<std::string> words_of_parameter(const records::RecordType& type,
                                            std::string_view param);

}  // namespace fokus::app
