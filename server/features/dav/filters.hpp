// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "features/dav/collection.hpp"
#include "features/dav/xml.hpp"

// What queries ask for. Pure.
namespace fokus::dav {

namespace limits {
constexpr std::size_t prop_filters_max = 20;
constexpr std::size_t text_matches_max = 10;  // of one property
}  // namespace limits

// <C:filter> of a calendar-query: a component and a time; without a zone, times are of UTC. Errors
// (forbidden): "dav/unknown_filter" for what this program does not look at.
Result<CalendarFilter> parse_calendar_filter(const XmlElement& query);

struct TextMatch {
  std::string text;  // folded
  enum class Kind { equals, contains, starts_with, ends_with } kind = Kind::contains;
  bool is_negated = false;
};
struct PropFilter {
  std::string name;  // in capitals
  bool is_absent = false;
  bool needs_all = false;  // of the texts
  std::vector<TextMatch> texts;
};
struct BookFilter {
  bool needs_all = false;  // of the properties
  std::vector<PropFilter> properties;
  std::size_t limit = 0;  // 0: none
};
// <R:filter> and <R:limit> of an addressbook-query. Error: the same.
Result<BookFilter> parse_book_filter(const XmlElement& query);
// Texts are compared without case and accents.
bool fits(const std::string& card, const BookFilter& filter);

}  // namespace fokus::dav
