// SPDX-License-Identifier: Apache-2.0
// Names of persons as people write them; pure, and for any well-formed UTF-8.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fokus::quality {

// Whether all letters of the text are capitals, or all small, so that somebody typed it with the
// wrong key. Texts of fewer than three letters, and those without letters that have a case, are
// neither.
enum class NameCase { mixed, capitals, small_letters };
NameCase case_of_name(std::string_view text);

// "JENS-OLE VON HANSEN" → "Jens-Ole von Hansen"; "MCDONALD" → "McDonald", "O'BRIEN" → "O'Brien";
// initials and Roman numbers stay as they are. The same again for what is right already.
std::string proper_case(std::string_view text);

// Runs of white space become one space; none at the ends. Tabs, no-break spaces and the like are
// white space; line ends are, too.
std::string with_single_spaces(std::string_view text);
// The same for a text of several lines, which keep their ends.
std::string with_single_spaces_in_lines(std::string_view text);

// How often a folded word is somebody's first or last name in this installation.
struct NameCount {
  std::int64_t as_first = 0, as_last = 0;
};
using NameCounts = std::unordered_map<std::string, NameCount>;

// True when the first name looks like a last name and the other way round: by how names are used
// here, and by a short list of common first names and endings of last names. Folded texts.
bool are_names_swapped(const NameCounts& counts, std::string_view first, std::string_view last);

}  // namespace fokus::quality
