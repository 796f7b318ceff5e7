// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace fokus::store::sqlite {

// $1 becomes ?1 outside of strings, quoted names and comments. SQLite would number $1 by the order
// of appearance, not by its digit.
std::string translate_placeholders(std::string_view sql);

// The text from its first word on, without the white space and comments before it.
std::string_view from_first_word(std::string_view sql);

}  // namespace fokus::store::sqlite
