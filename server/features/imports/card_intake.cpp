// SPDX-License-Identifier: Apache-2.0
// A file of vCards as the table that an import reads: a row for each card.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "features/imports/card_rows.hpp"
#include "features/imports/intake.hpp"

namespace fokus::imports {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;

// Calls `each` with the text of every card, an empty one for one that does not end. False when the
// file could not be read.
bool each_card(const std::string& path, const std::function<void(std::string_view)>& each) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return false;
  std::string text, piece(piece_bytes, '\0');
  for (bool is_last = false; !is_last;) {
    const auto n = std::fread(piece.data(), 1, piece.size(), file.get());
    is_last = n < piece.size();
    text.append(piece, 0, n);
    std::size_t at = 0;
    while (const auto found = vcard::find_card(text, at)) {
      const bool may_go_on = !found->is_whole && found->end >= text.size() && !is_last;
      at = found->begin;
      if (may_go_on && text.size() - at <= vcard::limits::card_bytes_max) break;
      each(found->is_whole ? std::string_view(text).substr(at, found->end - at)
                           : std::string_view());
      at = std::max(found->end, at + 1);
    }
    // Before a card there may be anything; the last line of it may be the start of one.
    const auto line = text.find_last_of("\r\n");
    const bool has_card = vcard::find_card(text, at).has_value();
    text.erase(0, has_card || line == text.npos ? at : std::max(at, line));
    if (!has_card && text.size() > piece_bytes) text.clear();
  }
  return std::ferror(file.get()) == 0;
}

// Which columns any card fills.
struct Survey {
  std::array<bool, card_columns.size()> has = {};
  std::int64_t cards = 0, broken = 0;
};

Survey survey_of(const std::string& path) {
  Survey survey;
  each_card(path, [&](std::string_view text) {
    const auto card = vcard::parse_card(text);
    ++(card.ok() ? survey.cards : survey.broken);
    if (!card.ok()) return;
    const auto cells = cells_of_card(*card);
    for (std::size_t i = 0; i < cells.size(); ++i) survey.has[i] |= !cells[i].empty();
  });
  return survey;
}

template <class Texts>
std::vector<Cell> row_of(const Texts& texts, const Survey& survey) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (survey.has[i]) cells.push_back({Cell::Kind::text, std::string(texts[i])});
  return cells;
}

Result<Intake> write_cards(const std::string& from, const std::string& to, const Survey& survey) {
  TableFile table(to);
  std::int64_t row = 1;
  bool is_taken = table.add(row, row_of(card_columns, survey));
  const bool is_read = each_card(from, [&](std::string_view text) {
    ++row;  // a card that cannot be read keeps its number
    if (!is_taken) return;
    const auto card = vcard::parse_card(text);
    if (card.ok()) is_taken = table.add(row, row_of(cells_of_card(*card), survey));
  });
  if (!is_read) return make_error(ErrorKind::unavailable, "imports/unreadable_file");
  return table.finish();
}

// A file that goes when it is no longer needed.
struct Draft {
  std::string path;
  ~Draft() { ::unlink(path.c_str()); }
};

}  // namespace

Result<TakenFile> take_cards(const std::string& from, const std::string& to, const FileForm& form) {
  const Draft draft{to + ".cards"};
  TakenFile taken;
  taken.kind = FileKind::vcard;
  const auto converted = TRY(convert_to_utf8(from, draft.path, form.encoding));
  const auto survey = survey_of(draft.path);
  if (survey.cards == 0) return make_error(ErrorKind::invalid, "imports/no_rows");
  taken.intake = TRY(write_cards(draft.path, to, survey));
  taken.intake.encoding = converted.encoding;
  if (survey.broken > 0) taken.notes["broken_cards"] = survey.broken;
  return taken;
}

}  // namespace fokus::imports
