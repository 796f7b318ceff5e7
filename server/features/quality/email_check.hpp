// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace fokus::quality {

// Whether mail can be sent to it: RFC 5321 with the local part written plainly (no quotes), and a
// host name of at least two labels; letters beyond ASCII are allowed in both (RFC 6531). Nothing is
// asked of the network.
bool is_email(std::string_view text);

// What was probably meant: without "mailto:", angle brackets, white space and full stops that are
// too many, with "." for "," and with the usual domain for one that is a letter off ("gmial.com").
// Empty when nothing better is known, and when the text is right as it is.
std::string suggest_email(std::string_view text);

// The address that stands somewhere in a text; empty when there is none.
std::string find_email(std::string_view text);

}  // namespace fokus::quality
