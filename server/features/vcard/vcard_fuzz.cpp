// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: refused, or a card whose text is read as the same card again.
#include "features/vcard/vcard.hpp"

#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"

using namespace fokus;
using namespace fokus::vcard;

namespace {

void check_again(const Card& card, Version version) {
  const auto text = render_card(card, version);
  CHECK(is_clean_utf8(text));
  const auto again = parse_card(text);
  if (!again.ok()) {
    // A card that is nearly too long may be longer as it is written here.
    CHECK(text.size() > limits::card_bytes_max / 4 || card.rest.size() > 900);
    return;
  }
  CHECK(again->phones == card.phones && again->emails == card.emails);
  CHECK(again->addresses.size() == card.addresses.size());
  CHECK(again->birth_date == card.birth_date && again->first_name == card.first_name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::size_t at = 0;
  for (int i = 0; i < 20; ++i) {
    const auto found = find_card(text, at);
    if (!found) break;
    CHECK(found->begin >= at && found->end > found->begin && found->end <= size);
    at = found->end;
    const auto card = parse_card(text.substr(found->begin, found->end - found->begin));
    if (!card.ok()) continue;
    check_again(*card, Version::v30);
    check_again(*card, Version::v40);
  }
  (void)parse_card(text).ok();
  return 0;
}
