// SPDX-License-Identifier: Apache-2.0
#include "features/dav/place.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fokus::dav {
namespace {

constexpr std::size_t name_bytes_max = 300;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~@").find(c) != std::string_view::npos;
}

// As clients write it, so that what they keep and what they are told is the same text.
std::string encoded(std::string_view name) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(c))
      out += c;
    else
      ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
  }
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_clean_utf8(out)) return std::nullopt;
  return out;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= name_bytes_max &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) < ' ' || c == 127 || c == '/';
         });
}

}  // namespace

std::optional<Place> find_place(const Dav& dav, store::Session& session, const access::Scope& scope,
                                std::string_view rest) {
  auto parts = split(rest, '/');
  if (!parts.empty() && parts.back().empty()) parts.pop_back();
  if (parts.empty()) return Place{PlaceKind::root, {}, {}};
  if (parts.size() < 2 || parts[1] != std::to_string(scope.actor.user.value)) return std::nullopt;
  const bool is_calendar = parts[0] == "calendars", is_book = parts[0] == "addressbooks";
  if (parts.size() == 2) {
    if (parts[0] == "principals") return Place{PlaceKind::principal, {}, {}};
    if (is_calendar) return Place{PlaceKind::calendar_home, {}, {}};
    if (is_book) return Place{PlaceKind::book_home, {}, {}};
    return std::nullopt;
  }
  std::shared_ptr<Collection> collection;
  if (is_calendar && parts[2] == "diary" &&
      scope.permissions().may("activity", access::Action::read))
    collection = make_calendar(dav, scope);
  if (is_book) collection = open_book(dav, session, scope, parts[2]);
  if (!collection || parts.size() > 4) return std::nullopt;
  if (parts.size() == 3) return Place{PlaceKind::collection, {}, std::move(collection)};
  if (!is_name(parts[3])) return std::nullopt;
  return Place{PlaceKind::entry, std::string(parts[3]), std::move(collection)};
}

std::string pattern_of(PlaceKind kind, bool is_calendar) {
  const std::string home = is_calendar ? "/dav/calendars/{user}/" : "/dav/addressbooks/{user}/";
  const std::string collection = home + (is_calendar ? "{calendar}/" : "{book}/");
  switch (kind) {
    case PlaceKind::root:
      return "/dav/";
    case PlaceKind::principal:
      return "/dav/principals/{user}/";
    case PlaceKind::calendar_home:
    case PlaceKind::book_home:
      return home;
    case PlaceKind::collection:
      return collection;
    case PlaceKind::entry:
      return collection + "{entry}";
  }
  return {};
}

std::string entry_href(const Collection& collection, std::string_view name) {
  return "/dav/" + collection.path() + "/" + encoded(name);
}

std::string href_of(const access::Scope& scope, const Place& place) {
  const auto user = std::to_string(scope.actor.user.value) + "/";
  switch (place.kind) {
    case PlaceKind::root:
      return "/dav/";
    case PlaceKind::principal:
      return "/dav/principals/" + user;
    case PlaceKind::calendar_home:
      return "/dav/calendars/" + user;
    case PlaceKind::book_home:
      return "/dav/addressbooks/" + user;
    case PlaceKind::collection:
      return "/dav/" + place.collection->path() + "/";
    case PlaceKind::entry:
      return entry_href(*place.collection, place.name);
  }
  return {};
}

std::optional<std::string> name_in_href(const Collection& collection, std::string_view href) {
  href = trim(href);
  if (const auto scheme = href.find("://"); scheme != href.npos) {
    const auto slash = href.find('/', scheme + 3);
    if (slash == href.npos) return std::nullopt;
    href.remove_prefix(slash);
  }
  const auto path = decoded(href);
  const std::string prefix = "/dav/" + collection.path() + "/";
  if (!path || !path->starts_with(prefix)) return std::nullopt;
  std::string name = path->substr(prefix.size());
  if (!is_name(name)) return std::nullopt;
  return name;
}

}  // namespace fokus::dav
