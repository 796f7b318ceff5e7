// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "features/dav/collection.hpp"
#include "features/dav/xml.hpp"

// What lies where below /dav, for the user who calls.
namespace fokus::dav {

enum class PlaceKind { root, principal, calendar_home, book_home, collection, entry };

// A collection is opened once per call and shared by its places of that call.
struct Place {
  PlaceKind kind = PlaceKind::root;
  std::string name;                        // of an entry
  std::shared_ptr<Collection> collection;  // shared by the places of one call
};

// "" , "principals/5/", "calendars/5/", "calendars/5/diary/", "calendars/5/diary/x.ics",
// "addressbooks/5/persons/". Nothing for others, and for those of another user: they are alike.
std::optional<Place> find_place(const Dav& dav, store::Session& session, const access::Scope& scope,
                                std::string_view rest);
// The pattern as it stands in the access log: "/dav/calendars/{user}/{calendar}/{entry}".
std::string pattern_of(PlaceKind kind, bool is_calendar);

std::string href_of(const access::Scope& scope, const Place& place);
std::string entry_href(const Collection& collection, std::string_view name);
// The name in an address that a program sends back: "/dav/calendars/5/diary/a%20b.ics" or with the
// host. Nothing when it is not of that collection.
std::optional<std::string> name_in_href(const Collection& collection, std::string_view href);

// What a request asks of each place.
struct Wanted {
  std::vector<XmlName> names;
  bool only_names = false;   // propname
  std::string version = {};  // of vCards
};
// The <prop> of a request; without one, what is usually asked.
Wanted wanted_of(const XmlElement* request);

// A place with what is known of it while it is told.
struct Told {
  const Place& place;
  const Member* member = nullptr;     // of an entry
  const std::string* body = nullptr;  // of an entry, when it was asked for
  std::string token = {};             // of a collection, when it was asked for
};
bool asks_for_token(const Wanted& wanted);
bool asks_for_body(const Wanted& wanted);
// <response> with what it has of what is wanted, and what it has not.
std::string response_of(const access::Scope& scope, const Told& told, const Wanted& wanted);
// <response> with a status alone.
std::string status_response(std::string_view href, int status);

}  // namespace fokus::dav
