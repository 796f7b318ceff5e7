// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fokus::access {

// The name of a member that one object of the JSON text has twice. Whoever writes both values meant
// one of them, and readers differ in which they take. Nothing when the text is no JSON either: what
// reads it says so.
std::optional<std::string> find_repeated_member(std::string_view text);

}  // namespace fokus::access
