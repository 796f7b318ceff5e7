// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

// How near two folded words are (platform/locale.hpp: fold). Bytes are compared: folded text is
// ASCII but for scripts that nothing turns into Latin. Pure; thread-safe.
namespace fokus::duplicates {

// 0 (nothing in common) to 1 (equal). Jaro 1989 with Winkler's prefix bonus (Winkler 1990,
// "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model", p = 0.1,
// prefix of at most 4). Words beyond 64 bytes are compared by their first 64.
double jaro_winkler(std::string_view a, std::string_view b);

// Insertions, deletions, replacements and swaps of neighbours that turn a into b (optimal string
// alignment, Damerau 1964); `max` + 1 as soon as there are more than `max`.
int edit_distance(std::string_view a, std::string_view b, int max);

// The sound of a folded word in at most four characters: Soundex (Russell and Odell 1918, in the
// American variant in which h and w do not separate) after the spellings of the north have met: ph
// and f, ch, ck, k and q, th and t, z and s, w and v. "Christensen" and "Kristensen" have one, and
// so have "Pedersen" and "Petersen". A word of digits is its own sound.
std::string sound_of(std::string_view word);

}  // namespace fokus::duplicates
