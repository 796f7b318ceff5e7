// SPDX-License-Identifier: Apache-2.0
// Whatever the file says: its cards are found to the end of it, and their cells are clean text.
#include "base/check.hpp"
#include "base/text.hpp"
#include "features/imports/card_rows.hpp"

using namespace fokus;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  std::size_t at = 0;
  for (int cards = 0; cards < 100; ++cards) {
    const auto found = vcard::find_card(text, at);
    if (!found) break;
    CHECK(found->begin >= at && found->end > found->begin && found->end <= text.size());
    at = found->end;
    const auto card = vcard::parse_card(text.substr(found->begin, found->end - found->begin));
    if (!card.ok()) continue;
    for (const auto& cell : imports::cells_of_card(*card)) CHECK(is_clean_utf8(cell));
  }
  return 0;
}
