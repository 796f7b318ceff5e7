// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/dictionary.hpp"

namespace fokus::imports {

// A column of the file, as the mapping screen shows it.
struct FileColumn {
  std::string name;                 // unique within the file: "Name", "Name (2)", "Column 3"
  std::vector<std::string> sample;  // the first values that are not empty
  std::string guess;                // mapping key, or empty
};

// Headers as names that can be addressed.
std::vector<std::string> column_names(const std::vector<std::string_view>& header);

// Fills `guess` by names, labels and the words people use in Danish, English and German, checked
// against the samples. Each key is guessed once. For types that link to a company, columns about
// the company become "company.name", "company.org_number", ….
// Only fields that may be written are guessed, and choices only where the samples are among them.
void guess_columns(const records::Dictionary& dictionary, const records::RecordType& type,
                   std::vector<FileColumn>& columns,
                   const std::function<bool(const records::Field&)>& may_write);

// ',' or '.': what most of the samples show; without any, what goes with the delimiter.
char guess_decimal_mark(const std::vector<FileColumn>& columns, char delimiter);

// Every key a column can be mapped to: "name", "address.city", "company.name".
std::vector<std::string> mapping_keys(const records::Dictionary& dictionary,
                                      const records::RecordType& type);

}  // namespace fokus::imports
