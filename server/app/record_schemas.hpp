// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json_writer.hpp"
#include "records/dictionary.hpp"

namespace fokus::app {

// What the notations of the routes call "$record", "$changes" and "$page" of a type: "company",
// "company_changes", "company_page". Any other name stands for itself.
std::string record_schema_name(const records::RecordType* type, std::string_view name);

// The three schemas of each record type, as members of components.schemas: how it is read, what may
// be written, and a page of it. A hidden field is in none.
void write_record_schemas(JsonWriter& json, const records::Dictionary& dictionary);

}  // namespace fokus::app
