// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/imports/table_writer.hpp"
#include "records/api.hpp"

namespace fokus::imports {

enum class ExportFormat { csv, json, xlsx };
std::optional<ExportFormat> parse_export_format(std::string_view name);
std::string_view media_type(ExportFormat format);

struct Export {
  const records::RecordType* type = nullptr;
  // limit, cursor and skip are the export's own; fields empty: all; sort empty: by id. Beside the
  // fields, "contact_points" may be asked for of types that have them.
  records::ListQuery query;
  ExportFormat format = ExportFormat::csv;
  CsvOptions csv;
  std::string shape;  // of the filter, for the access log
};

// Writes all records of the query that the scope may export, page by page, to the sink. Every page
// is in the access log before it leaves. CSV and XLSX spread addresses and money over columns
// ("address.city", "amount.currency") and show labels of list items; members are their names, and
// contact points one column per kind ("contact_points.phone": "work: +45 …; mobile: …"). JSON is
// the API's form.
// Checks everything before the first byte. Returns the number of records.
Result<std::int64_t> export_records(const records::ApiParts& parts, const access::Scope& scope,
                                    const Export& wanted, const std::string& folder,
                                    const Sink& sink);
// The checks alone.
Status check_export(const records::ApiParts& parts, const access::Scope& scope,
                    const Export& wanted);

}  // namespace fokus::imports
