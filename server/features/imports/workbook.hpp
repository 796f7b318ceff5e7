// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "features/imports/sheet_numbers.hpp"
#include "features/imports/xml_stream.hpp"

namespace fokus::imports {

namespace limits {
constexpr std::size_t sheets_max = 255;
constexpr std::size_t cell_formats_max = 65'536;
constexpr std::size_t shared_bytes_max = 256 << 20;  // kept in memory while a sheet is read
constexpr std::size_t shared_strings_max = 8'000'000;
}  // namespace limits

// The texts that the cells of a workbook share, by their number.
class SharedStrings {
 public:
  // False when there is no more room.
  bool add(std::string_view text);
  std::string_view at(std::size_t index) const;  // empty when there is no such one
  std::size_t count() const { return ends_.size(); }

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

struct SheetPart {
  std::string name;
  std::string path;  // in the archive
  bool is_hidden = false;
};

// What the cells of a sheet refer to.
struct Workbook {
  DayCount day_count = DayCount::from_1900;
  std::vector<SheetPart> sheets;
  std::vector<NumberFormat> formats;  // by the number of a cell's style
  SharedStrings strings;

  const SheetPart* find(std::string_view name) const;
};

// Whether an archive is an XLSX workbook (also one with macros, which are not read).
bool is_workbook(ZipParts& parts);
// Errors: those of ZipParts, "imports/damaged_file", "imports/too_large".
Result<Workbook> read_workbook(ZipParts& parts);

// "_x000D_" stands for a sign that XML cannot hold.
std::string without_escapes(std::string_view text);

}  // namespace fokus::imports
