// SPDX-License-Identifier: Apache-2.0
#include "features/imports/contact_cells.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "records/rights.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using records::Field;
using records::FieldKind;

constexpr std::size_t label_bytes_max = 60;  // what is longer is no label

Field make_point_field(std::string_view kind) {
  Field field;
  field.name = points_key;
  field.privacy.data_class = records::contact_class;
  field.kind = kind == "phone"   ? FieldKind::phone
               : kind == "email" ? FieldKind::email
               : kind == "url"   ? FieldKind::url
                                 : FieldKind::text;
  return field;
}

std::string point_text(const json::object& point) {
  const auto& value = point.at("value");
  std::string text(point.at("label").as_string());
  if (!text.empty()) text += ": ";
  if (value.is_string()) return text.append(value.get_string());
  return value.is_object() ? text + address_line(value.get_object()) : text;
}

bool is_of_kind(const json::value& point, std::string_view kind) {
  return point.at("kind").as_string() == kind;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != text.npos;
}

bool is_country(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "8000 Aarhus C": the words that hold digits are the postcode.
void read_place(json::object& address, std::string_view place) {
  std::size_t end = 0;
  while (end < place.size()) {
    const auto space = std::min(place.find(' ', end), place.size());
    if (!has_digit(place.substr(end, space - end))) break;
    end = std::min(space + 1, place.size());
  }
  const auto postcode = trim(place.substr(0, end)), city = trim(place.substr(end));
  if (!postcode.empty()) address["postcode"] = std::string(postcode);
  if (!city.empty()) address["city"] = std::string(city);
}

std::string join_parts(const std::vector<std::string_view>& parts, std::size_t from,
                       std::size_t to) {
  std::vector<std::string> texts(parts.begin() + static_cast<std::ptrdiff_t>(from),
                                 parts.begin() + static_cast<std::ptrdiff_t>(to));
  return join(texts, ", ");
}

// "work: +45 33 12 45 67": without a label all of it is the value.
json::object parse_point(std::string_view entry, std::string_view kind) {
  const auto colon = entry.find(": ");
  const bool has_label = colon != entry.npos && colon <= label_bytes_max;
  const auto label = has_label ? trim(entry.substr(0, colon)) : std::string_view();
  const auto value = has_label ? trim(entry.substr(colon + 1)) : entry;
  json::object point{{"kind", kind}, {"label", label}, {"value", value}, {"primary", false}};
  if (kind == "address") point["value"] = parse_address_line(value);
  return point;
}

}  // namespace

const Field* point_field(std::string_view kind) {
  static const std::array<Field, point_kinds.size()> fields = {
      make_point_field(point_kinds[0]), make_point_field(point_kinds[1]),
      make_point_field(point_kinds[2]), make_point_field(point_kinds[3])};
  const auto found = std::find(point_kinds.begin(), point_kinds.end(), kind);
  return found == point_kinds.end()
             ? nullptr
             : &fields[static_cast<std::size_t>(found - point_kinds.begin())];
}

std::string address_line(const json::object& address) {
  const auto part = [&](std::string_view name) {
    const auto* value = address.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  const std::string postcode = part("postcode"), city = part("city");
  const std::string place = postcode + (postcode.empty() || city.empty() ? "" : " ") + city;
  std::vector<std::string> parts;
  for (const auto& one : {part("street"), place, part("region"), part("country")})
    if (!one.empty()) parts.push_back(one);
  return join(parts, ", ");
}

json::object parse_address_line(std::string_view line) {
  json::object address;
  std::vector<std::string_view> parts;
  for (const auto part : split(line, ','))
    if (!trim(part).empty()) parts.push_back(trim(part));
  if (parts.size() > 1 && is_country(parts.back())) {
    address["country"] = std::string(parts.back());
    parts.pop_back();
  }
  if (parts.empty()) return address;
  // The place is the last part that begins with digits, for a floor stands before it; else the
  // second.
  std::size_t place = std::min<std::size_t>(1, parts.size());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto space = parts[i].find(' ');
    if (space != std::string_view::npos && has_digit(parts[i].substr(0, space))) place = i;
  }
  address["street"] = join_parts(parts, 0, place);
  if (place < parts.size()) read_place(address, parts[place]);
  if (place + 1 < parts.size()) address["region"] = join_parts(parts, place + 1, parts.size());
  return address;
}

std::string points_line(const json::value& points, std::string_view kind) {
  std::vector<std::string> parts;
  if (points.is_array())
    for (const auto& point : points.get_array())
      if (is_of_kind(point, kind)) parts.push_back(point_text(point.as_object()));
  return join(parts, "; ");
}

json::array replace_points(const json::array& points, std::string_view kind,
                           std::string_view cell) {
  json::array out;
  for (const auto& point : points)
    if (!is_of_kind(point, kind)) out.push_back(point);
  for (const auto part : split(cell, ';')) {
    const auto entry = trim(part);
    if (entry.empty()) continue;
    const auto same = std::find_if(points.begin(), points.end(), [&](const json::value& point) {
      return is_of_kind(point, kind) && point_text(point.as_object()) == entry;
    });
    if (same != points.end())
      out.push_back(*same);
    else
      out.emplace_back(parse_point(entry, kind));
  }
  return out;
}

}  // namespace fokus::imports
