// SPDX-License-Identifier: Apache-2.0
// A sheet of a workbook as the table that an import reads.
#include <unistd.h>

#include <algorithm>

#include "features/imports/intake.hpp"
#include "features/imports/sheet_xml.hpp"

namespace fokus::imports {
namespace {

Error problem_of(ZipParts& parts, XmlEnd end) {
  if (end == XmlEnd::unread) return parts.problem();
  return make_error(ErrorKind::invalid, "imports/damaged_file");
}

bool is_cut_short(XmlEnd end) {
  return end == XmlEnd::refused || end == XmlEnd::unread;
}

Result<bool> has_rows(ZipParts& parts, const Workbook& book, const SheetPart& sheet) {
  const auto reader = parts.part(sheet.path);
  if (!reader) return false;
  bool found = false;
  const auto read = read_sheet(reader, book, [&](std::int64_t, std::vector<Cell>&) {
    found = true;
    return false;
  });
  if (!found && is_cut_short(read.end)) return problem_of(parts, read.end);
  return found;
}

struct Written {
  Intake intake;
  SheetFacts facts;
};

Result<Written> write_sheet(ZipParts& parts, const Workbook& book, const SheetPart& sheet,
                            const std::string& to, const std::vector<TallCell>& fill) {
  const auto reader = parts.part(sheet.path);
  if (!reader) return make_error(ErrorKind::invalid, "imports/damaged_file");
  TableFile table(to);
  bool is_taken = true;
  auto read = read_sheet(
      reader, book,
      [&](std::int64_t row, std::vector<Cell>& cells) { return is_taken = table.add(row, cells); },
      fill);
  if (is_cut_short(read.end)) return problem_of(parts, read.end);
  const auto intake = TRY(table.finish());
  return Written{intake, std::move(read.facts)};
}

// The one that is asked for; otherwise the first that has rows, visible ones before hidden ones.
const SheetPart* chosen(const Workbook& book, const TakenFile& taken, const FileForm& form) {
  if (form.sheet) return book.find(*form.sheet);
  const SheetPart* hidden = nullptr;
  for (const auto& name : taken.sheets) {
    const auto* sheet = book.find(name);
    if (!sheet->is_hidden) return sheet;
    if (!hidden) hidden = sheet;
  }
  return hidden;
}

void note(boost::json::object& notes, const char* name, std::int64_t count) {
  if (count > 0) notes[name] = count;
}

}  // namespace

Result<TakenFile> take_workbook(const std::string& from, const std::string& to,
                                const FileForm& form) {
  const auto parts = TRY(ZipParts::open(from));
  if (!is_workbook(*parts)) return make_error(ErrorKind::invalid, "imports/unknown_archive");
  const Workbook book = TRY(read_workbook(*parts));
  TakenFile taken;
  taken.kind = FileKind::xlsx;
  for (const auto& sheet : book.sheets)
    if (TRY(has_rows(*parts, book, sheet))) taken.sheets.push_back(sheet.name);
  if (taken.sheets.empty()) return make_error(ErrorKind::invalid, "imports/no_rows");
  const auto* sheet = chosen(book, taken, form);
  if (!sheet) return field_error("imports/invalid", "sheet", "unknown");
  auto written = TRY(write_sheet(*parts, book, *sheet, to, {}));
  // Where cells are shown as one is told behind the cells: such sheets are read a second time.
  auto tall = std::move(written.facts.tall_cells);
  if (!tall.empty()) {
    std::sort(tall.begin(), tall.end(),
              [](const auto& a, const auto& b) { return a.first_row < b.first_row; });
    ::unlink(to.c_str());
    written = TRY(write_sheet(*parts, book, *sheet, to, tall));
  }
  if (written.facts.rows == 0) return make_error(ErrorKind::invalid, "imports/no_rows");
  taken.sheet = sheet->name;
  taken.intake = written.intake;
  note(taken.notes, "formulas", written.facts.formulas);
  note(taken.notes, "error_cells", written.facts.error_cells);
  note(taken.notes, "merged_cells", static_cast<std::int64_t>(tall.size()));
  return taken;
}

}  // namespace fokus::imports
