// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "features/dav/place.hpp"

// One call below /dav, by a user who has signed in.
namespace fokus::dav {

struct Visitor {
  const Dav& dav;
  net::Call& call;
  access::Scope scope;
};

Result<net::Reply> answer_propfind(Visitor& visitor, const Place& place);
Result<net::Reply> answer_proppatch(Visitor& visitor, const Place& place);
Result<net::Reply> answer_report(Visitor& visitor, const Place& place);
Result<net::Reply> answer_get(Visitor& visitor, const Place& place);
Result<net::Reply> answer_put(Visitor& visitor, const Place& place);
Result<net::Reply> answer_remove(Visitor& visitor, const Place& place);

// The body as XML; nothing when there is none. Errors: those of parse_xml().
Result<std::optional<XmlElement>> body_of(const net::Call& call);
// Infinity counts as what it is: -1. Absent: 0. Error: "dav/bad_depth".
Result<int> depth_of(const net::Call& call);
net::Reply multistatus(const std::string& responses);

// Reads the entries of a collection and tells them, with their bodies when they are asked for,
// which the access log then has.
Result<std::string> tell_entries(Visitor& visitor, const Place& place,
                                 std::span<const Member> members, const Wanted& wanted,
                                 std::string_view shape);
Result<std::vector<Member>> members_of(Visitor& visitor, const Collection& collection);
// What a call about an entry must know; see Collection::list_for().
Result<std::vector<Member>> members_for(Visitor& visitor, const Place& place);

// A refusal as a DAV error (RFC 4918, 16) with the condition that was not met.
net::Reply refuse(const Error& error, const Place* place, std::string_view call_id);

}  // namespace fokus::dav
