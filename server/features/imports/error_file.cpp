// SPDX-License-Identifier: Apache-2.0
#include "features/imports/error_file.hpp"

#include "features/imports/table_writer.hpp"

namespace fokus::imports {
namespace {

constexpr int errors_per_page = 500;

}  // namespace

void write_error_file(const Imports& imports, const Import& import, const Sink& write) {
  const auto writer = make_csv_writer(write, {});
  std::vector<std::string> header = {"row_number", "error_field", "error_code", "error_name"};
  for (auto& name : import.column_names()) header.push_back(std::move(name));
  writer->header(header);
  std::int64_t after = 0;
  for (;;) {
    const auto page = imports.list_errors(import.id, after, errors_per_page);
    for (const auto& error : page) {
      after = error.id;
      std::vector<Cell> cells = {{Cell::Kind::number, std::to_string(error.row)},
                                 {Cell::Kind::text, error.field},
                                 {Cell::Kind::text, error.code},
                                 {Cell::Kind::text, error.name}};
      for (const auto& cell : error.cells)
        cells.push_back({Cell::Kind::text, std::string(cell.as_string())});
      if (!writer->row(cells)) return;
    }
    if (page.size() < errors_per_page) break;
  }
  (void)writer->finish();
}

}  // namespace fokus::imports
