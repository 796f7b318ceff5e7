// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace fokus {

// A code of ISO 4217 that is legal tender somewhere today, as ICU has them: "DKK", "EUR".
bool is_legal_tender(std::string_view code);

}  // namespace fokus
