// SPDX-License-Identifier: Apache-2.0
// /dav: who calls, where, and what is answered.
#include "features/dav/server.hpp"

#include "access/basic_door.hpp"
#include "access/bind_route.hpp"
#include "base/text.hpp"
#include "net/reply.hpp"

namespace fokus::dav {
namespace {

using net::Method;
using net::Reply;

constexpr const char* features = "1, 3, access-control, calendar-access, addressbook";
constexpr const char* allowed = "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT";
constexpr const char* xml_type = "application/xml; charset=utf-8";

std::vector<Place> children_of(Visitor& visitor, const Place& place) {
  std::vector<Place> out;
  const auto& dav = visitor.dav;
  const auto open = [&](store::Session& session, const std::string& rest) {
    if (auto found = find_place(dav, session, visitor.scope, rest)) out.push_back(*found);
  };
  const auto user = std::to_string(visitor.scope.actor.user.value) + "/";
  dav.parts().database.read([&](store::Session& session) {
    if (place.kind == PlaceKind::root) {
      for (const char* rest : {"principals/", "calendars/", "addressbooks/"})
        open(session, rest + user);
    } else if (place.kind == PlaceKind::calendar_home) {
      open(session, "calendars/" + user + "diary/");
    } else if (place.kind == PlaceKind::book_home) {
      for (const auto& name : list_book_names(dav, session, visitor.scope))
        open(session, "addressbooks/" + user + name + "/");
    }
  });
  return out;
}

// What is told of a place that is no entry; the token of a collection needs all that is in it.
Result<std::string> tell_place(Visitor& visitor, const Place& place, const Wanted& wanted,
                               const std::vector<Member>* members) {
  Told told{place, nullptr, nullptr, {}};
  if (place.kind == PlaceKind::collection && asks_for_token(wanted)) {
    std::vector<Member> own;
    if (!members) {
      own = TRY(members_of(visitor, *place.collection));
      members = &own;
    }
    told.token =
        ChangeLog(visitor.dav, visitor.scope.actor.user, place.collection->path()).token(*members);
  }
  return response_of(visitor.scope, told, wanted);
}

Result<std::string> tell_collection(Visitor& visitor, const Place& place, const Wanted& wanted) {
  const auto members = TRY(members_of(visitor, *place.collection));
  return TRY(tell_place(visitor, place, wanted, &members)) +
         TRY(tell_entries(visitor, place, members, wanted, "propfind"));
}

Result<std::string> tell_entry(Visitor& visitor, const Place& place, const Wanted& wanted) {
  const auto members = TRY(members_for(visitor, place));
  for (const auto& member : members)
    if (member.name == place.name)
      return tell_entries(visitor, place, std::span(&member, 1), wanted, "propfind");
  return make_error(ErrorKind::not_found, "records/not_found");
}

// The condition that a refusal is about, as an element; empty when there is none.
std::string condition_of(const Error& error, const Place* place) {
  const bool is_book =
      place && place->collection && place->collection->kind() == CollectionKind::book;
  const auto space = is_book ? ns_carddav : ns_caldav;
  const std::string_view code = error.code;
  if (code == "dav/uid_conflict") return xml_element(space, "no-uid-conflict");
  if (code == "dav/invalid_sync_token") return xml_element(ns_dav, "valid-sync-token");
  if (code == "dav/too_many_entries") return xml_element(ns_dav, "number-of-matches-within-limits");
  if (code == "dav/bad_depth") return xml_element(ns_dav, "propfind-finite-depth");
  if (code == "dav/unknown_report") return xml_element(ns_dav, "supported-report");
  if (code == "dav/unknown_filter") return xml_element(space, "supported-filter");
  if (code == "dav/out_of_window") return xml_element(ns_caldav, "min-date-time");
  if (error.kind == ErrorKind::too_large) return xml_element(space, "max-resource-size");
  if (error.kind == ErrorKind::invalid)
    return xml_element(space, is_book ? "valid-address-data" : "valid-calendar-data");
  if (error.kind == ErrorKind::forbidden) return xml_element(ns_dav, "need-privileges");
  return {};
}

int status_of(const Error& error) {
  if (error.code == "dav/too_many_entries") return 507;
  // A condition of DAV that is not met; clients know no 413 and 422 of a PUT.
  if (error.kind == ErrorKind::invalid || error.kind == ErrorKind::too_large) return 403;
  return net::status_of(error.kind);
}

// What this program itself says: its code, and the field and what is wrong with it.
std::string own_words(const Error& error) {
  std::string out;
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) out += xml_element(XmlName{"urn:fokus:error", name}, xml_text(text));
  };
  add("code", error.code);
  for (const auto& one : error.errors) {
    add("field", one.field);
    add("why", one.code);
  }
  for (const auto& [name, text] : error.params) add("param", name + "=" + text);
  return out;
}

class DavServer {
 public:
  explicit DavServer(const Dav& dav) : dav_(dav), door_(dav.access(), dav.authenticator()) {}

  Reply answer(net::Call& call, std::string_view rest) const {
    if (call.method == Method::options) {
      Reply out = Reply::no_content();
      out.header("DAV", features).header("Allow", allowed);
      return out;
    }
    auto actor = door_.open(call);
    if (!actor) return refuse_entry(actor.error(), call);
    call.user = actor->user.value;
    Visitor visitor{dav_, call, {}};
    visitor.scope.actor = std::move(*actor);
    visitor.scope.call_id = call.id;
    visitor.scope.remote = call.remote;
    const auto place = dav_.parts().database.read(
        [&](store::Session& session) { return find_place(dav_, session, visitor.scope, rest); });
    if (!place) return refuse(make_error(ErrorKind::not_found, "net/not_found"), nullptr, call.id);
    visitor.scope.route = std::string(access::method_name(call.method)) + " " +
                          pattern_of(place->kind, rest.starts_with("calendars"));
    auto reply = answer_at(visitor, *place);
    Reply out = reply ? std::move(*reply) : refuse(reply.error(), &*place, call.id);
    out.header("DAV", features);
    return out;
  }

 private:
  static Reply refuse_entry(const Error& error, const net::Call& call) {
    Reply out = Reply::problem(error, call.id);
    if (error.kind == ErrorKind::unauthenticated)
      out.header("WWW-Authenticate", "Basic realm=\"Fokus\", charset=\"UTF-8\"");
    return out;
  }

  static Result<Reply> answer_at(Visitor& visitor, const Place& place) {
    switch (visitor.call.method) {
      case Method::propfind:
        return answer_propfind(visitor, place);
      case Method::proppatch:
        return answer_proppatch(visitor, place);
      case Method::report:
        return answer_report(visitor, place);
      case Method::put:
        return answer_put(visitor, place);
      case Method::remove:
        return answer_remove(visitor, place);
      default:
        return answer_get(visitor, place);
    }
  }

  const Dav& dav_;
  access::BasicDoor door_;
};

}  // namespace

Result<std::optional<XmlElement>> body_of(const net::Call& call) {
  if (trim(call.body).empty()) return std::optional<XmlElement>();
  return std::optional(TRY(parse_xml(call.body)));
}

Result<int> depth_of(const net::Call& call) {
  const auto said = lower_ascii(call.header("Depth").value_or("0"));
  if (said == "0") return 0;
  if (said == "1") return 1;
  return make_error(ErrorKind::forbidden, "dav/bad_depth");
}

Reply multistatus(const std::string& responses) {
  Reply out = Reply::text(xml_document(ns_dav, "multistatus", responses), 207);
  out.type = xml_type;
  return out;
}

Reply refuse(const Error& error, const Place* place, std::string_view call_id) {
  // Tried again later, or read by a person: as everywhere else.
  if (error.kind == ErrorKind::unavailable || error.kind == ErrorKind::too_many)
    return Reply::problem(error, call_id);
  Reply out =
      Reply::text(xml_document(ns_dav, "error", condition_of(error, place) + own_words(error)),
                  status_of(error));
  out.type = xml_type;
  return out;
}

Result<Reply> answer_propfind(Visitor& visitor, const Place& place) {
  const auto request = TRY(body_of(visitor.call));
  const int depth = TRY(depth_of(visitor.call));
  if (request && !request->name.is(ns_dav, "propfind"))
    return make_error(ErrorKind::malformed, "dav/bad_xml");
  const auto wanted = wanted_of(request ? &*request : nullptr);
  if (place.kind == PlaceKind::entry) return multistatus(TRY(tell_entry(visitor, place, wanted)));
  if (place.kind == PlaceKind::collection && depth == 1)
    return multistatus(TRY(tell_collection(visitor, place, wanted)));
  std::string out = TRY(tell_place(visitor, place, wanted, nullptr));
  if (depth == 1)
    for (const auto& child : children_of(visitor, place))
      out += TRY(tell_place(visitor, child, wanted, nullptr));
  return multistatus(out);
}

// No property is kept: each is refused, in the words that clients take for "then not".
Result<Reply> answer_proppatch(Visitor& visitor, const Place& place) {
  const auto request = TRY(body_of(visitor.call));
  if (!request || !request->name.is(ns_dav, "propertyupdate"))
    return make_error(ErrorKind::malformed, "dav/bad_xml");
  std::string properties;
  for (const auto& change : request->children)
    if (const auto* prop = change.child(ns_dav, "prop"))
      for (const auto& one : prop->children) properties += xml_element(one.name);
  const std::string stat =
      xml_element(ns_dav, "prop", properties) +
      xml_element(ns_dav, "status", "HTTP/1.1 403 Forbidden") +
      xml_element(ns_dav, "error", xml_element(ns_dav, "cannot-modify-protected-property"));
  return multistatus(xml_element(ns_dav, "response",
                                 xml_element(ns_dav, "href", href_of(visitor.scope, place)) +
                                     xml_element(ns_dav, "propstat", stat)));
}

std::vector<net::Route> dav_net_routes(const Dav& dav) {
  const auto server = std::make_shared<DavServer>(dav);  // shared by the routes
  std::vector<net::Route> out;
  for (const auto method : {Method::options, Method::get, Method::put, Method::remove,
                            Method::propfind, Method::proppatch, Method::report}) {
    net::Route below{method, "/dav/{rest...}", [server](net::Call& call) {
                       return server->answer(call, call.param("rest"));
                     }};
    below.lane = net::Lane::slow;
    below.body_max = limits::body_bytes_max;
    net::Route root{method, "/dav", [server](net::Call& call) { return server->answer(call, ""); }};
    root.body_max = limits::body_bytes_max;
    out.push_back(std::move(below));
    out.push_back(std::move(root));
  }
  for (const auto method : {Method::options, Method::get, Method::propfind})
    for (const char* path : {"/.well-known/caldav", "/.well-known/carddav"})
      out.push_back({method, path, [](net::Call&) {
                       Reply moved = Reply::no_content();
                       moved.status = 301;
                       moved.header("Location", "/dav/");
                       return moved;
                     }});
  return out;
}

}  // namespace fokus::dav
