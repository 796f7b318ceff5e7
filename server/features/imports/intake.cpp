// SPDX-License-Identifier: Apache-2.0
#include "features/imports/intake.hpp"

#include <array>
#include <cstdio>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

constexpr std::size_t head_bytes = 4096;
constexpr std::string_view zip_mark = "PK\x03\x04", empty_zip_mark = "PK\x05\x06";
constexpr std::string_view compound_mark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view card_mark = "begin:vcard";

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string head_of(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"), &std::fclose);
  std::string head(head_bytes, '\0');
  head.resize(file ? std::fread(head.data(), 1, head.size(), file.get()) : 0);
  return head;
}

// A card may be written in UTF-16 too, as anything else.
bool begins_with_card(std::string_view head) {
  std::string letters;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  for (const char c : head) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (c == '\0' || c == '\xFF' || c == '\xFE' || (is_blank && letters.empty())) continue;
    letters += c;
    if (letters.size() == card_mark.size()) break;
  }
  return lower_ascii(letters) == card_mark;
}

Error wrong_form(const char* member) {
  return field_error("imports/invalid", member, "not_of_this_kind");
}

}  // namespace

std::string_view file_kind_name(FileKind kind) {
  constexpr std::array<std::string_view, 3> names = {"csv", "xlsx", "vcard"};
  return names[static_cast<std::size_t>(kind)];
}

boost::json::object TakenFile::to_json() const {
  boost::json::array names(sheets.begin(), sheets.end());
  return {{"kind", file_kind_name(kind)},
          {"sheet", sheet},
          {"sheets", std::move(names)},
          {"notes", notes}};
}

Result<TakenFile> take_file(const std::string& from, const std::string& to, const FileForm& form) {
  const std::string head = head_of(from);
  if (head.starts_with(compound_mark))
    return make_error(ErrorKind::invalid, "imports/old_spreadsheet");
  if (head.starts_with(zip_mark) || head.starts_with(empty_zip_mark)) {
    if (form.encoding) return wrong_form("encoding");
    if (form.delimiter) return wrong_form("delimiter");
    return take_workbook(from, to, form);
  }
  if (form.sheet) return wrong_form("sheet");
  if (begins_with_card(head)) {
    if (form.delimiter) return wrong_form("delimiter");
    return take_cards(from, to, form);
  }
  TakenFile taken;
  taken.intake = TRY(convert_to_utf8(from, to, form.encoding));
  return taken;
}

struct TableFile::State {
  File file{nullptr, &std::fclose};
  std::unique_ptr<TableWriter> writer;
  std::int64_t bytes = 0, next_row = 1;
  bool is_too_long = false;

  bool write(std::string_view piece) {
    bytes += static_cast<std::int64_t>(piece.size());
    is_too_long |= bytes > limits::file_bytes_max;
    return !is_too_long && file &&
           std::fwrite(piece.data(), 1, piece.size(), file.get()) == piece.size();
  }
};

TableFile::TableFile(const std::string& path) : state_(std::make_unique<State>()) {
  state_->file.reset(std::fopen(path.c_str(), "wbx"));
  CsvOptions options;
  options.formula_safe = false;
  state_->writer = make_csv_writer(
      [state = state_.get()](std::string_view piece) { return state->write(piece); }, options);
}

TableFile::~TableFile() = default;

bool TableFile::add(std::int64_t row, const std::vector<Cell>& cells) {
  const std::vector<Cell> nothing;
  for (; state_->next_row < row; ++state_->next_row)
    if (!state_->writer->row(nothing)) return false;
  ++state_->next_row;
  return state_->writer->row(cells);
}

Result<Intake> TableFile::finish() {
  const bool is_whole = state_->writer->finish().ok();
  if (state_->is_too_long) return make_error(ErrorKind::too_large, "imports/too_large");
  if (!is_whole || !state_->file || std::fflush(state_->file.get()) != 0)
    return make_error(ErrorKind::unavailable, "imports/not_stored");
  return Intake{Encoding::utf8, state_->bytes, state_->next_row - 1};
}

}  // namespace fokus::imports
