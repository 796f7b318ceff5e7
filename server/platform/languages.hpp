// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace fokus {

// A code of ISO 639 with two or three letters, in any case, that ICU knows: "da", "DA", "dan",
// "sma". What is reserved for no language ("zz") is none. Thread-safe.
bool is_language(std::string_view code);

}  // namespace fokus
