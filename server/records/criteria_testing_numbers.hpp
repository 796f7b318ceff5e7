// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/number_forms.hpp"

namespace fokus::records::testing {

// Numbers in the forms that people write them in: with their country and without, and what only
// looks alike.
inline std::vector<std::string> sample_numbers(FieldKind kind) {
  if (kind == FieldKind::registration_number)
    return {"DK 12 34 56 78", "12345678", "SE-556677", "556677", "dk-12345678", "Q 12345678"};
  return {"+45 12 34 56 78",
          "0045 12345678",
          "12 34 56 78",
          "33 44 55 66",
          "112",
          "+298 123456",
          "123456",
          "020 7946 0958",
          "01234567",
          "0",
          "+44 20 7946 0958",
          "+44 020 7946 0958",
          "+46 12345678",
          "501 234 567"};
}

}  // namespace fokus::records::testing
