// SPDX-License-Identifier: Apache-2.0
// Whatever stands in a field: what is suggested in its place is well formed, and is right itself.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "features/quality/email_check.hpp"
#include "features/quality/name_checks.hpp"
#include "features/quality/number_checks.hpp"
#include "features/quality/places.hpp"
#include "platform/national_ids.hpp"

using namespace fokus;

namespace {

void check_national_ids(std::string_view text) {
  std::size_t at = 0;
  for (const auto& one : find_national_ids(text)) {
    CHECK(one.begin >= at && one.size > 0 && one.begin + one.size <= text.size());
    at = one.begin + one.size;
  }
  CHECK(find_national_ids(without_national_ids(text)).empty());
}

void check_texts(std::string_view text) {
  const std::string name = quality::proper_case(text);
  CHECK(is_clean_utf8(name));
  const std::string spaced = quality::with_single_spaces(text);
  CHECK(is_clean_utf8(spaced) && quality::with_single_spaces(spaced) == spaced);
  const std::string lines = quality::with_single_spaces_in_lines(text);
  CHECK(is_clean_utf8(lines));
  const std::string email = quality::suggest_email(text);
  CHECK(email.empty() || quality::is_email(email));
  const std::string found = quality::find_email(text);
  CHECK(found.empty() || quality::is_email(found));
}

void check_numbers(std::string_view text) {
  for (const char* country : {"DK", "SE", "NL", "PL", "XX"}) {
    const std::string postcode = quality::tidy_postcode(country, text);
    CHECK(postcode.empty() ||
          quality::check_postcode(country, postcode) == quality::PostcodeForm::right);
    quality::check_company_number(country, text);
  }
  quality::check_iban(text);
  const std::string plain = quality::plain_number(text);
  CHECK(quality::check_vat(plain) == quality::check_vat(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_national_ids(text);
  check_numbers(text);
  if (is_clean_utf8(text)) check_texts(text);
  return 0;
}
