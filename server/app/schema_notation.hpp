// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/json_writer.hpp"

namespace fokus::app {

// The name of a schema of the document for what a notation says behind its "$".
using SchemaName = std::function<std::string(std::string_view)>;

// Writes a notation of access::Terms as a JSON Schema (2020-12). Throws std::runtime_error with the
// place of what it cannot read: that is a slip of whoever declared the route, and a test reads all.
void write_schema(JsonWriter& json, std::string_view notation, const SchemaName& name_of);

// The schema of one word: "integer", "instant", "static|dynamic", … False when it is none.
bool write_word_schema(JsonWriter& json, std::string_view word);

}  // namespace fokus::app
