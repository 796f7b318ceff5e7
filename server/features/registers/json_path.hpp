// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace fokus::registers {

// What a path leads to, or null. Steps are parted by dots: a member of an object, a number for the
// element of an array (-1: the last), or "?type=1&endDate=" for the first object of an array whose
// members have these texts; an empty text also stands for a member that is null or not there.
// An empty path leads to the value itself.
const boost::json::value* find_at(const boost::json::value& root, std::string_view path);

// Appends a text, number or boolean; of an array its parts with ", " between, of anything else
// nothing.
void append_text(const boost::json::value& value, std::string& out);

// Both together: empty when there is nothing.
std::string text_at(const boost::json::value& root, std::string_view path);

}  // namespace fokus::registers
