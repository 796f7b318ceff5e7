// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include "features/imports/exports.hpp"
#include "features/imports/import_api.hpp"

namespace fokus::imports {
namespace {

using access::Visit;
using net::Reply;

Result<CsvOptions> parse_csv_options(const net::Call& call) {
  CsvOptions options;
  const auto delimiter = call.query_value("delimiter").value_or(",");
  if (delimiter == "tab")
    options.delimiter = '\t';
  else if (delimiter == "," || delimiter == ";" || delimiter == "|")
    options.delimiter = delimiter[0];
  else
    return field_error("imports/invalid", "delimiter", "unknown");
  options.byte_order_mark = call.query_value("bom") == "true";
  options.formula_safe = call.query_value("formula_safe") != "false";
  return options;
}

Result<Reply> export_type(const records::ApiParts& parts, const std::string& folder, Visit& visit) {
  // What the stream needs lives as long as it does.
  struct Kept {
    records::ApiParts parts;
    access::Scope scope;
    records::DictionaryPtr dictionary;
    records::ListCall call;
    Export wanted;
  };
  const auto kept =
      std::make_shared<Kept>(Kept{parts, visit.scope, parts.dictionary.current(), {}, {}});
  auto& wanted = kept->wanted;
  wanted.type = TRY(records::type_of(*kept->dictionary, visit));
  kept->call = TRY(records::parse_list_call(visit.call));
  wanted.query = kept->call.query;
  if (kept->call.criteria) wanted.shape = records::render_shape(*kept->call.criteria);
  const auto name = visit.call.query_value("format").value_or("csv");
  const auto format = parse_export_format(name);
  if (!format) return field_error("imports/invalid", "format", "unknown");
  wanted.format = *format;
  wanted.csv = TRY(parse_csv_options(visit.call));
  TRY(check_export(parts, visit.scope, wanted));
  Reply reply;
  reply.type = media_type(*format);
  reply.compressible = *format != ExportFormat::xlsx;
  reply.header("Content-Disposition",
               "attachment; filename=\"" + wanted.type->plural + "." + std::string(name) + "\"");
  reply.stream = [kept, folder](const std::function<bool(std::string_view)>& write) {
    const auto count = export_records(kept->parts, kept->scope, kept->wanted, folder, write);
    // Half a file must not look like a whole one: the connection breaks instead.
    if (!count.ok() && count.error().code != "imports/reader_gone")
      throw store::Failure(store::FailureKind::unavailable, count.error().code);
  };
  return reply;
}

}  // namespace

std::vector<access::Route> export_routes(const records::ApiParts& parts, std::string folder) {
  ::mkdir(folder.c_str(), 0700);
  return {{net::Method::get,
           "/api/v1/{type}/export",
           access::Right::signed_in(),
           [parts, folder](Visit& visit) { return export_type(parts, folder, visit); },
           {"Export records as CSV, JSON or XLSX",
            {.query = "filter, q, sort, fields, bin: boolean, format, delimiter, bom: boolean, "
                      "formula_safe: boolean",
             .media = "text/csv"}},
           net::Lane::slow}};
}

}  // namespace fokus::imports
