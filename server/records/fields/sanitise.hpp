// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace fokus::records {

// Rich text from anywhere, cut down to what may be shown: an allow-list of elements and
// attributes, links of http, https, mailto and tel only, everything else dropped with scripts and
// styles or reduced to its text. Parsed by the HTML5 algorithm (gumbo), so that what the browser
// sees is what was judged. The result is well formed, and sanitising it again changes nothing.
std::string sanitise_html(std::string_view html);

// The words of it, without markup.
std::string text_of_html(std::string_view html);

}  // namespace fokus::records
