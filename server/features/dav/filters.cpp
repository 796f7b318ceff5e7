// SPDX-License-Identifier: Apache-2.0
#include "features/dav/filters.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "features/dav/ical_values.hpp"
#include "features/vcard/vcard.hpp"

namespace fokus::dav {
namespace {

Error unknown_filter() {
  return make_error(ErrorKind::forbidden, "dav/unknown_filter");
}

Result<std::optional<Instant>> moment_in(const XmlElement& range, std::string_view name) {
  const auto text = range.attribute(name);
  if (text.empty()) return std::optional<Instant>();
  bool is_zone_unknown = false;
  const auto at = parse_moment({}, text, TimeZone::utc(), {}, is_zone_unknown);
  if (!at) return unknown_filter();
  return std::optional(at->at);
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

Result<TextMatch> parse_text_match(const XmlElement& element) {
  TextMatch out;
  out.text = fold(element.text);
  const auto kind = element.attribute("match-type");
  if (kind == "equals") out.kind = TextMatch::Kind::equals;
  if (kind == "starts-with") out.kind = TextMatch::Kind::starts_with;
  if (kind == "ends-with") out.kind = TextMatch::Kind::ends_with;
  out.is_negated = element.attribute("negate-condition") == "yes";
  return out;
}

Result<PropFilter> parse_prop_filter(const XmlElement& element) {
  PropFilter out;
  out.name = upper(element.attribute("name"));
  out.needs_all = element.attribute("test") == "allof";
  for (const auto& one : element.children) {
    if (one.name.is(ns_carddav, "is-not-defined")) {
      out.is_absent = true;
    } else if (one.name.is(ns_carddav, "text-match")) {
      if (out.texts.size() == limits::text_matches_max) return unknown_filter();
      out.texts.push_back(TRY(parse_text_match(one)));
    } else {
      return unknown_filter();
    }
  }
  return out;
}

bool fits(const std::string& value, const TextMatch& match) {
  switch (match.kind) {
    case TextMatch::Kind::equals:
      return value == match.text;
    case TextMatch::Kind::starts_with:
      return value.starts_with(match.text);
    case TextMatch::Kind::ends_with:
      return value.ends_with(match.text);
    case TextMatch::Kind::contains:
      break;
  }
  return value.find(match.text) != std::string::npos;
}

bool fits(const std::vector<std::string>& values, const PropFilter& filter) {
  if (filter.is_absent) return values.empty();
  if (filter.texts.empty()) return !values.empty();
  const auto meets = [&](const TextMatch& match) {
    const bool any = std::any_of(values.begin(), values.end(),
                                 [&](const std::string& value) { return fits(value, match); });
    return any != match.is_negated;
  };
  return filter.needs_all ? std::all_of(filter.texts.begin(), filter.texts.end(), meets)
                          : std::any_of(filter.texts.begin(), filter.texts.end(), meets);
}

}  // namespace

Result<CalendarFilter> parse_calendar_filter(const XmlElement& query) {
  CalendarFilter out;
  const auto* filter = query.child(ns_caldav, "filter");
  const auto* calendar = filter ? filter->child(ns_caldav, "comp-filter") : nullptr;
  if (!calendar || upper(calendar->attribute("name")) != "VCALENDAR") return unknown_filter();
  if (calendar->children.empty()) return out;
  const XmlElement& component = calendar->children.front();
  if (calendar->children.size() > 1 || !component.name.is(ns_caldav, "comp-filter"))
    return unknown_filter();
  const auto name = upper(component.attribute("name"));
  // Of other components there are none, which is_task cannot say.
  if (name != "VEVENT" && name != "VTODO") return unknown_filter();
  out.is_task = name == "VTODO";
  for (const auto& one : component.children) {
    if (!one.name.is(ns_caldav, "time-range")) return unknown_filter();
    out.from = TRY(moment_in(one, "start"));
    out.to = TRY(moment_in(one, "end"));
  }
  return out;
}

Result<BookFilter> parse_book_filter(const XmlElement& query) {
  BookFilter out;
  if (const auto* limit = query.child(ns_carddav, "limit"))
    if (const auto* most = limit->child(ns_carddav, "nresults")) {
      const auto text = trim(most->text);
      std::from_chars(text.data(), text.data() + text.size(), out.limit);
    }
  const auto* filter = query.child(ns_carddav, "filter");
  if (!filter) return out;
  out.needs_all = filter->attribute("test") == "allof";
  for (const auto& one : filter->children) {
    if (!one.name.is(ns_carddav, "prop-filter")) return unknown_filter();
    if (out.properties.size() == limits::prop_filters_max) return unknown_filter();
    out.properties.push_back(TRY(parse_prop_filter(one)));
  }
  return out;
}

bool fits(const std::string& card, const BookFilter& filter) {
  if (filter.properties.empty()) return true;
  std::map<std::string, std::vector<std::string>> values;
  if (const auto lines = vcard::unfold(card, vcard::limits::lines_max))
    for (const auto& line : *lines)
      if (const auto one = vcard::parse_line(line))
        if (one->value.size() <= vcard::limits::value_bytes_max)
          values[one->name].push_back(fold(vcard::unescaped(one->value)));
  const auto meets = [&](const PropFilter& one) { return fits(values[one.name], one); };
  return filter.needs_all ? std::all_of(filter.properties.begin(), filter.properties.end(), meets)
                          : std::any_of(filter.properties.begin(), filter.properties.end(), meets);
}

}  // namespace fokus::dav
