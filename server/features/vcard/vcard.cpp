// SPDX-License-Identifier: Apache-2.0
#include "features/vcard/vcard.hpp"

#include "base/text.hpp"

namespace fokus::vcard {
namespace {

constexpr std::size_t folded_bytes_max = 75;  // of a line, without its end

// The line at `at`, which is moved behind its end: CRLF, LF or CR.
std::string_view take_line(std::string_view text, std::size_t& at) {
  const auto end = text.find_first_of("\r\n", at);
  const auto line = text.substr(at, end == text.npos ? end : end - at);
  if (end == text.npos)
    at = text.size();
  else
    at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  return line;
}

bool says(std::string_view line, std::string_view wanted) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (line.starts_with(mark)) line.remove_prefix(mark.size());
  // A folded line is part of another, whatever it says.
  if (line.size() > wanted.size() + 8 || line.starts_with(' ') || line.starts_with('\t'))
    return false;
  return lower_ascii(trim(line)) == wanted;
}

}  // namespace

std::optional<std::vector<std::string>> unfold(std::string_view text, std::size_t max) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto line = take_line(text, at);
    if (line.empty()) continue;
    const bool goes_on = line.front() == ' ' || line.front() == '\t';
    if (goes_on && !lines.empty()) {
      lines.back() += line.substr(1);
      continue;
    }
    if (lines.size() == max) return std::nullopt;
    lines.emplace_back(line);
  }
  return lines;
}

std::string folded(std::string_view line) {
  std::string out;
  // A line goes on behind a blank, which is one of its bytes.
  for (std::size_t room = folded_bytes_max; line.size() > room; room = folded_bytes_max - 1) {
    const auto piece = cut_utf8(line, room);
    if (piece.empty()) break;  // no UTF-8: as it is
    (out += piece) += "\r\n ";
    line.remove_prefix(piece.size());
  }
  return out + std::string(line) + "\r\n";
}

std::optional<FoundCard> find_card(std::string_view text, std::size_t from) {
  std::optional<FoundCard> found;
  for (std::size_t at = from; at < text.size();) {
    const std::size_t begin = at;
    const auto line = take_line(text, at);
    if (says(line, "begin:vcard")) {
      if (found) return FoundCard{found->begin, begin, false};
      found = FoundCard{begin, text.size(), false};
    } else if (found && says(line, "end:vcard")) {
      return FoundCard{found->begin, at, true};
    }
  }
  return found;
}

}  // namespace fokus::vcard
