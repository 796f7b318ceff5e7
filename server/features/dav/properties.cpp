// SPDX-License-Identifier: Apache-2.0
// The properties of what lies below /dav.
#include <algorithm>
#include <array>

#include "features/dav/ical.hpp"
#include "features/dav/place.hpp"
#include "features/vcard/vcard.hpp"
#include "net/reply.hpp"

namespace fokus::dav {
namespace {

struct Asked {
  std::string_view space, local;
};
constexpr std::array usual = std::to_array<Asked>({{ns_dav, "resourcetype"},
                                                   {ns_dav, "displayname"},
                                                   {ns_dav, "getetag"},
                                                   {ns_dav, "getcontenttype"},
                                                   {ns_dav, "current-user-principal"}});
// Besides the usual ones, for those who ask what there is.
constexpr std::array others = std::to_array<Asked>({{ns_dav, "principal-URL"},
                                                    {ns_dav, "owner"},
                                                    {ns_dav, "principal-collection-set"},
                                                    {ns_dav, "current-user-privilege-set"},
                                                    {ns_dav, "supported-report-set"},
                                                    {ns_dav, "sync-token"},
                                                    {ns_server, "getctag"},
                                                    {ns_caldav, "calendar-home-set"},
                                                    {ns_caldav, "calendar-user-address-set"},
                                                    {ns_caldav, "supported-calendar-component-set"},
                                                    {ns_caldav, "supported-calendar-data"},
                                                    {ns_caldav, "max-resource-size"},
                                                    {ns_carddav, "addressbook-home-set"},
                                                    {ns_carddav, "supported-address-data"},
                                                    {ns_carddav, "max-resource-size"}});

using Content = std::optional<std::string>;

std::string dav_element(std::string_view local, std::string_view content = {}) {
  return xml_element(ns_dav, local, content);
}
std::string href_element(std::string_view href) {
  return dav_element("href", xml_text(href));
}

class Properties {
 public:
  Properties(const access::Scope& scope, const Told& told)
      : scope_(scope), told_(told), place_(told.place) {}

  // Nothing: it has no such property.
  Content value(const XmlName& name) const {
    if (name.space == ns_dav) return of_dav(name.local);
    if (name.space == ns_caldav) return of_calendars(name.local);
    if (name.space == ns_carddav) return of_books(name.local);
    if (name.is(ns_server, "getctag") && is_collection()) return xml_text(told_.token);
    return std::nullopt;
  }

 private:
  bool is_collection() const { return place_.kind == PlaceKind::collection; }
  bool is_entry() const { return place_.kind == PlaceKind::entry; }
  bool is_principal() const {
    return place_.kind == PlaceKind::principal || place_.kind == PlaceKind::root;
  }
  bool is_calendar() const {
    return is_collection() && place_.collection->kind() == CollectionKind::calendar;
  }
  bool is_book() const {
    return is_collection() && place_.collection->kind() == CollectionKind::book;
  }
  std::string own(PlaceKind kind) const {
    return href_element(href_of(scope_, Place{kind, {}, {}}));
  }

  Content of_dav(std::string_view local) const {
    if (local == "resourcetype") return resource_type();
    if (local == "current-user-principal" || local == "owner") return own(PlaceKind::principal);
    if (local == "principal-URL" && is_principal()) return own(PlaceKind::principal);
    if (local == "principal-collection-set") return href_element("/dav/");
    if (local == "displayname") return display_name();
    if (local == "current-user-privilege-set") return privileges();
    if (local == "supported-report-set") return reports();
    if (local == "sync-token" && is_collection()) return xml_text(told_.token);
    if (local == "getetag" && told_.member) return xml_text("\"" + told_.member->etag + "\"");
    if (local == "getcontenttype" && is_entry())
      return std::string(place_.collection->media_type()) + "; charset=utf-8";
    return std::nullopt;
  }

  Content of_calendars(std::string_view local) const {
    if (local == "calendar-home-set" && is_principal()) return own(PlaceKind::calendar_home);
    if (local == "calendar-user-address-set" && is_principal())
      return href_element("mailto:" + scope_.actor.email);
    if (local == "calendar-data" && is_entry() && told_.body) return xml_text(*told_.body);
    if (!is_calendar()) return std::nullopt;
    if (local == "supported-calendar-component-set")
      return "<C:comp name=\"VEVENT\"/><C:comp name=\"VTODO\"/>";
    if (local == "supported-calendar-data")
      return "<C:calendar-data content-type=\"text/calendar\" version=\"2.0\"/>";
    if (local == "max-resource-size") return std::to_string(limits::calendar_bytes_max);
    return std::nullopt;
  }

  Content of_books(std::string_view local) const {
    if (local == "addressbook-home-set" && is_principal()) return own(PlaceKind::book_home);
    if (local == "address-data" && is_entry() && told_.body) return xml_text(*told_.body);
    if (!is_book()) return std::nullopt;
    if (local == "supported-address-data")
      return "<R:address-data-type content-type=\"text/vcard\" version=\"3.0\"/>"
             "<R:address-data-type content-type=\"text/vcard\" version=\"4.0\"/>";
    if (local == "max-resource-size") return std::to_string(vcard::limits::card_bytes_max);
    return std::nullopt;
  }

  Content resource_type() const {
    if (is_entry()) return std::string();
    std::string out = dav_element("collection");
    if (place_.kind == PlaceKind::principal) out += dav_element("principal");
    if (is_calendar()) out += xml_element(ns_caldav, "calendar");
    if (is_book()) out += xml_element(ns_carddav, "addressbook");
    return out;
  }

  Content display_name() const {
    if (is_collection()) return xml_text(place_.collection->display_name());
    if (place_.kind == PlaceKind::principal) return xml_text(scope_.actor.name);
    return std::nullopt;
  }

  Content privileges() const {
    std::vector<const char*> names = {"read", "read-current-user-privilege-set"};
    if (is_collection() || is_entry()) names.push_back("write-content");
    if (is_collection() && place_.collection->may_create()) {
      names.push_back("bind");
      names.push_back("unbind");
    }
    std::string out;
    for (const char* name : names) out += dav_element("privilege", dav_element(name));
    return out;
  }

  Content reports() const {
    if (!is_collection()) return std::nullopt;
    std::string out;
    const auto add = [&](std::string_view space, std::string_view local) {
      out += dav_element("supported-report", dav_element("report", xml_element(space, local)));
    };
    add(ns_dav, "sync-collection");
    const auto space = is_calendar() ? ns_caldav : ns_carddav;
    add(space, is_calendar() ? "calendar-query" : "addressbook-query");
    add(space, is_calendar() ? "calendar-multiget" : "addressbook-multiget");
    return out;
  }

  const access::Scope& scope_;
  const Told& told_;
  const Place& place_;
};

std::string status_element(int status) {
  return dav_element("status", "HTTP/1.1 " + std::to_string(status) + " " +
                                   std::string(net::reason_phrase(status)));
}

std::string propstat(const std::string& properties, int status) {
  if (properties.empty()) return {};
  return dav_element("propstat", dav_element("prop", properties) + status_element(status));
}

bool has(const Wanted& wanted, std::string_view space, std::string_view local) {
  return std::any_of(wanted.names.begin(), wanted.names.end(),
                     [&](const XmlName& name) { return name.is(space, local); });
}

}  // namespace

Wanted wanted_of(const XmlElement* request) {
  Wanted out;
  const auto add = [&](const auto& all) {
    for (const auto& one : all)
      out.names.push_back({std::string(one.space), std::string(one.local)});
  };
  const auto* prop = request ? request->child(ns_dav, "prop") : nullptr;
  if (prop) {
    for (const auto& one : prop->children) {
      out.names.push_back(one.name);
      if (one.name.is(ns_carddav, "address-data")) out.version = one.attribute("version");
    }
    return out;
  }
  add(usual);
  out.only_names = request && request->child(ns_dav, "propname");
  if (out.only_names) add(others);
  return out;
}

bool asks_for_token(const Wanted& wanted) {
  return !wanted.only_names &&
         (has(wanted, ns_dav, "sync-token") || has(wanted, ns_server, "getctag"));
}

bool asks_for_body(const Wanted& wanted) {
  return has(wanted, ns_caldav, "calendar-data") || has(wanted, ns_carddav, "address-data");
}

std::string response_of(const access::Scope& scope, const Told& told, const Wanted& wanted) {
  const Properties properties(scope, told);
  std::string found, missing;
  for (const auto& name : wanted.names) {
    const auto value = properties.value(name);
    if (value)
      found += xml_element(name, wanted.only_names ? std::string() : *value);
    else if (!wanted.only_names)
      missing += xml_element(name);
  }
  std::string stats = propstat(found, 200) + propstat(missing, 404);
  if (stats.empty()) stats = status_element(200);
  return dav_element("response", href_element(href_of(scope, told.place)) + stats);
}

std::string status_response(std::string_view href, int status) {
  return dav_element("response", href_element(href) + status_element(status));
}

}  // namespace fokus::dav
