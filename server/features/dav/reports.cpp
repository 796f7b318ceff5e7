// SPDX-License-Identifier: Apache-2.0
// REPORT: queries, several entries at once, and what changed.
#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "features/dav/filters.hpp"
#include "features/dav/server.hpp"

namespace fokus::dav {
namespace {

using net::Reply;

Error unknown_report() {
  return make_error(ErrorKind::forbidden, "dav/unknown_report");
}

class Report {
 public:
  Report(Visitor& visitor, const Place& place, const XmlElement& request)
      : visitor_(visitor),
        place_(place),
        collection_(*place.collection),
        request_(request),
        wanted_(wanted_of(&request)) {}

  Result<Reply> answer() {
    const auto& name = request_.name;
    const bool is_calendar = collection_.kind() == CollectionKind::calendar;
    if (name.is(ns_dav, "sync-collection")) return changes();
    if (is_calendar && name.is(ns_caldav, "calendar-multiget")) return several();
    if (!is_calendar && name.is(ns_carddav, "addressbook-multiget")) return several();
    if (is_calendar && name.is(ns_caldav, "calendar-query")) return query_calendar();
    if (!is_calendar && name.is(ns_carddav, "addressbook-query")) return query_book();
    return unknown_report();
  }

 private:
  // Addresses that are of no entry here are answered one by one, as absent.
  Result<Reply> several() {
    const auto members = TRY(members_of(visitor_, collection_));
    std::map<std::string_view, const Member*> by_name;
    for (const auto& member : members) by_name.emplace(member.name, &member);
    std::vector<Member> found;
    std::string missing;
    for (const auto& one : request_.children) {
      if (!one.name.is(ns_dav, "href")) continue;
      const auto name = name_in_href(collection_, one.text);
      const auto at = name ? by_name.find(*name) : by_name.end();
      if (at == by_name.end()) {
        missing += status_response(trim(one.text), 404);
        continue;
      }
      found.push_back(*at->second);
      by_name.erase(at);  // each once
    }
    return multistatus(TRY(tell_entries(visitor_, place_, found, wanted_, "multiget")) + missing);
  }

  Result<Reply> query_calendar() {
    const auto filter = TRY(parse_calendar_filter(request_));
    auto members = TRY(members_of(visitor_, collection_));
    std::erase_if(members, [&](const Member& one) { return !collection_.fits(one, filter); });
    return multistatus(TRY(tell_entries(visitor_, place_, members, wanted_, "calendar-query")));
  }

  Result<Reply> query_book() {
    const auto filter = TRY(parse_book_filter(request_));
    auto members = TRY(members_of(visitor_, collection_));
    if (!filter.properties.empty()) members = TRY(matching(members, filter));
    std::string cut;
    if (filter.limit > 0 && members.size() > filter.limit) {
      members.resize(filter.limit);
      cut = status_response(href_of(visitor_.scope, place_), 507);
    }
    return multistatus(TRY(tell_entries(visitor_, place_, members, wanted_, "addressbook-query")) +
                       cut);
  }

  Result<std::vector<Member>> matching(const std::vector<Member>& members,
                                       const BookFilter& filter) {
    return visitor_.dav.parts().database.read(
        [&](store::Session& session) -> Result<std::vector<Member>> {
          std::vector<Member> out;
          records::Seen unused;  // whoever is told is seen when it is told
          for (const auto& member : members) {
            if (filter.limit > 0 && out.size() > filter.limit) break;
            const auto card = collection_.read(session, member, "3.0", unused);
            if (card && fits(*card, filter)) out.push_back(member);
          }
          return out;
        });
  }

  Result<Reply> changes() {
    const auto* level = request_.child(ns_dav, "sync-level");
    if (level && trim(level->text) != "1") return unknown_report();
    const auto* known = request_.child(ns_dav, "sync-token");
    const auto members = TRY(members_of(visitor_, collection_));
    const ChangeLog log(visitor_.dav, visitor_.scope.actor.user, collection_.path());
    const auto changes = TRY(log.since(members, known ? trim(known->text) : ""));
    TRY(check_limit(changes.changed.size() + changes.gone.size()));
    std::vector<Member> changed;
    for (const auto& member : members)
      if (std::binary_search(changes.changed.begin(), changes.changed.end(), member.name))
        changed.push_back(member);
    std::string out = TRY(tell_entries(visitor_, place_, changed, wanted_, "sync-collection"));
    for (const auto& name : changes.gone)
      out += status_response(entry_href(collection_, name), 404);
    return multistatus(out + xml_element(ns_dav, "sync-token", xml_text(changes.token)));
  }

  // Who wants fewer than there are is refused: a part would need a token of its own.
  Status check_limit(std::size_t count) const {
    const auto* limit = request_.child(ns_dav, "limit");
    const auto* most = limit ? limit->child(ns_dav, "nresults") : nullptr;
    if (!most) return {};
    std::size_t number = 0;
    const auto text = trim(most->text);
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (count <= number) return {};
    Error out = make_error(ErrorKind::too_large, "dav/too_many_entries");
    out.params["max"] = std::to_string(number);
    return out;
  }

  Visitor& visitor_;
  const Place& place_;
  const Collection& collection_;
  const XmlElement& request_;
  const Wanted wanted_;
};

}  // namespace

Result<Reply> answer_report(Visitor& visitor, const Place& place) {
  const auto request = TRY(body_of(visitor.call));
  if (!request || place.kind != PlaceKind::collection) return unknown_report();
  return Report(visitor, place, *request).answer();
}

}  // namespace fokus::dav
