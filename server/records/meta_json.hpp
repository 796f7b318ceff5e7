// SPDX-License-Identifier: Apache-2.0
// How the dictionary is written in answers. For the API files of this room.
#pragma once
#include "base/json_writer.hpp"
#include "records/dictionary.hpp"

namespace fokus::records {

// With its fields but the hidden ones, its backlinks and its layout.
void write_type(JsonWriter& out, const RecordType& type);
void write_item(JsonWriter& out, const ListItem& item);

}  // namespace fokus::records
