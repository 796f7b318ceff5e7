// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus::records {

// A number is stored as somebody wrote it, with its country's code or without, with the 0 that
// leads national numbers in many countries or without; whoever calls shows it in another form. So
// the index holds, and a query asks for, the digits in each of these forms.

// The words of a stored number; `digits` as fold_phone() gives them.
std::vector<std::string> phone_words(std::string_view digits);

// The forms a typed number may have been stored in, each the beginning of a word; first the digits
// themselves. A part of a number is found as well, when it begins as one of the forms does.
std::vector<std::string> phone_query_words(std::string_view typed);

// How many of the digits are the country's code, if they begin with one.
std::size_t country_code_length(std::string_view digits);

// The digits behind the country's code (ITU-T E.164, list of assigned codes), or empty when too few
// are left for a number.
std::string_view without_country(std::string_view digits);

}  // namespace fokus::records
