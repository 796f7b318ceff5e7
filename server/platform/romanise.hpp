// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus {

// The other spellings under which people look for a name, folded as fold() does, without fold()'s
// own: Cyrillic as BGN/PCGN writes Russian and Ukrainian and as Danes do ("Chekhov", "Tjekhov";
// fold() gives ISO 9, "cehov"), Greek by UNGEGN and BGN/PCGN ("Christos", "Khristos", "Hristos"),
// Nordic letters with one letter ("Ostergard"; fold() gives "oestergaard"), ü with two ("mueller";
// fold() gives "muller"). Empty for most texts. Romanisations by ICU. Thread-safe.
std::vector<std::string> other_spellings(std::string_view text);

}  // namespace fokus
