// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "features/vcard/content_line.hpp"

// Contacts as vCard text (RFC 2426 for 3.0, RFC 6350 for 4.0; 2.1 is read too) and as plain values.
// Knows no records. Pure; thread-safe; the text is hostile until it is parsed.
namespace fokus::vcard {

namespace limits {
constexpr std::size_t card_bytes_max = 1 << 20;  // of one card; a photo may be in it
constexpr std::size_t lines_max = 2'000;         // of one card, unfolded
constexpr std::size_t parameters_max = 50;       // of one line
constexpr std::size_t points_max = 100;          // phones; also e-mails, addresses, URLs
constexpr std::size_t value_bytes_max = 64'000;  // of what is read; longer ones stay in `rest`
}  // namespace limits

enum class Version { v21, v30, v40 };

// Labels are those of contact points: "work", "home", "mobile", "fax", "pager", of addresses
// "visiting" (a vCard says WORK), "home" and "post"; or the words that somebody chose (X-ABLabel).
// Empty when the card says nothing.
struct Point {
  std::string value;  // as it was written; of TEL without "tel:"
  std::string label = {};
  bool is_preferred = false;
  bool operator==(const Point&) const = default;
};

struct Address {
  std::string street;  // with box and extended address in lines above it; lines end with '\n'
  std::string postcode = {}, city = {}, region = {}, country = {};  // country: as it was written
  std::string label = {};
  bool is_preferred = false;
  bool operator==(const Address&) const = default;
};

// Every text is clean UTF-8 without control characters except '\n', trimmed.
struct Card {
  Version version = Version::v30;  // which one was read
  std::string uid = {};            // as it was written
  std::string kind = {};           // in lower case: "individual", "org", "group"; or empty
  std::string full_name = {};      // FN
  std::string prefix = {}, first_name = {}, middle_name = {}, last_name = {}, suffix = {};  // N
  bool has_name_parts = false;                     // there is an N with something in it
  std::string organisation = {}, department = {};  // ORG: its first part, and the others (", ")
  std::string organisation_uid = {};    // of X-FOKUS-COMPANY-UID: the uid of the company's card
  std::string title = {};               // TITLE; without one, ROLE
  std::string note = {};                // several NOTEs: lines
  std::string language = {};            // LANG: the first tag
  std::optional<Date> birth_date = {};  // a whole date; a day without a year stays in `rest`
  std::vector<Point> phones = {}, emails = {}, urls = {};
  std::vector<Address> addresses = {};
  std::vector<std::string> categories = {};
  // Whole content lines (unfolded, with group and parameters) of properties that are not in the
  // values above, in their order. Without BEGIN, END, VERSION, PRODID and REV.
  std::vector<std::string> rest = {};
};

// One card. White space and a byte order mark may stand around it; lines end with CRLF, LF or CR,
// and may be folded; a property may be repeated, of single ones the first that says something
// counts. Errors (invalid): "vcard/unreadable" with field "vcard" and not_a_card, not_utf8,
// unclosed, nested, unknown_version, too_many_lines, too_many (phones, e-mails, …); too_large
// (ErrorKind::too_large) "vcard/too_large" with params max.
Result<Card> parse_card(std::string_view text);

// The same values as text, lines folded, ends with a line end. Properties of `rest` come last. FN
// is made of the other names when it is empty. v21 is written as v30.
std::string render_card(const Card& card, Version version);

// Where the next card is in a file that holds several: from the line BEGIN:VCARD to behind the line
// END:VCARD. Not whole: the text ends before, or another card begins (`end` is there then). Nothing
// when no card begins. For files that are read in pieces: what is not whole and ends with the text
// needs more of it.
struct FoundCard {
  std::size_t begin = 0, end = 0;
  bool is_whole = false;
};
std::optional<FoundCard> find_card(std::string_view text, std::size_t from = 0);

// Lines as both RFC 6350 and RFC 5545 fold them: those of calendars are read with this, too, and
// taken apart with what content_line.hpp has.
// Nothing when there are more than `max`.
std::optional<std::vector<std::string>> unfold(std::string_view text, std::size_t max);
// At most 75 bytes per line, no letter taken apart, with CRLF at the end.
std::string folded(std::string_view line);

}  // namespace fokus::vcard
