// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus::records {

// The words of a text as they are written, cut at ASCII blanks and signs.
std::vector<std::string_view> written_words(std::string_view text);

// Under which initials a name is looked for. Åse Jensen is "aj", the first letters of the words as
// they are folded, and "aaj", her first letters each folded by itself: what spelled_letters()
// makes of "åj". Other spellings of the name have theirs. None for one word or for more than five.
std::vector<std::string> initials_of(std::string_view name);

// A word of two to five letters that may be initials, each letter folded by itself: neighbours in
// a word can change how a letter is written in Latin. Empty for other words.
std::string spelled_letters(std::string_view word);

}  // namespace fokus::records
